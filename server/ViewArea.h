#pragma once

#include <QHashFunctions>
#include <QSize>
#include <QtGlobal>

namespace conway {

/// A rectangle of cells as somebody asks for it: any place, any size up to 2⁶⁰ either way.
struct CellRect {
    qint64 x = 0;
    qint64 y = 0;
    qint64 width = 0;
    qint64 height = 0;

    [[nodiscard]] bool isEmpty() const { return width <= 0 || height <= 0; }
    /// What of it lies in a universe of that size; may be empty.
    [[nodiscard]] CellRect clipped(QSize universe) const;

    friend bool operator==(const CellRect &, const CellRect &) = default;
};

/// Tiles in columns [left, right) and rows [top, bottom) of a level's tiles.
struct TileRect {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;

    [[nodiscard]] bool isEmpty() const { return left >= right || top >= bottom; }
    [[nodiscard]] bool contains(int column, int row) const
    {
        return column >= left && column < right && row >= top && row < bottom;
    }

    [[nodiscard]] bool contains(const TileRect &other) const
    {
        return other.left >= left && other.right <= right && other.top >= top && other.bottom <= bottom;
    }

    friend bool operator==(const TileRect &, const TileRect &) = default;
};

/// What a viewer of the binary stream sees: some tiles of one level. A level-k value stands for 2^k×2^k cells, a tile
/// is 128×128 values or what the universe's edge leaves of them (docs/protocol.md). Two viewers whose areas are equal
/// get the same bytes.
struct ViewArea {
    int level = 0; ///< 0..limits::kMaxLevel
    TileRect tiles;

    /// All tiles that a rectangle touches at a level.
    [[nodiscard]] static ViewArea covering(const CellRect &cells, int level, QSize universe);
    [[nodiscard]] static ViewArea whole(int level, QSize universe);

    /// The cells of these tiles: what the viewer is told that it sees.
    [[nodiscard]] CellRect cells(QSize universe) const;
    /// How many values they have, of which there may be limits::kViewValues.
    [[nodiscard]] qint64 values(QSize universe) const;

    friend bool operator==(const ViewArea &, const ViewArea &) = default;
};

/// How many values a level has for so many cells in a row.
[[nodiscard]] constexpr qint64 valuesAcross(qint64 cells, int level)
{
    return (cells + (qint64{1} << level) - 1) >> level;
}

/// The finest level at which a rectangle of that size takes at most limits::kDefaultViewSide values either way.
[[nodiscard]] int fittingLevel(qint64 width, qint64 height);

[[nodiscard]] size_t qHash(const ViewArea &area, size_t seed = 0) noexcept;

} // namespace conway
