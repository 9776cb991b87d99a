#pragma once

#include "core/CellGrid.h"
#include "core/TileSet.h"

#include <bit>

namespace conway {

/// Calls visit(x, y, isAlive) for each cell that is not in `after` what it was in `before`, a universe of the same
/// size: row by row, each from left to right. Looks only into tiles that are marked in `changed`.
template <typename Visit>
void forEachChange(const CellGrid &before, const CellGrid &after, const TileSet &changed, Visit &&visit)
{
    using Word = CellGrid::Word;
    for (int y = 0; y < after.height(); ++y) {
        const auto was = before.row(y);
        const auto is = after.row(y);
        const auto marks = changed.row(y >> TileSet::kTileShift);
        for (std::size_t i = 0; i < is.size(); ++i) {
            const int x = static_cast<int>(i) * CellGrid::kWordBits;
            if (marks[static_cast<std::size_t>(x >> TileSet::kTileShift)] == 0)
                continue;
            for (Word left = was[i] ^ is[i]; left != 0; left &= left - 1) {
                const int bit = std::countr_zero(left);
                visit(x + bit, y, (is[i] >> bit & 1U) != 0);
            }
        }
    }
}

} // namespace conway
