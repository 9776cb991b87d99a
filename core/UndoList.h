#pragma once

#include "core/MomentList.h"

#include <QtGlobal>

#include <optional>

namespace conway {

/// What was done to a universe, as the moments it left behind, to walk back and forth between. A cursor stands at the
/// one the universe was last set to.
///
/// One edit is one step, and so are all the generations that ran between two edits. Whoever edits says
/// @code
///     list.record(before); // nothing, unless generations ran since the last step
///     list.record(after);
/// @endcode
/// and whoever starts with a universe records that. Neither cells nor their size nor the rule mean anything here: a
/// resize is a step like any other.
///
/// As many steps as the budget holds, the oldest go first; the moments on both sides of the newest step stay in any
/// case, so that the last thing done can be undone in the largest universe too.
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

    /// Takes a step: forgets what could be redone. Nothing happens if `moment` is where the cursor stands.
    void record(const Moment &moment);

    /// The moment one step back, for the universe to return to. If `current`, the universe as it is, is not where the
    /// cursor stands, it is recorded first: redo() comes back to it. Nothing when there is nothing to undo.
    [[nodiscard]] std::optional<Moment> undo(const Moment &current);

    /// The moment undo() came from. Generations that ran since are not a step, and are lost.
    [[nodiscard]] std::optional<Moment> redo();

    /// `generation` is the universe's: generations that ran can be undone as well.
    [[nodiscard]] bool canUndo(quint64 generation) const;
    [[nodiscard]] bool canRedo() const { return m_cursor + 1 < m_moments.all().size(); }

    void clear();

    [[nodiscard]] std::size_t moments() const { return m_moments.all().size(); }
    [[nodiscard]] qint64 bytes() const { return m_moments.bytes(); }

private:
    qint64 m_budget;
    MomentList m_moments;
    std::size_t m_cursor = 0; ///< 0 in an empty list
};

} // namespace conway
