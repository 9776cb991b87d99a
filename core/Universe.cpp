#include "core/Universe.h"

namespace conway {

CellGrid gliderUniverse(int width, int height)
{
    CellGrid cells(width, height);
    // LifeWiki, "Glider":  .O.
    //                      ..O
    //                      OOO
    constexpr int kGlider[][2] = {{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}};
    for (const auto &[x, y] : kGlider)
        cells.set((1 + x) % width, (1 + y) % height, true);
    return cells;
}

} // namespace conway
