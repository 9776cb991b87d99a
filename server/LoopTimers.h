#pragma once

#include <QAbstractEventDispatcher>

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace conway {

/// The timers of an event loop, as QAbstractEventDispatcher names them. Every timer is precise, whatever type it asks
/// for: a server's are few, or far away. One thread.
class LoopTimers
{
public:
    using Clock = std::chrono::steady_clock;

    void add(int id, std::chrono::milliseconds interval, Qt::TimerType type, QObject *object);
    /// False when there is no such timer.
    bool remove(int id);
    bool removeAll(QObject *object);
    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> of(const QObject *object) const;
    /// None when there is no such timer; never negative.
    [[nodiscard]] std::optional<std::chrono::milliseconds> remaining(int id) const;

    /// Until the next one is due, rounded up; none when there is nothing to wait for.
    [[nodiscard]] std::optional<std::chrono::milliseconds> untilNext() const;
    /// Sends QTimerEvents to those that are due now, each once. A timer whose event is still being handled, in a loop
    /// within that loop, is left out. Returns whether there were any.
    bool fire();

private:
    struct Timer {
        std::chrono::milliseconds interval{0};
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        Clock::time_point due;
        quint64 serial = 0; ///< an id comes again
        bool isFiring = false;
    };

    void schedule(int id, Timer &timer, Clock::time_point due);

    std::unordered_map<int, Timer> m_timers;
    std::set<std::pair<Clock::time_point, int>> m_due; ///< of those that are not firing
    quint64 m_serial = 0;
};

} // namespace conway
