#pragma once

#include "server/ClientFrames.h"
#include "server/Limits.h"
#include "server/Outlet.h"
#include "server/Seat.h"
#include "server/ServerStats.h"
#include "server/TokenBucket.h"
#include "server/WebSocketFrame.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QTcpSocket>

#include <chrono>
#include <optional>
#include <span>

namespace conway {

/// One connected client of the stream: its socket, what it may send, and how far behind it is. Knows nothing of the
/// universe: Broadcast and ViewerHub decide what to send.
///
/// Speaks WebSocket by itself: ClientFrames reads what comes, and messages are frames built once for everybody
/// (WebSocketFrame.h).
class Viewer : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;

    /// Takes ownership of a socket whose handshake is done.
    Viewer(quint64 id, QTcpSocket *socket, const Patience &patience, ServerCounters &counters, QObject *parent);
    ~Viewer() override;

    [[nodiscard]] ViewerInfo info() const;
    [[nodiscard]] const QString &address() const { return m_address; }
    /// Others' notes about it.
    [[nodiscard]] Seat &seat() { return m_seat; }
    [[nodiscard]] const Seat &seat() const { return m_seat; }

    /// A prepared frame; nothing once the connection is closing.
    void send(const QByteArray &frame);
    /// Likewise one frame in pieces. Those that other viewers get, too, are not copied for each.
    void send(const QList<QByteArray> &pieces);
    /// A text message for it alone.
    void say(const QByteArray &json);

    /// Whether so much waits unsent that the next message had better be left out. `next`: the size of that message.
    /// What waits never comes to more than limits::kUnsentBytes by a message that this lets pass, nor much more to wait
    /// in all where that is limits::kUnsentBytesInAll already.
    [[nodiscard]] bool isBehind(qsizetype next) const;

    /// Marks that messages were left out, so the next thing it gets must be a snapshot; cleared by the snapshot's
    /// sender.
    void setNeedsSnapshot(bool needs);
    [[nodiscard]] bool needsSnapshot() const { return m_behindSince.has_value(); }

    /// Whether it wants hello, state and stats events.
    void setWantsEvents() { m_wantsEvents = true; }
    [[nodiscard]] bool wantsEvents() const { return m_wantsEvents; }

    /// Closes with that code. What the peer still sends is thrown away, until it closes too or time is up: closing at
    /// once would make TCP reset the connection, and the peer might never see why. `reason` is in ASCII.
    void close(CloseCode code, const QByteArray &reason);
    /// Likewise for a peer that has done something wrong: it has less time.
    void turnAway(CloseCode code, const QByteArray &reason);
    /// Likewise for breaking a rule of ours: with an error that says so, and then 1008.
    void turnAway(QStringView code, const QString &message);
    [[nodiscard]] bool isClosing() const { return m_closing; }

    /// Counts a message as so many more than the one it was. False: that is too many.
    [[nodiscard]] bool charge(double messages);
    /// Counts, for /metrics and the log, that it ran into that limit (LimitLog).
    void noteLimit(Limit limit) const;

    /// Once a second: pings when due, and gives up on who is stuck or silent.
    void tend(Clock::time_point now);

Q_SIGNALS:
    void textReceived(const QString &text);
    void binaryReceived();
    void tooManyMessages();
    void drained(); ///< everything unsent has gone out, and a snapshot is owed
    void gone();    ///< the connection is over; emitted once

private:
    void sendPieces(std::span<const QByteArray> pieces);
    void write(const QByteArray &frame);
    void onRead();
    [[nodiscard]] bool hasToTakeFirst() const;
    void onFrame(const ClientFrame &frame);
    void refuse(CloseCode code, const QByteArray &reason);
    void onBytesWritten();
    void onPong(const QByteArray &payload);
    void beginClosing(const QByteArray &closeFrame, std::chrono::milliseconds patience);
    void cut(const QByteArray &reason, Limit limit);

    // What each message looks at comes first, and so together: it is far away in memory by the next one.
    QTcpSocket *const m_socket;
    Outlet m_outlet;
    ServerCounters &m_counters;
    quint64 m_messagesSent = 0;
    quint64 m_bytesSent = 0;
    bool m_closing = false;
    bool m_turnedAway = false; ///< and what it sends is not even looked at
    bool m_wantsEvents = false;
    bool m_isHeld = false; ///< nothing is read until it has taken some of what waits
    std::optional<Clock::time_point> m_behindSince;
    Seat m_seat;

    const quint64 m_id;
    const Patience m_patience;
    const QString m_address;
    const QDateTime m_connectedSince;

    ClientFrames m_frames;
    TokenBucket m_messageAllowance;
    TokenBucket m_byteAllowance;

    Clock::time_point m_pingSentAt;
    quint64 m_pingNumber = 0;
    bool m_pingPending = false;
    std::optional<std::chrono::nanoseconds> m_roundTrip;
};

} // namespace conway
