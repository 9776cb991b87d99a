#pragma once

#include "core/CellGrid.h"
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
    [[nodiscard]] std::optional<Error> include(qint64 x, qint64 y, qint64 width, qint64 height);
    /// These are alive: `length` cells from (x, y) to the right.
    [[nodiscard]] std::optional<Error> setAlive(qint64 x, qint64 y, qint64 length);

    [[nodiscard]] bool isEmpty() const { return m_left >= m_right; }
    /// The upper left corner of what was included; not of an empty canvas.
    [[nodiscard]] qint64 left() const { return m_left; }
    [[nodiscard]] qint64 top() const { return m_top; }

    /// All has been measured: from now on the same is drawn. An empty canvas becomes one dead cell.
    void beginDrawing();
    [[nodiscard]] CellGrid takeCells() { return *std::move(m_cells); }

private:
    qint64 m_maxCells;
    qint64 m_left = std::numeric_limits<qint64>::max();
    qint64 m_top = std::numeric_limits<qint64>::max();
    qint64 m_right = std::numeric_limits<qint64>::min();
    qint64 m_bottom = std::numeric_limits<qint64>::min();
    std::optional<CellGrid> m_cells; ///< once drawing
};

} // namespace conway
