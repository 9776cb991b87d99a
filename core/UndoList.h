#pragma once

#include "core/MomentList.h"

#include <QtGlobal>

#include <optional>

namespace conway {

/// What was done to a universe, and can be taken back and done again: edits, each with the moment before and the moment
/// after. Generations are no edit (History goes back through those), so an edit can be taken back while the universe
/// runs, together with what ran since. Neither cells nor their size nor the rule mean anything here: a resize is an
/// edit like any other.
///
/// As many edits as the budget holds, the oldest go first; the newest stays in any case, so that the last thing done
/// can be undone in the largest universe too.
///
/// Not thread-safe; the moments are.
class UndoList
{
public:
    static constexpr qint64 kDefaultBudget = qint64{64} << 20U;

    explicit UndoList(qint64 budget = kDefaultBudget)
        : m_budget(budget)
    {
    }

    /// An edit, which forgets what could be redone. Nothing happens if the two are equal.
    void edited(const Moment &before, const Moment &after);

    /// The moment before the newest edit that is not taken back, for the universe to return to. `current` is the
    /// universe as it is: redo() comes back to it, with what ran since the edit. Nothing where there is no such edit.
    [[nodiscard]] std::optional<Moment> undo(const Moment &current);

    /// The moment that undo() came from. Generations that ran since are lost.
    [[nodiscard]] std::optional<Moment> redo();

    [[nodiscard]] bool canUndo() const { return m_done > 0; }
    [[nodiscard]] bool canRedo() const { return m_done < edits(); }

    void clear();

    [[nodiscard]] std::size_t edits() const { return m_moments.all().size() / 2; }
    [[nodiscard]] qint64 bytes() const { return m_moments.bytes(); }

private:
    void dropFirst();
    void dropLast();
    void keepBudget();

    qint64 m_budget;
    MomentList m_moments;   ///< before and after the first edit, before and after the second…
    std::size_t m_done = 0; ///< edits that are not taken back
};

} // namespace conway
