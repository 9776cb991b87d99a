#include "tests/bench/load/Densities.h"

#include <algorithm>

namespace conway::load {

int densityAt(const CellGrid &cells, int level, int x, int y)
{
    if (level == 0)
        return cells.alive(x, y) ? 1 : 0;
    constexpr qint64 kMost = 15;
    const int side = 1 << level;
    const int right = std::min(cells.width(), (x + 1) * side);
    const int bottom = std::min(cells.height(), (y + 1) * side);
    qint64 living = 0;
    for (int row = y * side; row < bottom; ++row) {
        for (int column = x * side; column < right; ++column)
            living += cells.alive(column, row) ? 1 : 0;
    }
    const qint64 all = qint64{side} * side;
    return static_cast<int>((kMost * living + all - 1) / all);
}

} // namespace conway::load
