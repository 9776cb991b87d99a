#include "server/Viewer.h"

#include "server/JsonMessages.h"
#include "server/PeerAddress.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

/// The first ping follows soon, so that the window has a round trip to show.
constexpr auto kFirstPingAfter = std::chrono::seconds(1);

} // namespace

Viewer::Viewer(quint64 id, QTcpSocket *socket, const Patience &patience, ServerCounters &counters, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_outlet(*socket, counters.unsentBytes)
    , m_counters(counters)
    , m_id(id)
    , m_patience(patience)
    , m_address(undisguised(socket->peerAddress()).toString())
    , m_connectedSince(QDateTime::currentDateTimeUtc())
    , m_frames(limits::kMessageBytes)
    , m_messageAllowance(limits::kMessagesPerSecond, limits::kMessageBurst, Clock::now())
    , m_byteAllowance(limits::kBytesPerSecond, limits::kByteBurst, Clock::now())
    , m_pingSentAt(Clock::now() - patience.ping + kFirstPingAfter)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(limits::kViewerReadBuffer);
    m_socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, limits::kKernelSendBuffer);
    connect(m_socket, &QTcpSocket::readyRead, this, &Viewer::onRead);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &Viewer::onBytesWritten);
    connect(m_socket, &QTcpSocket::stateChanged, this, [this] { m_outlet.refresh(); });
    // Later, since a write can find the connection dead: whoever sends need not look after each message whether the
    // viewer is still there.
    connect(m_socket, &QTcpSocket::disconnected, this, &Viewer::gone, Qt::QueuedConnection);
}

Viewer::~Viewer() = default;

ViewerInfo Viewer::info() const
{
    return {m_id, m_address, m_connectedSince, m_messagesSent, m_bytesSent, m_roundTrip};
}

void Viewer::send(const QByteArray &frame)
{
    sendPieces({&frame, 1});
}

void Viewer::send(const QList<QByteArray> &pieces)
{
    sendPieces({pieces.constData(), static_cast<std::size_t>(pieces.size())});
}

void Viewer::sendPieces(std::span<const QByteArray> pieces)
{
    const auto size = m_closing ? 0 : static_cast<quint64>(m_outlet.send(pieces));
    if (size == 0)
        return;
    ++m_messagesSent;
    m_bytesSent += size;
    ++m_counters.messagesSent;
    m_counters.bytesSent += size;
}

void Viewer::say(const QByteArray &json)
{
    send(textFrame(json));
}

/// What the protocol itself says, and nobody counts.
void Viewer::write(const QByteArray &frame)
{
    m_outlet.send({&frame, 1});
}

bool Viewer::isBehind(qsizetype next) const
{
    // With room for the answers to what it says meanwhile.
    constexpr qint64 kMostWaiting = limits::kUnsentBytes - limits::kBehindBytes;
    const qint64 waiting = m_outlet.unsent();
    if (waiting > 0 && m_counters.unsentBytes > limits::kUnsentBytesInAll) {
        if (!needsSnapshot())
            noteLimit(Limit::UnsentBytesInAll);
        return true;
    }
    return waiting > std::max<qint64>(limits::kBehindBytes, next) || (waiting > 0 && waiting + next > kMostWaiting);
}

bool Viewer::charge(double messages)
{
    if (m_messageAllowance.take(messages, Clock::now()))
        return true;
    noteLimit(Limit::MessagesPerSecond);
    return false;
}

void Viewer::noteLimit(Limit limit) const
{
    m_counters.limits.reached(limit, u"from %1"_s.arg(m_address));
}

void Viewer::setNeedsSnapshot(bool needs)
{
    if (!needs)
        m_behindSince.reset();
    else if (!m_behindSince)
        m_behindSince = Clock::now();
}

void Viewer::close(CloseCode code, const QByteArray &reason)
{
    if (!m_closing)
        beginClosing(closeFrame(code, reason), m_patience.close);
}

void Viewer::turnAway(CloseCode code, const QByteArray &reason)
{
    if (m_closing)
        return;
    m_turnedAway = true;
    beginClosing(closeFrame(code, reason), m_patience.linger);
}

void Viewer::turnAway(QStringView code, const QString &message)
{
    if (m_closing)
        return;
    ++m_counters.viewersCut[code.toLatin1()];
    say(json::error(code, message));
    turnAway(CloseCode::PolicyViolated, code.toLatin1());
}

/// No frame may follow a Close.
void Viewer::beginClosing(const QByteArray &closeFrame, std::chrono::milliseconds patience)
{
    m_closing = true;
    QTimer::singleShot(patience, m_socket, &QTcpSocket::abort);
    write(closeFrame);
}

void Viewer::tend(Clock::time_point now)
{
    if (m_closing)
        return;
    if (m_behindSince && now - *m_behindSince > m_patience.behind) {
        ++m_counters.viewersCut["behind"];
        noteLimit(Limit::BehindTime);
        close(CloseCode::TryAgainLater, "You have not kept up; come again later.");
        return;
    }
    if (now - m_pingSentAt < m_patience.ping)
        return;
    if (m_pingPending) {
        cut("silent", Limit::PingTime);
        return;
    }
    m_pingPending = true;
    m_pingSentAt = now;
    write(pingFrame(QByteArray::number(++m_pingNumber)));
}

void Viewer::onRead()
{
    // Closing, or finding it dead while answering, closes the socket for reading, too.
    while (m_socket->isOpen() && m_socket->bytesAvailable() > 0) {
        m_isHeld = hasToTakeFirst();
        if (m_isHeld)
            return;
        // Read in one piece it takes the socket's buffer along, instead of leaving it there for the next time.
        const QByteArray bytes = m_socket->read(m_socket->bytesAvailable());
        if (m_turnedAway)
            continue;
        if (!m_closing && m_outlet.unsent() > limits::kUnsentBytes) {
            // Answers that nobody reads. No Close frame would get through either.
            cut("unsent", Limit::UnsentBytes);
            return;
        }
        if (!m_closing && !m_byteAllowance.take(static_cast<double>(bytes.size()), Clock::now())) {
            noteLimit(Limit::BytesPerSecond);
            Q_EMIT tooManyMessages();
        }
        QByteArrayView rest = bytes;
        while (const auto frame = m_turnedAway ? std::nullopt : m_frames.next(rest))
            onFrame(*frame);
    }
}

/// Whether more answers would only make worse what waits for all.
bool Viewer::hasToTakeFirst() const
{
    return !m_closing && m_counters.unsentBytes > limits::kUnsentBytesInAll && m_outlet.unsent() > limits::kBehindBytes;
}

void Viewer::onFrame(const ClientFrame &frame)
{
    ++m_counters.framesReceived;
    if (m_closing) {
        // Nothing but its part in the closing handshake counts; the server then ends the connection (RFC 6455 §7.1.1).
        if (frame.kind == ClientFrame::Kind::Close)
            m_socket->disconnectFromHost();
        return;
    }
    if (!charge(1)) {
        Q_EMIT tooManyMessages();
        return;
    }
    switch (frame.kind) {
    case ClientFrame::Kind::Fragment:
        break;
    case ClientFrame::Kind::Text:
        Q_EMIT textReceived(QString::fromUtf8(frame.payload));
        break;
    case ClientFrame::Kind::Binary:
        Q_EMIT binaryReceived();
        break;
    case ClientFrame::Kind::Ping:
        write(pongFrame(frame.payload));
        break;
    case ClientFrame::Kind::Pong:
        onPong(frame.payload);
        break;
    case ClientFrame::Kind::Close:
        beginClosing(closeAnswer(frame.closeCode), m_patience.close);
        m_socket->disconnectFromHost();
        break;
    case ClientFrame::Kind::Broken:
        refuse(static_cast<CloseCode>(*frame.closeCode), frame.payload);
        break;
    }
}

void Viewer::refuse(CloseCode code, const QByteArray &reason)
{
    if (code == CloseCode::TooBig) {
        ++m_counters.viewersCut["message_too_big"];
        noteLimit(Limit::MessageBytes);
    } else {
        ++m_counters.viewersCut["broken"];
    }
    turnAway(code, reason);
}

void Viewer::onBytesWritten()
{
    m_outlet.refresh();
    if (m_isHeld && !hasToTakeFirst()) {
        m_isHeld = false;
        // Later: this may come from within a write, and so from within what reads.
        QMetaObject::invokeMethod(this, &Viewer::onRead, Qt::QueuedConnection);
    }
    if (m_behindSince && !m_closing && m_outlet.unsent() == 0)
        Q_EMIT drained();
}

void Viewer::onPong(const QByteArray &payload)
{
    // Pongs that answer nothing are allowed (RFC 6455 §5.5.3).
    if (!m_pingPending || payload != QByteArray::number(m_pingNumber))
        return;
    m_pingPending = false;
    m_roundTrip = Clock::now() - m_pingSentAt;
}

void Viewer::cut(const QByteArray &reason, Limit limit)
{
    ++m_counters.viewersCut[reason];
    noteLimit(limit);
    m_closing = true;
    m_socket->abort();
}

} // namespace conway

#include "moc_Viewer.cpp"
