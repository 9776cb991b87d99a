#include "server/LoopTimers.h"

#include <QCoreApplication>
#include <QTimerEvent>

namespace conway {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

void LoopTimers::add(int id, milliseconds interval, Qt::TimerType type, QObject *object)
{
    remove(id);
    Timer &timer = m_timers[id];
    timer.interval = std::max(interval, 0ms);
    timer.type = type;
    timer.object = object;
    timer.serial = ++m_serial;
    schedule(id, timer, Clock::now() + timer.interval);
}

void LoopTimers::schedule(int id, Timer &timer, Clock::time_point due)
{
    timer.due = due;
    m_due.emplace(due, id);
}

bool LoopTimers::remove(int id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return false;
    m_due.erase({found->second.due, id});
    m_timers.erase(found);
    return true;
}

bool LoopTimers::removeAll(QObject *object)
{
    std::vector<int> ids;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            ids.push_back(id);
    }
    for (const int id : ids)
        remove(id);
    return !ids.empty();
}

QList<QAbstractEventDispatcher::TimerInfo> LoopTimers::of(const QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> timers;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            timers.append({id, static_cast<int>(timer.interval.count()), timer.type});
    }
    return timers;
}

std::optional<milliseconds> LoopTimers::remaining(int id) const
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return std::nullopt;
    return std::max(std::chrono::ceil<milliseconds>(found->second.due - Clock::now()), 0ms);
}

std::optional<milliseconds> LoopTimers::untilNext() const
{
    if (m_due.empty())
        return std::nullopt;
    return std::max(std::chrono::ceil<milliseconds>(m_due.begin()->first - Clock::now()), 0ms);
}

bool LoopTimers::fire()
{
    // Those of this moment, so that timers without an interval do not keep the loop from its sockets.
    struct Due {
        int id;
        quint64 serial;
    };
    std::vector<Due> due;
    const Clock::time_point now = Clock::now();
    for (auto next = m_due.begin(); next != m_due.end() && next->first <= now; ++next)
        due.push_back({next->second, m_timers.at(next->second).serial});

    const auto find = [this](const Due &wanted) -> Timer * {
        const auto found = m_timers.find(wanted.id);
        return found != m_timers.end() && found->second.serial == wanted.serial ? &found->second : nullptr;
    };
    for (const Due &one : due) {
        Timer *timer = find(one);
        // An event before this one may have ended it, or a loop within have fired it.
        if (timer == nullptr || timer->isFiring || timer->due > now)
            continue;
        m_due.erase({timer->due, one.id});
        timer->isFiring = true;
        QTimerEvent event(one.id);
        QCoreApplication::sendEvent(timer->object, &event);
        timer = find(one);
        if (timer == nullptr)
            continue;
        timer->isFiring = false;
        // In step with its beginning, but what is missed is missed.
        const Clock::time_point next = timer->due + timer->interval;
        schedule(one.id, *timer, next < now ? now + timer->interval : next);
    }
    return !due.empty();
}

} // namespace conway
