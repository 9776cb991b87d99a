#pragma once

#include "core/CellGrid.h"
#include "core/Pattern.h"
#include "core/Result.h"
#include "core/Rule.h"
#include "core/Topology.h"

#include <memory>

namespace conway {

/// What a universe starts from, and what reset returns to.
struct Universe {
    CellGrid cells;
    Rule rule;
    Topology topology = Topology::Torus;
};

/// A dead torus with one glider, its 3×3 square at (1,1), heading for the lower right: the brief's universe when 8×8.
/// In a universe smaller than the glider its cells wrap around like everything else.
[[nodiscard]] CellGrid gliderUniverse(int width, int height);

/// Where the upper left corner of a pattern belongs in a universe of that size, no smaller than the pattern: so that it
/// is in the middle; or, if that is the universe its file asks for and it has a place there, at that place.
[[nodiscard]] QPoint placeOf(const Pattern &pattern, int width, int height);

/// A universe that can be, before its cells are made: as small as the pattern in it, and copied for nothing.
struct UniversePlan {
    std::shared_ptr<const Pattern> pattern; ///< never null, no larger than the universe
    int width = 0;
    int height = 0;
    Rule rule;
    Topology topology = Topology::Torus;
};

/// The universe that a pattern asks for, or one of the given size and topology with it in the middle. An error where
/// that has more than `maxCells`, is smaller than the pattern, or is a plane with a rule that has B0. Takes as long
/// as a look at a few numbers, however large it is.
[[nodiscard]] Result<UniversePlan> planOf(Pattern pattern, int width, int height, Topology topology, qint64 maxCells);

/// Makes the cells of what planOf() found possible.
[[nodiscard]] Universe built(const UniversePlan &plan);

} // namespace conway
