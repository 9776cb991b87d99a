#include "tests/bench/load/TickSpread.h"

#include <algorithm>

namespace conway::load {

void TickSpread::add(quint64 moment, Connection::Time received)
{
    // A viewer now and then reads an older message after a newer one of somebody else's: first and last are by the
    // clock, not by the order of the calls.
    Span &span = m_ticks.try_emplace(moment, Span{received, received, 0}).first->second;
    span.first = std::min(span.first, received);
    span.last = std::max(span.last, received);
    ++span.viewers;
}

validate::Samples TickSpread::samples() const
{
    validate::Samples samples;
    for (const auto &[moment, span] : m_ticks) {
        if (span.viewers > 1)
            samples.add(std::chrono::duration<double, std::milli>(span.last - span.first).count());
    }
    return samples;
}

} // namespace conway::load
