#pragma once

#include "tests/validate/Samples.h"

#include <QtGlobal>

#include <chrono>
#include <vector>

namespace conway::validate {

/// How late each tick reached a viewer.
///
/// Tick k is due at origin + k·interval. Nobody tells the viewer the origin, so it is taken from the ticks themselves:
/// the smallest arrival − k·interval, the tick that suffered least. Lateness is thus that of the server's timer, its
/// sending, the network and this program together, less the delay that every tick has in common. Ticks are counted, so
/// one that is left out makes all that follow a whole interval late and cannot pass unseen.
class TickTiming
{
public:
    using Time = std::chrono::steady_clock::time_point;
    using Interval = std::chrono::milliseconds;

    /// A schedule begins: the first, or another after start, reset or a new speed. Ticks of two schedules are not
    /// compared.
    void restart(Interval interval);

    void arrived(quint64 tick, Time when);

    /// Milliseconds, one for each tick of every schedule that had at least two: a single one has nothing to be late
    /// against.
    [[nodiscard]] Samples lateness() const;

private:
    struct Schedule {
        Interval interval{0};
        quint64 firstTick = 0;
        std::vector<std::chrono::nanoseconds> slack; ///< arrival − k·interval, on the steady clock
    };

    std::vector<Schedule> m_schedules;
};

} // namespace conway::validate
