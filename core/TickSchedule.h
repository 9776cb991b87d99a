#pragma once

#include <QtGlobal>

#include <chrono>

namespace conway {

/// When ticks are due: tick k at start + k·interval, so that lateness never adds up. A tick that comes late is taken
/// late and once: due times that passed meanwhile are skipped, never made up by ticks in quick succession.
///
/// Pure arithmetic on times that the caller passes in; knows no clock.
class TickSchedule
{
public:
    using Clock = std::chrono::steady_clock;
    using Time = Clock::time_point;
    using Duration = std::chrono::nanoseconds;

    struct Tick {
        Duration lateness{0};
        qint64 skipped = 0; ///< due times after this one that had passed already
    };

    /// The first tick is due one interval after `now`. The interval is positive.
    void start(Time now, Duration interval);

    /// Another interval from the last due time on; what would already be over is due now.
    void changeInterval(Time now, Duration interval);

    [[nodiscard]] Time due() const { return m_due; }

    /// Takes the tick that is due; now >= due(). Afterwards due() lies in the future.
    Tick take(Time now);

private:
    Time m_due;
    Duration m_interval{1};
};

} // namespace conway
