#include "core/ConwayEngine.h"

#include "core/Resize.h"

#include <QLoggingCategory>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conway {

namespace {

Q_LOGGING_CATEGORY(lcCore, "conway.core", QtInfoMsg)

/// Of late ticks is told at most so often.
constexpr auto kTroubleLineEvery = 1s;

double inMilliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

/// Turbo leaves the event loop for no longer than this: so long a command waits.
constexpr std::chrono::nanoseconds kSlice = 4ms;
constexpr auto kTurboFrameTime = std::chrono::nanoseconds(1s) / ConwayEngine::kTurboFramesPerSecond;

int allowedInterval(int intervalMs)
{
    return intervalMs == ConwayEngine::kTurbo
               ? intervalMs
               : std::clamp(intervalMs, ConwayEngine::kMinInterval, ConwayEngine::kMaxInterval);
}

} // namespace

ConwayEngine::ConwayEngine(const Universe &initial, int intervalMs, qint64 historyBudget, QObject *parent)
    : QObject(parent)
    , m_evolution(initial.rule, initial.topology)
    , m_timeline(historyBudget)
    , m_timer(this) // as a child it moves to the engine's thread with the engine
{
    // Random, so that a viewer that outlived a restart of the server sees a new epoch.
    FramePtr first = m_evolution.blank(initial.cells.width(), initial.cells.height());
    Frame &frame = FramePool::write(first);
    frame.epoch = QRandomGenerator::global()->generate();
    frame.cells = initial.cells;
    frame.population = initial.cells.population();
    frame.changedTiles.markAll();
    m_evolution.restart(std::move(first));
    m_timeline.begin(nullptr, {Snapshot(initial.cells), 0, initial.rule, initial.topology});
    m_state.intervalMs = allowedInterval(intervalMs);
    m_state.rule = initial.rule;
    m_state.topology = initial.topology;
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
    run();
    announce(u"start", by);
}

void ConwayEngine::stop(const QString &by)
{
    if (!m_state.running)
        return;
    m_state.running = false;
    m_timer.stop();
    catchUp();
    m_rate.clear();
    announce(u"stop", by);
}

void ConwayEngine::step(const QString &)
{
    m_evolution.advance();
    if (!isRacing())
        publish();
}

void ConwayEngine::reset(const QString &by)
{
    begin(m_timeline.beginning());
    announce(u"reset", by);
}

void ConwayEngine::load(const Universe &universe, const QString &by)
{
    begin({Snapshot(universe.cells), 0, universe.rule, universe.topology});
    announce(u"load", by);
}

/// Another universe, or this one from its beginning.
void ConwayEngine::begin(const Moment &moment)
{
    note();
    const FramePtr before = m_evolution.now();
    const Moment first = moment; // the timeline's own may go
    present(first, 0);
    m_timeline.begin(before.get(), first);
}

void ConwayEngine::goTo(quint64 generation, const QString &by)
{
    note();
    if (generation == m_evolution.now()->generation)
        return;
    const auto moment = m_timeline.rewind(generation);
    if (!moment)
        return;
    present(*moment, generation);
    announce(u"rewind", by);
}

void ConwayEngine::stepBack(const QString &by)
{
    if (const quint64 generation = m_evolution.now()->generation; generation > 0)
        goTo(generation - 1, by);
}

void ConwayEngine::undo(const QString &by)
{
    note();
    if (const auto moment = m_timeline.undo(*m_evolution.now())) {
        present(*moment, moment->generation);
        announce(u"undo", by);
    }
}

void ConwayEngine::redo(const QString &by)
{
    note();
    if (const auto moment = m_timeline.redo()) {
        present(*moment, moment->generation);
        announce(u"redo", by);
    }
}

void ConwayEngine::edit(const QList<CellEdit> &cells, const QString &by)
{
    change(u"edit", by, [&](CellGrid &universe) {
        for (const CellEdit &cell : cells) {
            if (universe.contains(cell.x, cell.y))
                universe.set(cell.x, cell.y, cell.alive);
        }
    });
}

void ConwayEngine::stampPattern(const CellGrid &pattern, int x, int y, StampMode mode, const QString &by)
{
    change(u"edit", by, [&](CellGrid &universe) { stamp(universe, m_state.topology, pattern, x, y, mode); });
}

void ConwayEngine::clear(const QString &by)
{
    change(u"clear", by, [](CellGrid &universe) { universe.fill(false); });
}

void ConwayEngine::fill(const Soup &soup, const QString &by)
{
    change(u"fill", by, [&](CellGrid &universe) { universe = soup.universe(universe.width(), universe.height()); });
}

void ConwayEngine::resize(int width, int height, const QString &by)
{
    Q_ASSERT(width >= 1 && width <= CellGrid::kMaxSide && height >= 1 && height <= CellGrid::kMaxSide);
    if (width == m_state.width && height == m_state.height)
        return;
    note();
    const FramePtr before = m_evolution.now();
    FramePtr next = m_evolution.blank(width, height);
    Frame &after = FramePool::write(next);
    ++after.epoch;
    after.cells = resized(before->cells, width, height);
    after.population = after.cells.population();
    after.changedTiles.markAll();
    m_timeline.edited(*before, after, m_state.rule, m_state.topology);
    m_state.width = width;
    m_state.height = height;
    publish(std::move(next));
    announce(u"resize", by);
}

void ConwayEngine::setRule(const Rule &rule, const QString &by)
{
    if (rule == m_state.rule || (rule.births(0) && m_state.topology == Topology::Plane))
        return;
    note();
    m_state.rule = rule;
    m_evolution.setLaw(rule, m_state.topology);
    m_batch = 1;
    const FramePtr now = m_evolution.now();
    m_timeline.edited(*now, *now, rule, m_state.topology);
    announce(u"rule", by);
}

/// What no generation leads to, in one published frame; or, while turbo runs, in its next one, since people who draw
/// would bring more of them than turbo may publish.
void ConwayEngine::change(QStringView cause, const QString &by, const std::function<void(CellGrid &)> &edit)
{
    const CellGrid &now = m_evolution.now()->cells;
    FramePtr next = m_evolution.blank(now.width(), now.height());
    Frame &after = FramePool::write(next);
    after.cells = now;
    edit(after.cells);
    // Counted at the end: a list may name a cell twice.
    const LifeKernel::Counts counts = LifeKernel::compare(now, after.cells, after.changedTiles);
    if (counts.births == 0 && counts.deaths == 0) {
        m_evolution.giveBack(std::move(next));
        return;
    }
    note();
    after.population = counts.population;
    after.births = counts.births;
    after.deaths = counts.deaths;
    m_timeline.edited(*m_evolution.now(), after, m_state.rule, m_state.topology);
    if (isRacing()) {
        m_batch = 1; // what rested may be awake
        m_evolution.edit(std::move(next));
    } else {
        publish(std::move(next));
    }
    announce(cause, by);
}

void ConwayEngine::setInterval(int intervalMs, const QString &by)
{
    intervalMs = allowedInterval(intervalMs);
    if (intervalMs == m_state.intervalMs)
        return;
    catchUp();
    const bool wasTurbo = m_state.intervalMs == kTurbo;
    m_state.intervalMs = intervalMs;
    m_rate.clear();
    if (m_state.running) {
        if (wasTurbo || intervalMs == kTurbo) {
            run();
        } else {
            m_schedule.changeInterval(TickSchedule::Clock::now(), std::chrono::milliseconds(intervalMs));
            armTimer();
        }
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
        void operator()(const StampCommand &pattern) const
        {
            engine->stampPattern(*pattern.pattern, pattern.x, pattern.y, pattern.mode, by);
        }
        void operator()(const LoadCommand &load) const { engine->load(built(load.plan), by); }
        void operator()(const FillCommand &fill) const { engine->fill(fill.soup, by); }
        void operator()(const ClearCommand &) const { engine->clear(by); }
        void operator()(const RuleCommand &rule) const { engine->setRule(rule.rule, by); }
        void operator()(const ResizeCommand &size) const { engine->resize(size.width, size.height, by); }
        void operator()(const UndoCommand &) const { engine->undo(by); }
        void operator()(const RedoCommand &) const { engine->redo(by); }
        void operator()(const BackCommand &) const { engine->stepBack(by); }
        void operator()(const GoToCommand &to) const { engine->goTo(to.generation, by); }
    };
    std::visit(Run{this, command.by}, command.action);
    Q_EMIT executed(command);
}

/// Begins to tick, or to race, from now on.
void ConwayEngine::run()
{
    const auto now = TickSchedule::Clock::now();
    if (m_state.intervalMs == kTurbo) {
        m_publishedAt = now;
        m_rate.saw(frame()->generation, now);
        m_timer.start(0);
    } else {
        m_schedule.start(now, std::chrono::milliseconds(m_state.intervalMs));
        armTimer();
    }
}

void ConwayEngine::onTimer()
{
    if (m_state.intervalMs == kTurbo)
        race();
    else
        tick();
}

void ConwayEngine::tick()
{
    const auto now = TickSchedule::Clock::now();
    if (now < m_schedule.due()) { // a coarse clock rang early
        armTimer();
        return;
    }
    const TickSchedule::Tick tick = m_schedule.take(now);
    // The next timer is armed first: computing and publishing then eat into the wait instead of adding to it.
    armTimer();
    m_evolution.advance();
    m_rate.saw(m_evolution.now()->generation, now);
    publish(tick.lateness, TickSchedule::Clock::now() - now);
    reportTrouble(tick);
}

/// A slice of turbo, between two looks at the event loop.
void ConwayEngine::race()
{
    m_timer.start(0);
    const auto begun = TickSchedule::Clock::now();
    auto now = begun;
    do {
        for (int i = 0; i < m_batch; ++i)
            m_evolution.advance();
        const auto before = std::exchange(now, TickSchedule::Clock::now());
        if (now - before < kSlice / 8)
            m_batch = std::min(m_batch * 2, 1 << 20);
        else if (now - before > kSlice)
            m_batch = std::max(m_batch / 2, 1);
    } while (now - begun < kSlice && now - m_publishedAt < kTurboFrameTime);
    if (now - m_publishedAt < kTurboFrameTime)
        return;
    catchUp();
}

/// Tells the timeline of what turbo has computed since the last frame, for something else is about to happen.
void ConwayEngine::note()
{
    if (m_evolution.isAhead())
        m_timeline.saw(*m_evolution.now());
}

/// Publishes what turbo has computed since the last frame.
void ConwayEngine::catchUp()
{
    if (!m_evolution.isAhead())
        return;
    m_publishedAt = TickSchedule::Clock::now();
    m_rate.saw(m_evolution.now()->generation, m_publishedAt);
    publish();
}

void ConwayEngine::publish(std::chrono::nanoseconds lateness, std::chrono::nanoseconds computeTime)
{
    Frame &frame = m_evolution.publish();
    ++frame.sequence;
    ++frame.tick;
    frame.lateness = lateness;
    frame.computeTime = computeTime;
    frame.generationsPerSecond = attainedRate();
    m_timeline.saw(frame);
    Q_EMIT published(m_evolution.now());
}

/// Cells that no generation led to.
void ConwayEngine::publish(FramePtr frame)
{
    Frame &next = FramePool::write(frame);
    next.sequence = this->frame()->sequence + 1;
    if (next.epoch == this->frame()->epoch)
        next.hash.follow(this->frame()->hash, next.changedTiles);
    next.generationsPerSecond = attainedRate();
    m_publishedAt = TickSchedule::Clock::now();
    restart(std::move(frame));
    Q_EMIT published(m_evolution.now());
}

/// Goes on from there. How long a generation takes is to be found out anew: after a small universe, or one at rest, as
/// many as turbo computed at a time would take minutes in a large one.
void ConwayEngine::restart(FramePtr frame)
{
    m_batch = 1;
    m_evolution.restart(std::move(frame));
}

double ConwayEngine::attainedRate() const
{
    return m_state.running ? m_rate.perSecond().value_or(0) : 0;
}

void ConwayEngine::announce(QStringView cause, const QString &by)
{
    m_state.cause = cause.toString();
    m_state.by = by;
    if (cause != u"edit") // those come as fast as a finger draws
        qCInfo(lcCore).noquote() << m_state.cause << "by" << by << "at generation" << m_evolution.now()->generation;
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
    const bool overran = frame()->computeTime > std::chrono::milliseconds(m_state.intervalMs);
    if (!isLate && !overran)
        return;
    ++m_troubledTicks;
    const auto now = TickSchedule::Clock::now();
    if (now - m_lastTroubleLine < kTroubleLineEvery)
        return;
    if (isLate) {
        qCWarning(lcCore).noquote() << u"tick %1 came %2 ms late, %3 due times skipped"_s.arg(frame()->tick)
                                           .arg(inMilliseconds(tick.lateness), 0, 'f', 1)
                                           .arg(tick.skipped);
    }
    if (overran) {
        qCWarning(lcCore).noquote() << u"tick %1 took %2 ms, exceeding its interval of %3 ms"_s.arg(frame()->tick)
                                           .arg(inMilliseconds(frame()->computeTime), 0, 'f', 1)
                                           .arg(m_state.intervalMs);
    }
    if (m_troubledTicks > 1)
        qCWarning(lcCore) << m_troubledTicks << "such ticks since the last line";
    m_lastTroubleLine = now;
    m_troubledTicks = 0;
}

/// The generation that `moment` leads to, as the first frame of a new epoch. It may have another size and another law.
void ConwayEngine::present(const Moment &moment, quint64 generation)
{
    const quint32 epoch = frame()->epoch + 1;
    const quint64 sequence = frame()->sequence + 1;
    if (moment.rule != m_state.rule || moment.topology != m_state.topology)
        m_evolution.setLaw(moment.rule, moment.topology);
    m_state.topology = moment.topology;
    m_state.rule = moment.rule;
    m_state.width = moment.cells.width();
    m_state.height = moment.cells.height();

    FramePtr first = m_evolution.blank(m_state.width, m_state.height);
    Frame &start = FramePool::write(first);
    moment.cells.restore(start.cells);
    start.population = start.cells.population();
    start.generation = moment.generation;
    restart(std::move(first));
    while (m_evolution.now()->generation < generation)
        m_evolution.advance();

    Frame &frame = m_evolution.publish();
    frame.epoch = epoch;
    frame.sequence = sequence;
    frame.tick = generation;
    frame.changedTiles.markAll();
    // Of an older frame in whose memory this one lies.
    frame.lateness = {};
    frame.computeTime = {};
    frame.generationsPerSecond = 0;
    m_rate.clear(); // the leap was no speed
    m_publishedAt = TickSchedule::Clock::now();
    Q_EMIT published(m_evolution.now());
}

} // namespace conway

#include "moc_ConwayEngine.cpp"
