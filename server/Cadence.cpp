#include "server/Cadence.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace conway {

int Cadence::rateFor(int maxFps)
{
    const auto *const above = std::ranges::upper_bound(kRates, maxFps);
    return *std::prev(above);
}

Cadence::Cadence(int rate, QObject *parent)
    : QObject(parent)
    , m_rate(rate)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Cadence::release);
}

Cadence::~Cadence() = default;

Cadence::Clock::duration Cadence::period() const
{
    return m_rate == 0 ? Clock::duration(0) : Clock::duration(1s) / m_rate;
}

Cadence::Clock::duration Cadence::tolerance() const
{
    return period() / 8;
}

void Cadence::join(const FramePtr &newest)
{
    if (++m_viewers == 1)
        m_frame = newest;
}

void Cadence::leave()
{
    if (--m_viewers > 0)
        return;
    m_timer.stop();
    m_frame.reset();
    m_pending.reset();
    m_touched.reset();
}

void Cadence::offer(const FramePtr &frame)
{
    if (!isWatched())
        return;
    const FramePtr &before = m_pending ? m_pending : m_frame;
    const bool follows = frame->epoch == before->epoch && frame->sequence == before->sequence + 1;
    if (!follows)
        m_touched.reset();
    else if (!m_pending)
        m_touched = frame->changedTiles;
    else if (m_touched)
        m_touched->markAll(frame->changedTiles);
    m_pending = frame;

    if (m_timer.isActive())
        return;
    // A frame that comes a little early is not put off: that would only make it late.
    if (const auto wait = m_dueAt - Clock::now(); wait > tolerance())
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(wait));
    else
        release();
}

void Cadence::release()
{
    // From due time to due time, so that what came early or late does not add up; but nothing is caught up with.
    m_dueAt = std::max(m_dueAt + period(), Clock::now() + period() - tolerance());
    Q_EMIT due();
}

void Cadence::taken()
{
    m_frame = std::exchange(m_pending, {});
    m_touched.reset();
}

} // namespace conway

#include "moc_Cadence.cpp"
