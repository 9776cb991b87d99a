#pragma once

#include <QtGlobal>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace conway {

/// A set of tiles of a universe: squares of 128×128 cells, cut off at the right and lower edge. The unit in which
/// change is recorded, so that whoever encodes or paints looks only where something happened.
class TileSet
{
public:
    static constexpr int kTileShift = 7;
    static constexpr int kTileSide = 1 << kTileShift;

    TileSet() = default;

    /// No tile of a universe of that many cells.
    TileSet(int width, int height)
        : m_columns((width + kTileSide - 1) >> kTileShift)
        , m_rows((height + kTileSide - 1) >> kTileShift)
        , m_marks(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows), 0)
    {
    }

    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] int rows() const { return m_rows; }
    [[nodiscard]] bool contains(int column, int row) const { return m_marks[at(column, row)] != 0; }
    [[nodiscard]] std::ptrdiff_t count() const { return std::count(m_marks.begin(), m_marks.end(), quint8{1}); }

    void mark(int column, int row) { m_marks[at(column, row)] = 1; }
    /// A row's marks, 0 or 1, from left to right.
    [[nodiscard]] std::span<quint8> row(int row)
    {
        return std::span(m_marks).subspan(at(0, row), static_cast<std::size_t>(m_columns));
    }
    [[nodiscard]] std::span<const quint8> row(int row) const
    {
        return std::span(m_marks).subspan(at(0, row), static_cast<std::size_t>(m_columns));
    }
    void markAll() { std::fill(m_marks.begin(), m_marks.end(), quint8{1}); }
    /// Those of a set of the same size as well.
    void markAll(const TileSet &others)
    {
        std::transform(m_marks.begin(), m_marks.end(), others.m_marks.begin(), m_marks.begin(), std::bit_or<>());
    }
    void clear() { std::fill(m_marks.begin(), m_marks.end(), quint8{0}); }

    friend bool operator==(const TileSet &, const TileSet &) = default;

private:
    [[nodiscard]] std::size_t at(int column, int row) const
    {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(m_columns) + static_cast<std::size_t>(column);
    }

    int m_columns = 0;
    int m_rows = 0;
    // A byte a tile: at 16384² there are 16,384 of them, and bytes are written without a read.
    std::vector<quint8> m_marks;
};

} // namespace conway
