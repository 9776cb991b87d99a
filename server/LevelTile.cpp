#include "server/LevelTile.h"

#include "server/Densities.h"
#include "server/ViewArea.h"

#include <algorithm>

namespace conway {

namespace {

constexpr int kSide = TileSet::kTileSide;

/// Values [left, right) × [top, bottom) of a tile.
struct Part {
    int left;
    int top;
    int right;
    int bottom;
};

/// Reads a part whose left edge is one of a tile of cells, or of a value if that is larger; its right edge, too, unless
/// it is the universe's.
void readPart(TileValues &values, const CellGrid &cells, const LevelTile &tile, const Part &part)
{
    const auto firstCell = (qint64{tile.column} * kSide + part.left) << tile.level;
    const auto endCell = std::min<qint64>((qint64{tile.column} * kSide + part.right) << tile.level, cells.width());
    const int firstWord = static_cast<int>(firstCell / CellGrid::kWordBits);
    const int words = static_cast<int>((endCell + CellGrid::kWordBits - 1) / CellGrid::kWordBits) - firstWord;
    for (int y = part.top; y < part.bottom; ++y) {
        const int firstRow = (tile.row * kSide + y) << tile.level;
        if (tile.level == 0)
            std::copy_n(cells.row(firstRow).data() + firstWord, words, values.row(y));
        else
            readDensities({cells, tile.level, firstRow, firstWord, words}, part.left, values.columns(), values.row(y));
    }
}

/// The tiles of cells [left, right) × [top, bottom), as far as there are such in `touched`, that have a mark.
bool anyMarked(const TileSet &touched, qint64 left, qint64 top, qint64 right, qint64 bottom)
{
    right = std::min<qint64>(right, touched.columns());
    bottom = std::min<qint64>(bottom, touched.rows());
    for (qint64 row = top; row < bottom; ++row) {
        for (qint64 column = left; column < right; ++column) {
            if (touched.contains(static_cast<int>(column), static_cast<int>(row)))
                return true;
        }
    }
    return false;
}

} // namespace

size_t qHash(const LevelTile &tile, size_t seed) noexcept
{
    return qHashMulti(seed, tile.level, tile.column, tile.row);
}

TileValues readTile(const CellGrid &cells, const LevelTile &tile)
{
    const qint64 columns = valuesAcross(cells.width(), tile.level) - qint64{tile.column} * kSide;
    const qint64 rows = valuesAcross(cells.height(), tile.level) - qint64{tile.row} * kSide;
    Q_ASSERT(columns > 0 && rows > 0);
    TileValues values(tile.level, static_cast<int>(std::min<qint64>(columns, kSide)),
                      static_cast<int>(std::min<qint64>(rows, kSide)));
    readPart(values, cells, tile, {0, 0, values.columns(), values.rows()});
    return values;
}

bool isTouched(const LevelTile &tile, const TileSet &touched)
{
    return anyMarked(touched, qint64{tile.column} << tile.level, qint64{tile.row} << tile.level,
                     (qint64{tile.column} + 1) << tile.level, (qint64{tile.row} + 1) << tile.level);
}

void updateTile(TileValues &values, const CellGrid &cells, const LevelTile &tile, const TileSet &touched)
{
    // What is read at once: a tile of cells, or, where that is less than a value, a value.
    const int unit = std::max(1, kSide >> tile.level);
    const auto isUnitTouched = [&](int x, int y) {
        const auto toCellTiles = [&](int base, int value) {
            return ((qint64{base} * kSide + value) << tile.level) >> TileSet::kTileShift;
        };
        return anyMarked(touched, toCellTiles(tile.column, x), toCellTiles(tile.row, y),
                         toCellTiles(tile.column, x + unit), toCellTiles(tile.row, y + unit));
    };
    for (int y = 0; y < values.rows(); y += unit) {
        const int bottom = std::min(y + unit, values.rows());
        for (int x = 0; x < values.columns(); x += unit) {
            const int left = x;
            while (x < values.columns() && isUnitTouched(x, y))
                x += unit;
            if (x > left) // side by side: rows of memory are read as long as they are
                readPart(values, cells, tile, {left, y, std::min(x, values.columns()), bottom});
        }
    }
}

} // namespace conway
