#pragma once

#include <QtGlobal>

namespace conway {

/// A generator of 64 random bits at a time, the same on every platform: nothing but integers modulo 2⁶⁴. Any seed is as
/// good as any other. Not for secrets.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; the constants
/// are those of Java's SplittableRandom and of S. Vigna's splitmix64.c (public domain).
class SplitMix64
{
public:
    constexpr explicit SplitMix64(quint64 seed)
        : m_state(seed)
    {
    }

    constexpr quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ULL; // 2⁶⁴ divided by the golden ratio
        return finalise(m_state);
    }

    /// Each bit of the result depends on each of the argument. One to one, and 0 stays 0.
    [[nodiscard]] static constexpr quint64 finalise(quint64 bits)
    {
        bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebULL;
        return bits ^ (bits >> 31U);
    }

private:
    quint64 m_state;
};

} // namespace conway
