#pragma once

#include <algorithm>
#include <chrono>

namespace conway {

/// A rate with room for bursts: fills at `perSecond` up to `burst`, and each take() needs its amount to be there.
/// Pure arithmetic on times the caller passes in.
class TokenBucket
{
public:
    using Time = std::chrono::steady_clock::time_point;

    TokenBucket(double perSecond, double burst, Time now)
        : m_perSecond(perSecond)
        , m_burst(burst)
        , m_tokens(burst)
        , m_filledAt(now)
    {
    }

    /// False, and nothing taken, when there is too little.
    [[nodiscard]] bool take(double amount, Time now)
    {
        m_tokens = tokens(now);
        m_filledAt = now;
        if (m_tokens < amount)
            return false;
        m_tokens -= amount;
        return true;
    }

    /// Whether it is as one that nobody has taken from.
    [[nodiscard]] bool isFull(Time now) const { return tokens(now) >= m_burst; }

private:
    [[nodiscard]] double tokens(Time now) const
    {
        const double elapsed = std::chrono::duration<double>(now - m_filledAt).count();
        return std::min(m_burst, m_tokens + elapsed * m_perSecond);
    }

    double m_perSecond;
    double m_burst;
    double m_tokens;
    Time m_filledAt;
};

} // namespace conway
