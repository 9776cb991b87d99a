#pragma once

#include "core/CellGrid.h"
#include "core/CellRuns.h"
#include "core/Result.h"

#include <limits>
#include <optional>

namespace conway {

/// Where a reader puts the cells it finds. A file is read twice: first the canvas only measures what is put on it, then
/// it has a grid of that size and draws. So nothing is kept but the cells, and nothing is allocated before it is known
/// to be within the limits.
///
/// Coordinates are those of the file, within ±2·TextCursor::kFar. Errors name the limit; the reader knows the place.
class PatternCanvas
{
public:
    explicit PatternCanvas(qint64 maxCells)
        : m_maxCells(maxCells)
    {
    }

    /// These cells belong to the pattern, dead or alive. Sides of 0 include nothing.
    [[nodiscard]] std::optional<Error> include(qint64 x, qint64 y, qint64 width, qint64 height)
    {
        const bool nothingNew = x >= m_left && y >= m_top && x + width <= m_right && y + height <= m_bottom;
        return nothingNew || width == 0 || height == 0 ? std::nullopt : grow(x, y, width, height);
    }
    /// These are alive: `length` cells from (x, y) to the right.
    [[nodiscard]] std::optional<Error> setAlive(qint64 x, qint64 y, qint64 length)
    {
        if (!m_cells)
            return include(x, y, length, 1);
        setRunAlive(*m_cells, static_cast<int>(x - m_left), static_cast<int>(y - m_top), static_cast<int>(length));
        return std::nullopt;
    }

    [[nodiscard]] bool isEmpty() const { return m_left >= m_right; }
    /// The upper left corner of what was included; not of an empty canvas.
    [[nodiscard]] qint64 left() const { return m_left; }
    [[nodiscard]] qint64 top() const { return m_top; }

    /// All has been measured: from now on the same is drawn. An empty canvas becomes one dead cell.
    void beginDrawing();
    [[nodiscard]] CellGrid takeCells() { return *std::move(m_cells); }

private:
    std::optional<Error> grow(qint64 x, qint64 y, qint64 width, qint64 height);

    qint64 m_maxCells;
    qint64 m_left = std::numeric_limits<qint64>::max();
    qint64 m_top = std::numeric_limits<qint64>::max();
    qint64 m_right = std::numeric_limits<qint64>::min();
    qint64 m_bottom = std::numeric_limits<qint64>::min();
    std::optional<CellGrid> m_cells; ///< once drawing
};

} // namespace conway
