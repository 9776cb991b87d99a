#pragma once

#include "core/Command.h"
#include "core/EngineState.h"
#include "core/Frame.h"
#include "core/RateMeter.h"
#include "server/CommandGate.h"
#include "server/LanAccess.h"
#include "server/Lane.h"
#include "server/PinGuard.h"
#include "server/ServerStats.h"
#include "server/Viewer.h"
#include "server/ViewerRequest.h"
#include "server/VisitLog.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <map>

namespace conway {

/// All connected viewers. Turns frames into messages, each encoded at most once and written to every viewer as the same
/// bytes, and viewers' messages into commands.
///
/// What every viewer holds is its cadence's frame, or it is marked as needing a snapshot, or it is paused: that
/// invariant is what keeps viewers in sync no matter when they joined or how slow they are.
class ViewerHub : public QObject
{
    Q_OBJECT

public:
    ViewerHub(FramePtr frame, EngineState state, QString version, const Patience &patience, ServerCounters &counters,
              QObject *parent = nullptr);
    ~ViewerHub() override;

    /// Begins to look after its viewers and to tell of them. Not done by the constructor: an object that is moved to
    /// another thread afterwards should have no timer running, since Qt leaks a little when that thread ends early.
    void start();

    /// Takes over a socket whose handshake is done, for one of the two streams.
    void adopt(QTcpSocket *socket, bool isBinary);

    void publish(const FramePtr &frame);
    void setEngineState(const EngineState &state);
    /// The engine has done a command; those of others than viewers weigh nothing.
    void onExecuted(const Command &command) { m_gate.leave(command.weight); }
    /// What viewers may do from now on. Every one is told, and who got in by another PIN is a watcher again.
    void setAccess(const AccessSetting &access);

    /// Whether viewers on this machine are operators by that; they are unless told otherwise. Before the first comes.
    void setTrustsLocalMachine(bool trusts) { m_trustsLocalMachine = trusts; }

    [[nodiscard]] const FramePtr &frame() const { return m_frame; }
    [[nodiscard]] const EngineState &engineState() const { return m_state; }
    [[nodiscard]] qsizetype viewerCount() const { return m_viewers.size(); }
    [[nodiscard]] ServerStats stats() const;
    /// How fast the universe and the server have been in the last seconds.
    [[nodiscard]] json::Stats figures() const;

    /// Closes every viewer with 1001. allGone() follows, at once when there is none.
    void closeAll();

Q_SIGNALS:
    void commanded(const conway::Command &command);
    void statsTaken(const conway::ServerStats &stats);
    void allGone();

private:
    enum class Delivery {
        Owed,   ///< who is behind gets it later, with a snapshot
        IfFree, ///< who is behind does without
    };

    void release(Viewer *viewer);
    void forEachViewer(const std::function<void(Viewer &)> &action) const;

    void turnAway(Viewer &viewer, QStringView code, const QString &message);
    void turnAwayAsTooMany(Viewer &viewer);

    [[nodiscard]] Lane &laneFor(int rate);
    void sit(Viewer &viewer, int rate);
    void deliver(Lane &lane);
    void bringUpToDate(Viewer &viewer);
    void sendSnapshot(Viewer &viewer);
    void see(Viewer &viewer, const Frame &frame);
    void countTicks(const Frame &previous, const Frame &frame);

    void onText(Viewer &viewer, const QString &text);
    void refuse(Viewer &viewer, const RefusedRequest &refused);
    void serve(Viewer &viewer, const PingRequest &request, const ViewerMessage &message);
    void serve(Viewer &viewer, const HelloRequest &request, const ViewerMessage &message);
    void serve(Viewer &viewer, const PinRequest &request, const ViewerMessage &message);
    void serve(Viewer &viewer, const ViewRequest &request, const ViewerMessage &message);
    void serve(Viewer &viewer, const ResyncRequest &request, const ViewerMessage &message);
    void serve(Viewer &viewer, const Command::Action &action, const ViewerMessage &message);

    [[nodiscard]] json::Standing standingOf(const Viewer &viewer) const;
    void tellState();
    void introduce(Viewer &viewer, const json::Echo &echo);
    void reply(Viewer &viewer, const QByteArray &json);
    void broadcastEvent(const QByteArray &json, Delivery delivery);
    void tend();

    FramePtr m_frame; ///< the newest
    EngineState m_state;
    const QString m_version;
    const Patience m_patience;
    ServerCounters &m_counters;
    AccessSetting m_access;
    bool m_trustsLocalMachine = true;
    PinGuard m_pins;
    CommandGate m_gate;

    QList<Viewer *> m_viewers; ///< owned as QObject children
    VisitLog m_visits;
    quint64 m_lastId = 0;
    bool m_closing = false;

    std::map<int, Lane> m_lanes;  ///< by rate
    qsizetype m_largestDelta = 0; ///< bytes, since the newest tick

    QTimer m_stateTimer; ///< runs after a change of state was told; the next waits for it
    bool m_stateUntold = false;
    QTimer m_tendTimer;
    RateMeter m_bytes;
};

} // namespace conway
