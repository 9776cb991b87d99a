#include "core/PatternCanvas.h"

#include "core/CellRuns.h"
#include "core/UniverseSize.h"

#include <algorithm>

namespace conway {

std::optional<Error> PatternCanvas::include(qint64 x, qint64 y, qint64 width, qint64 height)
{
    const bool nothingNew = x >= m_left && y >= m_top && x + width <= m_right && y + height <= m_bottom;
    if (nothingNew || width == 0 || height == 0)
        return std::nullopt;
    m_left = std::min(m_left, x);
    m_top = std::min(m_top, y);
    m_right = std::max(m_right, x + width);
    m_bottom = std::max(m_bottom, y + height);
    return checkUniverseSize(m_right - m_left, m_bottom - m_top, m_maxCells);
}

std::optional<Error> PatternCanvas::setAlive(qint64 x, qint64 y, qint64 length)
{
    if (!m_cells)
        return include(x, y, length, 1);
    setRunAlive(*m_cells, static_cast<int>(x - m_left), static_cast<int>(y - m_top), static_cast<int>(length));
    return std::nullopt;
}

void PatternCanvas::beginDrawing()
{
    if (isEmpty())
        m_cells.emplace();
    else
        m_cells.emplace(static_cast<int>(m_right - m_left), static_cast<int>(m_bottom - m_top));
}

} // namespace conway
