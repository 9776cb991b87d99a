#include "core/PatternCanvas.h"

#include "core/UniverseSize.h"

#include <algorithm>

namespace conway {

std::optional<Error> PatternCanvas::grow(qint64 x, qint64 y, qint64 width, qint64 height)
{
    m_left = std::min(m_left, x);
    m_top = std::min(m_top, y);
    m_right = std::max(m_right, x + width);
    m_bottom = std::max(m_bottom, y + height);
    return checkUniverseSize(m_right - m_left, m_bottom - m_top, m_maxCells);
}

void PatternCanvas::beginDrawing()
{
    if (isEmpty())
        m_cells.emplace();
    else
        m_cells.emplace(static_cast<int>(m_right - m_left), static_cast<int>(m_bottom - m_top));
}

} // namespace conway
