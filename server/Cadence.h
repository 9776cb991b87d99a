#pragma once

#include "core/Frame.h"
#include "core/TileSet.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace conway {

/// How often some viewers get a frame: all that are published, or at most so many a second, and then always the newest.
/// All of them step from one frame to the next together, so that what is encoded for one is encoded for all.
///
/// The frame they hold is frame(). offer() gives it every published frame; when it is time for one, at once or later,
/// due() is emitted, and whoever has encoded the way to pending() says taken(). A frame that is offered last is never
/// left lying: a universe that stops is shown as it stopped.
///
/// Lives on the server's thread.
class Cadence : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;

    /// The rates there are, in frames a second; 0 is every frame. Few, so that viewers share them.
    static constexpr int kRates[] = {0, 1, 2, 5, 10, 15, 20, 30, 60};
    /// The fastest that is not faster than `maxFps`, 0 to limits::kMaxFps.
    [[nodiscard]] static int rateFor(int maxFps);

    explicit Cadence(int rate, QObject *parent = nullptr);
    ~Cadence() override;

    [[nodiscard]] int rate() const { return m_rate; }

    /// One viewer more, or less. While there is none no frame is held, and none is due. The first begins with `newest`.
    void join(const FramePtr &newest);
    void leave();
    [[nodiscard]] bool isWatched() const { return m_viewers > 0; }

    /// The newest published frame.
    void offer(const FramePtr &frame);

    /// What its viewers hold. Null while there are none.
    [[nodiscard]] const FramePtr &frame() const { return m_frame; }
    /// What they get next; null when nothing is waiting.
    [[nodiscard]] const FramePtr &pending() const { return m_pending; }
    /// Where the two may differ: tiles of 128×128 cells. Nothing when that is not known, or means nothing, since they
    /// are of two epochs.
    [[nodiscard]] const std::optional<TileSet> &touched() const { return m_touched; }
    /// The viewers have got pending().
    void taken();

Q_SIGNALS:
    void due();

private:
    [[nodiscard]] Clock::duration period() const;
    [[nodiscard]] Clock::duration tolerance() const;
    void release();

    const int m_rate;
    int m_viewers = 0;
    FramePtr m_frame;
    FramePtr m_pending;
    std::optional<TileSet> m_touched;
    Clock::time_point m_dueAt;
    QTimer m_timer;
};

} // namespace conway
