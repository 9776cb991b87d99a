#include "tests/bench/Settled.h"

#include "core/LifeKernel.h"
#include "core/Soup.h"

#include <algorithm>

namespace conway {

CellGrid settledUniverse(int side)
{
    constexpr int kGenerations = 20'000;
    const int part = std::min(side, 1024);
    CellGrid now = Soup{Soup::kFull / 3, 1}.universe(part, part);
    CellGrid last = now;
    LifeKernel kernel{Rule()};
    for (int generation = 0; generation < kGenerations; ++generation) {
        kernel.advance(last, now, last);
        std::swap(last, now);
    }
    if (part == side)
        return now;
    CellGrid cells(side, side);
    for (int y = 0; y < side; ++y) {
        const auto row = cells.row(y);
        const auto from = now.row(y % part);
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = from[i % from.size()];
    }
    return cells;
}

} // namespace conway
