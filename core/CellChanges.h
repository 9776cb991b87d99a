#pragma once

#include "core/CellGrid.h"
#include "core/TileSet.h"

#include <algorithm>
#include <bit>

namespace conway {

/// Calls visit(x, y, isAlive) for each cell that is not in `after` what it was in `before`, a universe of the same
/// size: row by row, each from left to right. Looks only into tiles that are marked in `changed`.
template <typename Visit>
void forEachChange(const CellGrid &before, const CellGrid &after, const TileSet &changed, Visit &&visit)
{
    using Word = CellGrid::Word;
    const int words = after.wordsPerRow();
    for (int tileRow = 0; tileRow < changed.rows(); ++tileRow) {
        const quint8 *const marks = changed.row(tileRow).data();
        const int end = std::min((tileRow + 1) << TileSet::kTileShift, after.height());
        for (int y = tileRow << TileSet::kTileShift; y < end; ++y) {
            const Word *const was = before.row(y).data();
            const Word *const is = after.row(y).data();
            for (int i = 0; i < words; ++i) {
                const int x = i * CellGrid::kWordBits;
                if (marks[x >> TileSet::kTileShift] == 0)
                    continue;
                for (Word left = was[i] ^ is[i]; left != 0; left &= left - 1) {
                    const int bit = std::countr_zero(left);
                    visit(x + bit, y, (is[i] >> bit & 1U) != 0);
                }
            }
        }
    }
}

} // namespace conway
