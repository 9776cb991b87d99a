#include "tests/validate/TickTiming.h"

#include <algorithm>

namespace conway::validate {

void TickTiming::restart(Interval interval)
{
    m_schedules.emplace_back().interval = interval;
}

void TickTiming::arrived(quint64 tick, Time when)
{
    if (m_schedules.empty())
        return;
    Schedule &schedule = m_schedules.back();
    if (schedule.slack.empty())
        schedule.firstTick = tick;
    const auto count = static_cast<qint64>(tick - schedule.firstTick);
    schedule.slack.emplace_back(when.time_since_epoch() - count * schedule.interval);
}

Samples TickTiming::lateness() const
{
    Samples samples;
    for (const Schedule &schedule : m_schedules) {
        if (schedule.slack.size() < 2)
            continue;
        const auto origin = *std::min_element(schedule.slack.begin(), schedule.slack.end());
        for (const auto slack : schedule.slack)
            samples.add(std::chrono::duration<double, std::milli>(slack - origin).count());
    }
    return samples;
}

} // namespace conway::validate
