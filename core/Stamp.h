#pragma once

#include "core/CellGrid.h"
#include "core/Topology.h"

namespace conway {

/// What becomes of a cell that a pattern's cell comes to lie on.
enum class StampMode {
    Or,   ///< alive if either was
    Xor,  ///< alive if one of them was: a second time takes the pattern away again
    Copy, ///< the pattern's, dead ones too
};

/// Puts a pattern into a universe, its upper left corner at (x, y), which may be any two numbers; a word at a time.
///
/// On a plane, what lies outside is cut off. On a torus it comes back in at the other side, and so a pattern that is
/// larger than the universe lies on some cells several times: it is as if its cells were put down one by one, row after
/// row from the upper left, so that with Copy the last one counts. The two grids must not be one.
void stamp(CellGrid &universe, Topology topology, const CellGrid &pattern, int x, int y, StampMode mode);

} // namespace conway
