#pragma once

#include "core/Command.h"
#include "core/EngineState.h"
#include "core/Frame.h"
#include "core/RateMeter.h"
#include "server/ServerStats.h"
#include "server/Viewer.h"
#include "server/ViewerRequest.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>
#include <QWebSocketServer>

#include <functional>
#include <utility>

namespace conway {

/// All connected viewers. Turns frames into messages, each encoded at most once and written to every viewer as the same
/// bytes, and viewers' messages into commands.
///
/// What every viewer holds is m_frame, or it is marked as needing a snapshot: that invariant is what keeps viewers in
/// sync no matter when they joined or how slow they are.
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

    /// Takes over a socket whose complete and checked upgrade request is still unread in it.
    void adopt(QTcpSocket *socket);

    void publish(const FramePtr &frame);
    void setEngineState(const EngineState &state);

    [[nodiscard]] const Frame &frame() const { return *m_frame; }
    [[nodiscard]] const EngineState &engineState() const { return m_state; }
    [[nodiscard]] qsizetype viewerCount() const { return m_viewers.size(); }
    /// Viewers, and sockets on their way to be one.
    [[nodiscard]] qsizetype connectionCount() const { return viewerCount() + m_arriving.size(); }
    [[nodiscard]] ServerStats stats() const;

    /// Closes every viewer with 1001. allGone() follows, at once when there is none.
    void closeAll();

Q_SIGNALS:
    void commanded(const conway::Command &command);
    void statsTaken(const conway::ServerStats &stats);
    void allGone();

private:
    /// Who a socket is until QWebSocketServer, which is not told ours, hands it back.
    using PeerKey = std::pair<QString, quint16>;

    struct Arriving {
        QTcpSocket *socket;
        InboundMeter *meter;
    };

    void onHandshakesDone();
    void welcome(QWebSocket *webSocket, const Arriving &arrived);
    void release(Viewer *viewer);
    void forEachViewer(const std::function<void(Viewer &)> &action) const;
    void onText(Viewer &viewer, const QString &text);
    void serve(Viewer &viewer, const ViewerRequest &request);
    void turnAway(Viewer &viewer, QStringView code, const QString &message);
    void tellState();
    void sendSnapshot(Viewer &viewer);
    void reply(Viewer &viewer, const QByteArray &json);
    enum class Delivery {
        Owed,   ///< who is behind gets it later, with a snapshot
        IfFree, ///< who is behind does without
    };
    void broadcastEvent(const QByteArray &json, Delivery delivery);
    void tend();
    void countTicks(const Frame &previous, const Frame &frame, qsizetype messageBytes);
    [[nodiscard]] json::Stats figures() const;

    FramePtr m_frame;
    QByteArray m_snapshot; ///< m_frame as a full_state message, made when first needed
    EngineState m_state;
    const QString m_version;
    const Patience m_patience;
    ServerCounters &m_counters;

    QWebSocketServer m_webSockets;
    QHash<PeerKey, Arriving> m_arriving;
    QList<Viewer *> m_viewers; ///< owned as QObject children
    quint64 m_lastId = 0;
    bool m_closing = false;

    QTimer m_stateTimer; ///< runs after a change of state was told; the next waits for it
    bool m_stateUntold = false;
    QTimer m_tendTimer;
    RateMeter m_generations;
    RateMeter m_bytes;
};

} // namespace conway
