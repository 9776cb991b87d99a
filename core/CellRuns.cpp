#include "core/CellRuns.h"

#include <algorithm>
#include <bit>

namespace conway {

using Word = CellGrid::Word;
constexpr int kWordBits = CellGrid::kWordBits;

void setRunAlive(CellGrid &cells, int x, int y, int length)
{
    const auto row = cells.row(y);
    const int end = x + length;
    while (x < end) {
        const int bit = x % kWordBits;
        const int count = std::min(end - x, kWordBits - bit);
        row[static_cast<std::size_t>(x / kWordBits)] |= (~Word{0} >> (kWordBits - count)) << bit;
        x += count;
    }
}

int runEnd(const CellGrid &cells, int x, int y)
{
    const auto row = cells.row(y);
    const Word same = cells.alive(x, y) ? ~Word{0} : Word{0};
    Word considered = ~Word{0} << (x % kWordBits);
    for (int i = x / kWordBits; i < cells.wordsPerRow(); ++i) {
        if (const Word other = (row[static_cast<std::size_t>(i)] ^ same) & considered)
            return std::min(i * kWordBits + std::countr_zero(other), cells.width());
        considered = ~Word{0};
    }
    return cells.width();
}

} // namespace conway
