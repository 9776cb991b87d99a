#include "core/ConwayEngine.h"

#include <QLoggingCategory>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conway {

namespace {

Q_LOGGING_CATEGORY(lcCore, "conway.core", QtInfoMsg)

/// A tick that begins later than this is worth a line: the eye notices, and so do the brief's limits.
constexpr auto kLateAfter = 20ms;
/// At most so often.
constexpr auto kTroubleLineEvery = 1s;

double inMilliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

void fill(Frame &frame, const LifeKernel::Counts &counts, std::chrono::nanoseconds lateness,
          std::chrono::nanoseconds computeTime)
{
    frame.population = counts.population;
    frame.births = counts.births;
    frame.deaths = counts.deaths;
    frame.lateness = lateness;
    frame.computeTime = computeTime;
}

} // namespace

ConwayEngine::ConwayEngine(const Universe &initial, int intervalMs, QObject *parent)
    : QObject(parent)
    , m_initial(initial)
    , m_kernel(initial.rule)
    // Random, so that a viewer that outlived a restart of the server sees a new epoch.
    , m_frame(initialFrame(QRandomGenerator::global()->generate()))
    , m_timer(this) // as a child it moves to the engine's thread with the engine
{
    m_state.intervalMs = std::clamp(intervalMs, kMinInterval, kMaxInterval);
    m_state.rule = initial.rule;
    m_state.width = initial.cells.width();
    m_state.height = initial.cells.height();
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ConwayEngine::onTimer);
}

ConwayEngine::~ConwayEngine() = default;

void ConwayEngine::start(const QString &by)
{
    if (m_state.running)
        return;
    m_state.running = true;
    m_schedule.start(TickSchedule::Clock::now(), std::chrono::milliseconds(m_state.intervalMs));
    armTimer();
    announce(u"start", by);
}

void ConwayEngine::stop(const QString &by)
{
    if (!m_state.running)
        return;
    m_state.running = false;
    m_timer.stop();
    announce(u"stop", by);
}

void ConwayEngine::step(const QString &)
{
    advance(0ns);
}

void ConwayEngine::reset(const QString &by)
{
    publish(initialFrame(m_frame->epoch + 1));
    announce(u"reset", by);
}

void ConwayEngine::edit(const QList<CellEdit> &cells, const QString &by)
{
    auto frame = m_pool.blank(m_frame->cells.width(), m_frame->cells.height());
    *frame = *m_frame;
    for (const CellEdit &cell : cells) {
        if (frame->cells.contains(cell.x, cell.y))
            frame->cells.set(cell.x, cell.y, cell.alive);
    }
    // Counted at the end: a list may name a cell twice.
    const LifeKernel::Counts counts = LifeKernel::compare(m_frame->cells, frame->cells, frame->changedTiles);
    if (counts.births == 0 && counts.deaths == 0)
        return;
    fill(*frame, counts, 0ns, 0ns);
    publish(std::move(frame));
    announce(u"edit", by);
}

void ConwayEngine::setInterval(int intervalMs, const QString &by)
{
    intervalMs = std::clamp(intervalMs, kMinInterval, kMaxInterval);
    if (intervalMs == m_state.intervalMs)
        return;
    m_state.intervalMs = intervalMs;
    if (m_state.running) {
        m_schedule.changeInterval(TickSchedule::Clock::now(), std::chrono::milliseconds(intervalMs));
        armTimer();
    }
    announce(u"speed", by);
}

void ConwayEngine::execute(const Command &command)
{
    struct Run {
        ConwayEngine *engine;
        const QString &by;
        void operator()(const StartCommand &) const { engine->start(by); }
        void operator()(const StopCommand &) const { engine->stop(by); }
        void operator()(const StepCommand &) const { engine->step(by); }
        void operator()(const ResetCommand &) const { engine->reset(by); }
        void operator()(const SpeedCommand &speed) const { engine->setInterval(speed.intervalMs, by); }
        void operator()(const EditCommand &edit) const { engine->edit(edit.cells, by); }
    };
    std::visit(Run{this, command.by}, command.action);
}

void ConwayEngine::onTimer()
{
    const auto now = TickSchedule::Clock::now();
    if (now < m_schedule.due()) { // a coarse clock rang early
        armTimer();
        return;
    }
    const TickSchedule::Tick tick = m_schedule.take(now);
    // The next timer is armed first: computing and publishing then eat into the wait instead of adding to it.
    armTimer();
    advance(tick.lateness);
    reportTrouble(tick);
}

void ConwayEngine::advance(std::chrono::nanoseconds lateness)
{
    const auto begun = TickSchedule::Clock::now();
    auto frame = m_pool.blank(m_frame->cells.width(), m_frame->cells.height());
    const LifeKernel::Counts counts = m_kernel.advance(m_frame->cells, frame->cells, frame->changedTiles);
    frame->epoch = m_frame->epoch;
    frame->tick = m_frame->tick + 1;
    frame->generation = m_frame->generation + 1;
    fill(*frame, counts, lateness, TickSchedule::Clock::now() - begun);
    publish(std::move(frame));
}

void ConwayEngine::publish(std::shared_ptr<Frame> frame)
{
    frame->sequence = m_frame->sequence + 1;
    m_frame = std::move(frame);
    Q_EMIT published(m_frame);
}

void ConwayEngine::announce(QStringView cause, const QString &by)
{
    m_state.cause = cause.toString();
    m_state.by = by;
    if (cause != u"edit") // those come as fast as a finger draws
        qCInfo(lcCore).noquote() << m_state.cause << "by" << by << "at generation" << m_frame->generation;
    Q_EMIT stateChanged(m_state);
}

void ConwayEngine::armTimer()
{
    // Rounded up: a timer of whole milliseconds that rang early would have to be set again.
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_schedule.due() - TickSchedule::Clock::now());
    m_timer.start(std::max(wait, 0ms));
}

void ConwayEngine::reportTrouble(const TickSchedule::Tick &tick)
{
    const bool isLate = tick.lateness > kLateAfter;
    const bool overran = m_frame->computeTime > std::chrono::milliseconds(m_state.intervalMs);
    if (!isLate && !overran)
        return;
    ++m_troubledTicks;
    const auto now = TickSchedule::Clock::now();
    if (now - m_lastTroubleLine < kTroubleLineEvery)
        return;
    if (isLate) {
        qCWarning(lcCore).noquote() << u"tick %1 came %2 ms late, %3 due times skipped"_s.arg(m_frame->tick)
                                           .arg(inMilliseconds(tick.lateness), 0, 'f', 1)
                                           .arg(tick.skipped);
    }
    if (overran) {
        qCWarning(lcCore).noquote() << u"tick %1 took %2 ms, exceeding its interval of %3 ms"_s.arg(m_frame->tick)
                                           .arg(inMilliseconds(m_frame->computeTime), 0, 'f', 1)
                                           .arg(m_state.intervalMs);
    }
    if (m_troubledTicks > 1)
        qCWarning(lcCore) << m_troubledTicks << "such ticks since the last line";
    m_lastTroubleLine = now;
    m_troubledTicks = 0;
}

std::shared_ptr<Frame> ConwayEngine::initialFrame(quint32 epoch)
{
    auto frame = m_pool.blank(m_initial.cells.width(), m_initial.cells.height());
    frame->epoch = epoch;
    frame->sequence = 0;
    frame->tick = 0;
    frame->generation = 0;
    frame->cells = m_initial.cells;
    frame->changedTiles.markAll();
    fill(*frame, {m_initial.cells.population(), 0, 0}, 0ns, 0ns);
    return frame;
}

} // namespace conway
