#pragma once

#include "core/CellGrid.h"
#include "core/Pattern.h"
#include "core/Result.h"
#include "core/Rule.h"
#include "core/Topology.h"

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

/// The universe that a pattern asks for, or one of the given size and topology with it in the middle. An error where
/// that has more than `maxCells`, is smaller than the pattern, or is a plane with a rule that has B0.
[[nodiscard]] Result<Universe> universeOf(const Pattern &pattern, int width, int height, Topology topology,
                                          qint64 maxCells);

} // namespace conway
