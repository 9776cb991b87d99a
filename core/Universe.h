#pragma once

#include "core/CellGrid.h"
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

} // namespace conway
