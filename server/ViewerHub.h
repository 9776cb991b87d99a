#pragma once

#include "core/Command.h"
#include "core/EngineState.h"
#include "core/RateMeter.h"
#include "server/Admission.h"
#include "server/Audience.h"
#include "server/Broadcast.h"
#include "server/CommandGate.h"
#include "server/ServerStats.h"
#include "server/ViewerRequest.h"

#include <QObject>
#include <QTimer>

namespace conway {

/// What is said between the viewers and the universe: turns their messages into commands and answers, and tells them of
/// what happens. Who is there is the Audience's to know, what they see the Broadcast's, what they may do Admission's.
class ViewerHub : public QObject
{
    Q_OBJECT

public:
    ViewerHub(const FramePtr &frame, EngineState state, QString version, const Patience &patience,
              ServerCounters &counters, QObject *parent = nullptr);
    ~ViewerHub() override;

    /// Begins to look after its viewers and to tell of them. Not done by the constructor: an object that is moved to
    /// another thread afterwards should have no timer running, since Qt leaks a little when that thread ends early.
    void start();

    /// Takes over a socket whose handshake is done, for one of the two streams.
    void adopt(QTcpSocket *socket, bool isBinary);

    void publish(const FramePtr &frame) { m_broadcast.publish(frame); }
    void setEngineState(const EngineState &state);
    /// The engine has done a command; those of others than viewers weigh nothing.
    void onExecuted(const Command &command) { m_gate.leave(command.weight); }
    /// What viewers may do from now on. Every one is told, and who got in by another PIN is a watcher again.
    void setAccess(const AccessSetting &access);

    /// Whether viewers on this machine are operators by that; they are unless told otherwise. Before the first comes.
    void setTrustsLocalMachine(bool trusts) { m_trustsLocalMachine = trusts; }

    [[nodiscard]] const FramePtr &frame() const { return m_broadcast.frame(); }
    [[nodiscard]] const EngineState &engineState() const { return m_state; }
    [[nodiscard]] qsizetype viewerCount() const { return m_audience.size(); }
    [[nodiscard]] ServerStats stats() const;
    /// How fast the universe and the server have been in the last seconds.
    [[nodiscard]] json::Stats figures() const;

    /// Closes every viewer with 1001. allGone() follows, at once when there is none.
    void closeAll() { m_audience.closeAll(); }

Q_SIGNALS:
    void commanded(const conway::Command &command);
    void statsTaken(const conway::ServerStats &stats);
    void allGone();

private:
    enum class Delivery {
        Owed,   ///< who is behind gets it later, with a snapshot
        IfFree, ///< who is behind does without
    };

    void onText(Viewer &viewer, const QString &text);
    void refuse(Viewer &viewer, const RefusedRequest &refused);
    void turnAwayAsTooMany(Viewer &viewer);
    void serve(Viewer &viewer, const PingRequest &request, const ViewerMessage &message);
    void serve(Viewer &viewer, const HelloRequest &request, const ViewerMessage &message);
    void serve(Viewer &viewer, const PinRequest &request, const ViewerMessage &message);
    void serve(Viewer &viewer, const ViewRequest &request, const ViewerMessage &message);
    void serve(Viewer &viewer, const ResyncRequest &request, const ViewerMessage &message);
    void serve(Viewer &viewer, const Command::Action &action, const ViewerMessage &message);

    void introduce(Viewer &viewer, const json::Echo &echo);
    void tellState();
    void tellAll(const QByteArray &json, Delivery delivery);
    void tend();

    EngineState m_state;
    const QString m_version;
    ServerCounters &m_counters;
    Audience m_audience;
    Broadcast m_broadcast;
    Admission m_admission;
    bool m_trustsLocalMachine = true;
    CommandGate m_gate;

    QTimer m_stateTimer; ///< runs after a change of state was told; the next waits for it
    bool m_stateUntold = false;
    QTimer m_tendTimer;
    RateMeter m_bytes;
};

} // namespace conway
