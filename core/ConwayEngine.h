#pragma once

#include "core/Command.h"
#include "core/EngineState.h"
#include "core/Evolution.h"
#include "core/Frame.h"
#include "core/RateMeter.h"
#include "core/Soup.h"
#include "core/Stamp.h"
#include "core/TickSchedule.h"
#include "core/Timeline.h"
#include "core/Universe.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace conway {

/// Runs a universe: one generation a tick, each published as an immutable Frame; or, in turbo, as many as can be, of
/// which at most kTurboFramesPerSecond are published, each covering many generations.
///
/// Every command is idempotent where that has a meaning: starting what runs and stopping what stands changes nothing
/// and publishes nothing. All methods are called on the thread the engine lives on; from elsewhere connect to
/// execute().
class ConwayEngine : public QObject
{
    Q_OBJECT

public:
    /// Limits of the tick interval in milliseconds. Below 10 ms every tick would cost each viewer a hundred messages a
    /// second; above a minute nobody can tell a running universe from a dead one.
    static constexpr int kMinInterval = 10;
    static constexpr int kMaxInterval = 60'000;
    static constexpr int kDefaultInterval = 500; ///< the brief's
    static constexpr int kTurbo = 0;             ///< in place of an interval
    /// More the eye does not see, and every one costs each viewer a message.
    static constexpr int kTurboFramesPerSecond = 30;

    /// Stands still at generation 0 with `initial`, which reset() restores. The past may take `historyBudget` bytes,
    /// and what can be undone as much again.
    explicit ConwayEngine(const Universe &initial, int intervalMs = kDefaultInterval,
                          qint64 historyBudget = History::kDefaultBudget, QObject *parent = nullptr);
    ~ConwayEngine() override;

    /// The newest published frame; never null.
    [[nodiscard]] const FramePtr &frame() const { return m_evolution.published(); }
    [[nodiscard]] const EngineState &state() const { return m_state; }
    /// Where one can go back to.
    [[nodiscard]] const Timeline &timeline() const { return m_timeline; }

public Q_SLOTS:
    void start(const QString &by);
    void stop(const QString &by);
    /// One generation, running or not. The schedule of a running universe stays as it is; in turbo it is one of many.
    void step(const QString &by);
    /// The initial universe at tick 0 in a new epoch. Does not start or stop.
    void reset(const QString &by);
    /// Another universe, at tick 0 in a new epoch; reset() will come back to it.
    void load(const conway::Universe &universe, const QString &by);

    /// Back to an earlier generation, or forward to where the universe has been, in a new epoch: computed again from
    /// the nearest moment that is remembered. Nothing happens outside of timeline().oldest()..furthest().
    void goTo(quint64 generation, const QString &by);
    void stepBack(const QString &by);

    // Each of these is a step that can be undone, and publishes one frame if it changes a cell; while turbo runs, what
    // begins no new epoch is seen in turbo's next frame, which is a tick. Undo takes back load() and reset(), too, each
    // with the generations that ran since; redo comes back to where undo was asked.
    void undo(const QString &by);
    void redo(const QString &by);
    /// Sets cells; what lies outside the universe is left out (it may have been meant for another size). The tick
    /// stays.
    void edit(const QList<conway::CellEdit> &cells, const QString &by);
    /// Puts a pattern into it as Stamp.h says.
    void stampPattern(const conway::CellGrid &pattern, int x, int y, conway::StampMode mode, const QString &by);
    void clear(const QString &by);
    void fill(const conway::Soup &soup, const QString &by);
    /// Around the centre, in a new epoch. Both sides from 1 to CellGrid::kMaxSide.
    void resize(int width, int height, const QString &by);
    /// B0 needs a torus, on which it is ordinary; elsewhere nothing happens.
    void setRule(const conway::Rule &rule, const QString &by);

    /// kTurbo, or else clamped to kMinInterval..kMaxInterval.
    void setInterval(int intervalMs, const QString &by);

    void execute(const conway::Command &command);

Q_SIGNALS:
    void published(const conway::FramePtr &frame);
    void stateChanged(const conway::EngineState &state);
    /// What execute() was given is done, after whatever it brought was told.
    void executed(const conway::Command &command);

private:
    void onTimer();
    void tick();
    void race();
    [[nodiscard]] bool isRacing() const { return m_state.running && m_state.intervalMs == kTurbo; }
    void note();
    void catchUp();
    void publish(std::chrono::nanoseconds lateness = {}, std::chrono::nanoseconds computeTime = {});
    void publish(FramePtr frame);
    void restart(FramePtr frame);
    [[nodiscard]] double attainedRate() const;
    void begin(const Moment &moment);
    void present(const Moment &moment, quint64 generation);
    void change(QStringView cause, const QString &by, const std::function<void(CellGrid &)> &edit);
    void announce(QStringView cause, const QString &by);
    void run();
    void armTimer();
    void reportTrouble(const TickSchedule::Tick &tick);

    Evolution m_evolution;
    Timeline m_timeline;
    EngineState m_state;
    TickSchedule m_schedule;
    QTimer m_timer;
    RateMeter m_rate; ///< of generations

    // Turbo.
    TickSchedule::Time m_publishedAt;
    int m_batch = 1; ///< generations between two looks at the clock

    // Ticks that came late or took too long since the last line in the log: at 10 ms a tick, one line each would be a
    // flood.
    TickSchedule::Time m_lastTroubleLine;
    qint64 m_troubledTicks = 0;
};

} // namespace conway
