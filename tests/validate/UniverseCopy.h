#pragma once

#include "core/CellGrid.h"
#include "core/LifeKernel.h"
#include "core/Result.h"
#include "core/Rule.h"

#include <QJsonObject>

#include <deque>
#include <optional>

namespace conway::validate {

/// A viewer's own copy of the universe, made of a `full_state` and the deltas after it, and the judge of both.
///
/// A delta must be of a later tick, list only cells that really change, and lead to exactly what LifeKernel computes
/// from the copy: so a server that sends something plausible but wrong is found out. (An edit repeats the tick and is
/// free in what it changes.) A server that was held up may send several generations as one delta; that is counted.
class UniverseCopy
{
public:
    enum class Change { FullState, Tick, Edit };

    /// From now on every tick is recomputed with this rule.
    void setRule(const Rule &rule) { m_kernel.emplace(rule); }

    /// Takes in a message of the right shape (see wrongShape()) and of type full_state or delta. The error says what is
    /// wrong with its content; the copy has then taken over what the message says as far as it makes sense.
    [[nodiscard]] Result<Change> take(const QJsonObject &message);

    [[nodiscard]] bool isEmpty() const { return m_states.empty(); }
    /// Not while isEmpty().
    [[nodiscard]] quint64 tick() const { return m_states.back().tick; }
    [[nodiscard]] const CellGrid &cells() const { return m_states.back().cells; }

    /// Whether these cells are what this copy held at that tick: true, false, or nothing when it has not come to that
    /// tick or left it behind too long ago.
    [[nodiscard]] std::optional<bool> heldAt(quint64 tick, const CellGrid &cells) const;

    /// Ticks that had no delta of their own, since the next one covered them, too.
    [[nodiscard]] qint64 conflated() const { return m_conflated; }
    /// Ticks whose outcome was recomputed.
    [[nodiscard]] qint64 recomputed() const { return m_recomputed; }

private:
    struct State {
        quint64 tick = 0;
        CellGrid cells;
    };

    [[nodiscard]] Result<Change> takeFullState(const QJsonObject &message);
    [[nodiscard]] Result<Change> takeDelta(const QJsonObject &message);
    void remember(State state);

    std::optional<LifeKernel> m_kernel;
    std::deque<State> m_states; ///< the last few, newest at the back
    qint64 m_recomputed = 0;
    qint64 m_conflated = 0;
};

} // namespace conway::validate
