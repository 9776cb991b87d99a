#include "server/ViewArea.h"

#include "core/TileSet.h"
#include "server/Limits.h"

#include <algorithm>

namespace conway {

namespace {

/// Cells along one axis: [begin, end).
struct Span {
    qint64 begin;
    qint64 end;
};

Span clipped(qint64 begin, qint64 length, int limit)
{
    return {std::clamp<qint64>(begin, 0, limit), std::clamp<qint64>(begin + length, 0, limit)};
}

} // namespace

CellRect CellRect::clipped(QSize universe) const
{
    if (isEmpty())
        return {};
    const Span across = conway::clipped(x, width, universe.width());
    const Span down = conway::clipped(y, height, universe.height());
    const CellRect rect{across.begin, down.begin, across.end - across.begin, down.end - down.begin};
    return rect.isEmpty() ? CellRect{} : rect;
}

ViewArea ViewArea::covering(const CellRect &cells, int level, QSize universe)
{
    const CellRect rect = cells.clipped(universe);
    if (rect.isEmpty())
        return {level, {}};
    const int shift = level + TileSet::kTileShift;
    return {level,
            {static_cast<int>(rect.x >> shift), static_cast<int>(rect.y >> shift),
             static_cast<int>(valuesAcross(rect.x + rect.width, shift)),
             static_cast<int>(valuesAcross(rect.y + rect.height, shift))}};
}

ViewArea ViewArea::whole(int level, QSize universe)
{
    return covering({0, 0, universe.width(), universe.height()}, level, universe);
}

CellRect ViewArea::cells(QSize universe) const
{
    const int shift = level + TileSet::kTileShift;
    const CellRect rect{qint64{tiles.left} << shift, qint64{tiles.top} << shift,
                        qint64{tiles.right - tiles.left} << shift, qint64{tiles.bottom - tiles.top} << shift};
    return rect.clipped(universe);
}

qint64 ViewArea::values(QSize universe) const
{
    const CellRect rect = cells(universe);
    return valuesAcross(rect.width, level) * valuesAcross(rect.height, level);
}

int fittingLevel(qint64 width, qint64 height)
{
    int level = 0;
    while (level < limits::kMaxLevel && valuesAcross(std::max(width, height), level) > limits::kDefaultViewSide)
        ++level;
    return level;
}

size_t qHash(const ViewArea &area, size_t seed) noexcept
{
    const TileRect &tiles = area.tiles;
    return qHashMulti(seed, area.level, tiles.left, tiles.top, tiles.right, tiles.bottom);
}

} // namespace conway
