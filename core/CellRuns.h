#pragma once

#include "core/CellGrid.h"

#include <algorithm>
#include <bit>

namespace conway {

/// Makes `length` cells alive, from (x, y) to the right; a word at a time. All of them lie in the grid; length >= 0.
inline void setRunAlive(CellGrid &cells, int x, int y, int length)
{
    constexpr int kWordBits = CellGrid::kWordBits;
    const auto row = cells.row(y);
    const int end = x + length;
    while (x < end) {
        const int bit = x % kWordBits;
        const int count = std::min(end - x, kWordBits - bit);
        row[static_cast<std::size_t>(x / kWordBits)] |= (~CellGrid::Word{0} >> (kWordBits - count)) << bit;
        x += count;
    }
}

/// Where the run of equal cells ends to which (x, y) belongs: the next x with another cell, or the width.
[[nodiscard]] inline int runEnd(const CellGrid &cells, int x, int y)
{
    using Word = CellGrid::Word;
    const auto row = cells.row(y);
    const Word same = cells.alive(x, y) ? ~Word{0} : Word{0};
    Word considered = ~Word{0} << (x % CellGrid::kWordBits);
    for (int i = x / CellGrid::kWordBits; i < cells.wordsPerRow(); ++i) {
        if (const Word other = (row[static_cast<std::size_t>(i)] ^ same) & considered)
            return std::min(i * CellGrid::kWordBits + std::countr_zero(other), cells.width());
        considered = ~Word{0};
    }
    return cells.width();
}

} // namespace conway
