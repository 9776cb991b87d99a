#pragma once

#include <QtGlobal>

#include <chrono>
#include <deque>
#include <optional>

namespace conway {

/// How fast a count grows, such as generations: per second, over the last two seconds or the last two sightings,
/// whichever is longer. Knows no clock: the caller passes times in.
class RateMeter
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// The count was seen to be that. One lower than the last begins anew.
    void saw(quint64 count, Time now);
    void clear() { m_samples.clear(); }

    /// None before it was seen twice.
    [[nodiscard]] std::optional<double> perSecond() const;

private:
    struct Sample {
        Time time{};
        quint64 count = 0;
    };

    std::deque<Sample> m_samples;
};

} // namespace conway
