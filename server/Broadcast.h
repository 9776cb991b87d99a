#pragma once

#include "core/Frame.h"
#include "server/Audience.h"
#include "server/Lane.h"
#include "server/ViewerRequest.h"

#include <QObject>

#include <map>
#include <optional>

namespace conway {

/// Brings the frames to the viewers, each message encoded at most once and written to all who get it as the same bytes.
///
/// **Every viewer holds its lane's frame, or is marked as needing a snapshot, or is paused.** A newcomer gets that
/// frame whole; each frame of the lane becomes one delta against it; a viewer with too much unsent is marked, and later
/// gets the frame whole. That keeps all in sync, no matter when they joined or how slow they are.
class Broadcast : public QObject
{
    Q_OBJECT

public:
    /// `audience` and `counters` outlive this.
    Broadcast(FramePtr frame, Audience &audience, ServerCounters &counters, QObject *parent = nullptr);
    ~Broadcast() override;

    /// The newest that was published.
    [[nodiscard]] const FramePtr &frame() const { return m_frame; }
    void publish(const FramePtr &frame);

    /// From now on the viewer gets every frame. It needs a snapshot first.
    void join(Viewer &viewer);
    /// Null before that, and once it has left the audience.
    [[nodiscard]] static bool hasJoined(const Viewer &viewer) { return viewer.seat().lane != nullptr; }
    /// The frame that its next snapshot shows. Of those who have joined.
    [[nodiscard]] static const Frame &frameFor(const Viewer &viewer) { return *viewer.seat().lane->cadence.frame(); }

    /// A snapshot now or, while too much waits unsent, when that has gone out.
    void bringUpToDate(Viewer &viewer);

    /// Shows a viewer something else, or says why that cannot be. The answer carries `echo`.
    [[nodiscard]] std::optional<RefusedRequest> show(Viewer &viewer, const ViewRequest &wanted, const json::Echo &echo);

Q_SIGNALS:
    /// A viewer that had fallen behind has got its snapshot; what else there was to hear it may have missed.
    void caughtUp(conway::Viewer *viewer);

private:
    [[nodiscard]] Lane &laneFor(int rate);
    void sit(Viewer &viewer, int rate);
    void deliver(Lane &lane);
    void sendSnapshot(Viewer &viewer);
    void see(Viewer &viewer, const Frame &frame);
    void countTicks(const Frame &previous, const Frame &frame);

    FramePtr m_frame;
    Audience &m_audience;
    ServerCounters &m_counters;
    std::map<int, Lane> m_lanes;  ///< by rate
    qsizetype m_largestDelta = 0; ///< bytes, since the newest tick
};

} // namespace conway
