#pragma once

#include "server/InboundMeter.h"
#include "server/Limits.h"
#include "server/ServerStats.h"
#include "server/TokenBucket.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

#include <chrono>
#include <optional>

namespace conway {

/// One connected client of the stream: its socket, what it may send, and how far behind it is. Knows nothing of the
/// universe: ViewerHub decides what to send.
///
/// QWebSocket does the receiving, pings and the closing handshake; our messages bypass it. They are frames built once
/// for everybody (WebSocketFrame.h), written straight to the TCP socket under it: QWebSocket's own send converts and
/// copies for each viewer. That is safe on one thread, between whole frames, while the connection is open.
class Viewer : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;

    /// Takes ownership of `webSocket` and of the `tcp` socket that it talks through; `meter` is that socket's.
    Viewer(quint64 id, QWebSocket *webSocket, QTcpSocket *tcp, InboundMeter *meter, const Patience &patience,
           ServerCounters &counters, QObject *parent);
    ~Viewer() override;

    [[nodiscard]] ViewerInfo info() const;
    [[nodiscard]] const QString &address() const { return m_address; }

    /// A prepared frame; nothing once the connection is closing.
    void send(const QByteArray &frame);

    /// Whether so much waits unsent that the next message had better be left out. `next`: the size of that message.
    [[nodiscard]] bool isBehind(qsizetype next) const;

    /// Marks that messages were left out, so the next thing it gets must be a snapshot; cleared by the snapshot's
    /// sender.
    void setNeedsSnapshot(bool needs);
    [[nodiscard]] bool needsSnapshot() const { return m_behindSince.has_value(); }

    /// Whether it wants hello, state and stats events.
    void setWantsEvents() { m_wantsEvents = true; }
    [[nodiscard]] bool wantsEvents() const { return m_wantsEvents; }

    /// Closes with that code and, when the peer does not take its part in the handshake, aborts. `reason` is for the
    /// log, /metrics and the peer.
    void close(QWebSocketProtocol::CloseCode code, const QString &reason);
    /// Likewise for a peer that may be sending still: what comes is thrown away for a while, as closing at once would
    /// make TCP reset the connection, and the peer might never see why. `reason` is in ASCII.
    void turnAway(QWebSocketProtocol::CloseCode code, const QByteArray &reason);
    [[nodiscard]] bool isClosing() const { return m_closing; }

    /// Once a second: pings when due, and gives up on who is stuck or silent.
    void tend(Clock::time_point now);

Q_SIGNALS:
    void textReceived(const QString &text);
    void binaryReceived();
    void tooManyMessages();
    void drained(); ///< everything unsent has gone out, and a snapshot is owed
    void gone();    ///< the connection is over; emitted once

private:
    void onRead();
    void onFrame();
    void onBytesWritten();
    void onPong(quint64 elapsedMs, const QByteArray &payload);
    void cut(const QByteArray &reason);

    const quint64 m_id;
    QWebSocket *const m_webSocket;
    QTcpSocket *const m_tcp;
    InboundMeter *const m_meter;
    const Patience m_patience;
    ServerCounters &m_counters;
    const QString m_address;
    const QDateTime m_connectedSince;

    quint64 m_messagesSent = 0;
    quint64 m_bytesSent = 0;
    bool m_wantsEvents = false;
    bool m_closing = false;
    std::optional<Clock::time_point> m_behindSince;

    TokenBucket m_messageAllowance;
    TokenBucket m_byteAllowance;

    Clock::time_point m_pingSentAt;
    quint64 m_pingNumber = 0;
    bool m_pingPending = false;
    std::optional<std::chrono::nanoseconds> m_roundTrip;
    QTimer m_closeTimer;
};

} // namespace conway
