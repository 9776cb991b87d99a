#pragma once

#include "core/CellGrid.h"

namespace conway {

/// The cells in a grid of another size, around the same centre: at each side dead cells are added or cells are cut off.
///
/// Where the difference between the sides is odd, one more at the right and at the bottom, whether cells come or go.
/// So to enlarge and then shrink again gives the original back. Both sides lie in 1..CellGrid::kMaxSide.
[[nodiscard]] CellGrid resized(const CellGrid &cells, int width, int height);

} // namespace conway
