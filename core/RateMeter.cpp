#include "core/RateMeter.h"

using namespace std::chrono_literals;

namespace conway {

namespace {

constexpr auto kSpan = 2s;
/// Sightings that follow each other faster count as one, so that the queue stays short at any speed.
constexpr auto kGrain = 20ms;

} // namespace

void RateMeter::saw(quint64 count, Time now)
{
    if (!m_samples.empty() && count < m_samples.back().count)
        m_samples.clear();
    // Keeps the newest sample up to date, and the one before it as the mark it is measured from.
    if (m_samples.size() >= 2 && now - m_samples[m_samples.size() - 2].time < kGrain)
        m_samples.pop_back();
    m_samples.push_back({now, count});
    while (m_samples.size() > 2 && now - m_samples[1].time >= kSpan)
        m_samples.pop_front();
}

std::optional<double> RateMeter::perSecond() const
{
    if (m_samples.size() < 2)
        return std::nullopt;
    const std::chrono::duration<double> time = m_samples.back().time - m_samples.front().time;
    if (time.count() <= 0)
        return std::nullopt;
    return static_cast<double>(m_samples.back().count - m_samples.front().count) / time.count();
}

} // namespace conway
