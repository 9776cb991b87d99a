#include "core/UndoList.h"

namespace conway {

void UndoList::record(const Moment &moment)
{
    const auto &all = m_moments.all();
    if (!all.empty() && all[m_cursor] == moment)
        return;
    while (canRedo())
        m_moments.dropLast();
    m_moments.append(moment);
    while (m_moments.bytes() > m_budget && all.size() > 2)
        m_moments.dropFirst();
    m_cursor = all.size() - 1;
}

std::optional<Moment> UndoList::undo(const Moment &current)
{
    if (m_moments.all().empty())
        return {};
    record(current);
    if (m_cursor == 0)
        return {};
    return m_moments.all()[--m_cursor];
}

std::optional<Moment> UndoList::redo()
{
    if (!canRedo())
        return {};
    return m_moments.all()[++m_cursor];
}

bool UndoList::canUndo(quint64 generation) const
{
    return m_cursor > 0 || (!m_moments.all().empty() && m_moments.all()[m_cursor].generation != generation);
}

void UndoList::clear()
{
    *this = UndoList(m_budget);
}

} // namespace conway
