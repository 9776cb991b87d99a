#pragma once

#include "core/CellGrid.h"

namespace conway::load {

/// The value (x, y) of a level, as docs/protocol.md defines it and not as the server computes it: at level 0 the cell,
/// above ceil(15 · living / 4^level) of its square. For x and y that exist at that level.
[[nodiscard]] int densityAt(const CellGrid &cells, int level, int x, int y);

} // namespace conway::load
