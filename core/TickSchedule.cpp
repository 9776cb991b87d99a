#include "core/TickSchedule.h"

#include <algorithm>

namespace conway {

void TickSchedule::start(Time now, Duration interval)
{
    Q_ASSERT(interval > Duration::zero());
    m_interval = interval;
    m_due = now + interval;
}

void TickSchedule::changeInterval(Time now, Duration interval)
{
    const Time lastDue = m_due - m_interval;
    start(std::max(lastDue, now - interval), interval);
}

TickSchedule::Tick TickSchedule::take(Time now)
{
    Tick tick;
    tick.lateness = now - m_due;
    tick.skipped = tick.lateness / m_interval;
    m_due += (tick.skipped + 1) * m_interval;
    return tick;
}

} // namespace conway
