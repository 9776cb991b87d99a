#include "core/UndoList.h"

namespace conway {

void UndoList::edited(const Moment &before, const Moment &after)
{
    if (before == after)
        return;
    while (canRedo())
        dropLast();
    m_moments.append(before);
    m_moments.append(after);
    ++m_done;
    keepBudget();
}

std::optional<Moment> UndoList::undo(const Moment &current)
{
    if (!canUndo())
        return {};
    const std::size_t after = 2 * m_done - 1;
    if (m_moments.all()[after] != current)
        m_moments.replace(after, current);
    --m_done;
    Moment before = m_moments.all()[after - 1];
    keepBudget();
    return before;
}

std::optional<Moment> UndoList::redo()
{
    if (!canRedo())
        return {};
    ++m_done;
    return m_moments.all()[2 * m_done - 1];
}

void UndoList::clear()
{
    *this = UndoList(m_budget);
}

void UndoList::dropFirst()
{
    m_moments.dropFirst();
    m_moments.dropFirst();
    --m_done;
}

void UndoList::dropLast()
{
    m_moments.dropLast();
    m_moments.dropLast();
}

/// What was done long ago goes first, then what was taken back long ago.
void UndoList::keepBudget()
{
    while (m_moments.bytes() > m_budget && edits() > 1) {
        if (canUndo())
            dropFirst();
        else
            dropLast();
    }
}

} // namespace conway
