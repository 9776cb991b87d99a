#pragma once

#include <QtGlobal>

#include <vector>

namespace conway::load {

/// The memory of a process over time, and where it is heading.
class MemoryTrend
{
public:
    void add(double seconds, qint64 bytes) { m_samples.push_back({seconds, static_cast<double>(bytes)}); }

    /// Bytes a second over the second half of the time, by least squares; 0 if there are no two samples in it.
    [[nodiscard]] double slope() const;
    /// From the first sample of the second half to the last.
    [[nodiscard]] double secondsOfHalf() const;
    [[nodiscard]] double most() const;

private:
    struct Sample {
        double seconds = 0;
        double bytes = 0;
    };

    [[nodiscard]] std::vector<Sample> secondHalf() const;

    std::vector<Sample> m_samples;
};

} // namespace conway::load
