#include "tests/bench/load/MemoryTrend.h"

#include <algorithm>

namespace conway::load {

std::vector<MemoryTrend::Sample> MemoryTrend::secondHalf() const
{
    std::vector<Sample> half;
    if (m_samples.empty())
        return half;
    const double middle = (m_samples.front().seconds + m_samples.back().seconds) / 2;
    std::copy_if(m_samples.begin(), m_samples.end(), std::back_inserter(half),
                 [middle](const Sample &sample) { return sample.seconds >= middle; });
    return half;
}

double MemoryTrend::slope() const
{
    const std::vector<Sample> half = secondHalf();
    if (half.size() < 2)
        return 0;
    const auto count = static_cast<double>(half.size());
    double seconds = 0;
    double bytes = 0;
    for (const Sample &sample : half) {
        seconds += sample.seconds / count;
        bytes += sample.bytes / count;
    }
    double together = 0;
    double spread = 0;
    for (const Sample &sample : half) {
        together += (sample.seconds - seconds) * (sample.bytes - bytes);
        spread += (sample.seconds - seconds) * (sample.seconds - seconds);
    }
    return spread > 0 ? together / spread : 0;
}

double MemoryTrend::secondsOfHalf() const
{
    const std::vector<Sample> half = secondHalf();
    return half.empty() ? 0 : half.back().seconds - half.front().seconds;
}

double MemoryTrend::most() const
{
    const auto most = std::max_element(m_samples.begin(), m_samples.end(),
                                       [](const Sample &a, const Sample &b) { return a.bytes < b.bytes; });
    return most != m_samples.end() ? most->bytes : 0;
}

} // namespace conway::load
