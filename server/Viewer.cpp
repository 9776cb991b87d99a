#include "server/Viewer.h"

#include "server/WebSocketFrame.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

/// The first ping follows soon, so that the window has a round trip to show.
constexpr auto kFirstPingAfter = std::chrono::seconds(1);

QString plainAddress(const QHostAddress &address)
{
    // A dual-stack socket tells IPv4 peers as ::ffff:192.168.1.20.
    bool isIPv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(ipv4).toString() : address.toString();
}

} // namespace

Viewer::Viewer(quint64 id, QWebSocket *webSocket, QTcpSocket *tcp, InboundMeter *meter, const Patience &patience,
               ServerCounters &counters, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_webSocket(webSocket)
    , m_tcp(tcp)
    , m_meter(meter)
    , m_patience(patience)
    , m_counters(counters)
    , m_address(plainAddress(tcp->peerAddress()))
    , m_connectedSince(QDateTime::currentDateTimeUtc())
    , m_messageAllowance(limits::kMessagesPerSecond, limits::kMessageBurst, Clock::now())
    , m_byteAllowance(limits::kBytesPerSecond, limits::kByteBurst, Clock::now())
    , m_pingSentAt(Clock::now() - patience.ping + kFirstPingAfter)
    , m_closeTimer(this)
{
    m_webSocket->setParent(this);
    // Else a socket with unsent bytes would outlive its QWebSocket until the server ends.
    m_tcp->setParent(m_webSocket);

    m_webSocket->setMaxAllowedIncomingMessageSize(limits::kMessageBytes);
    m_webSocket->setMaxAllowedIncomingFrameSize(limits::kMessageBytes);
    m_tcp->setReadBufferSize(limits::kViewerReadBuffer);
    m_tcp->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, limits::kKernelSendBuffer);
    m_closeTimer.setSingleShot(true);
    // The handshake's bytes are not this viewer's messages.
    static_cast<void>(m_meter->takeArrived());

    connect(m_tcp, &QTcpSocket::readyRead, this, &Viewer::onRead);
    connect(m_tcp, &QTcpSocket::bytesWritten, this, &Viewer::onBytesWritten);
    connect(m_webSocket, &QWebSocket::textFrameReceived, this, &Viewer::onFrame);
    connect(m_webSocket, &QWebSocket::binaryFrameReceived, this, &Viewer::onFrame);
    connect(m_webSocket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        if (!m_closing)
            Q_EMIT textReceived(text);
    });
    connect(m_webSocket, &QWebSocket::binaryMessageReceived, this, [this] {
        if (!m_closing)
            Q_EMIT binaryReceived();
    });
    connect(m_webSocket, &QWebSocket::pong, this, &Viewer::onPong);
    connect(m_webSocket, &QWebSocket::aboutToClose, this, [this] {
        // Also when QWebSocket closes by itself, on a protocol error or a message too big: no frame may follow its
        // Close.
        m_closing = true;
        m_closeTimer.start(m_patience.close);
    });
    connect(m_webSocket, &QWebSocket::disconnected, this, &Viewer::gone);
    connect(&m_closeTimer, &QTimer::timeout, m_webSocket, &QWebSocket::abort);
}

Viewer::~Viewer()
{
    m_webSocket->disconnect(this);
    m_tcp->disconnect(this);
    m_webSocket->abort();
}

ViewerInfo Viewer::info() const
{
    return {m_id, m_address, m_connectedSince, m_messagesSent, m_bytesSent, m_roundTrip};
}

void Viewer::send(const QByteArray &frame)
{
    if (m_closing || m_tcp->state() != QAbstractSocket::ConnectedState)
        return;
    m_tcp->write(frame);
    // At once, not when the event loop comes round to it: with a thousand viewers that is a whole tick's work later.
    m_tcp->flush();
    ++m_messagesSent;
    m_bytesSent += static_cast<quint64>(frame.size());
    ++m_counters.messagesSent;
    m_counters.bytesSent += static_cast<quint64>(frame.size());
}

bool Viewer::isBehind(qsizetype next) const
{
    return m_tcp->bytesToWrite() > std::max<qint64>(limits::kBehindBytes, next);
}

void Viewer::setNeedsSnapshot(bool needs)
{
    if (!needs)
        m_behindSince.reset();
    else if (!m_behindSince)
        m_behindSince = Clock::now();
}

void Viewer::close(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    if (m_closing)
        return;
    // Emits aboutToClose, which arms the timer.
    m_webSocket->close(code, reason);
}

void Viewer::turnAway(QWebSocketProtocol::CloseCode code, const QByteArray &reason)
{
    if (m_closing)
        return;
    m_closing = true;
    QObject::disconnect(m_tcp, &QTcpSocket::readyRead, m_webSocket, nullptr);
    m_tcp->write(closeFrame(code, reason));
    m_tcp->flush();
    m_tcp->readAll();
    m_closeTimer.start(m_patience.linger);
}

void Viewer::tend(Clock::time_point now)
{
    if (m_closing)
        return;
    if (m_behindSince && now - *m_behindSince > m_patience.behind) {
        ++m_counters.viewersCut["behind"];
        close(QWebSocketProtocol::CloseCode(1013), u"You have not kept up; come again later."_s);
        return;
    }
    if (now - m_pingSentAt < m_patience.ping)
        return;
    if (m_pingPending) {
        cut("silent");
        return;
    }
    m_pingPending = true;
    m_pingSentAt = now;
    m_webSocket->ping(QByteArray::number(++m_pingNumber));
}

void Viewer::onRead()
{
    const qint64 arrived = m_meter->takeArrived();
    if (m_closing) {
        if (m_tcp->isOpen()) // QWebSocket may have closed it in answer to the same bytes
            m_tcp->readAll();
        return;
    }
    // What QWebSocket answers to one more buffer full must fit, too.
    if (m_tcp->bytesToWrite() > limits::kUnsentBytes - limits::kViewerReadBuffer) {
        // Answers to a flood that nobody reads. No Close frame would get through either.
        cut("unsent");
        return;
    }
    if (!m_byteAllowance.take(static_cast<double>(arrived), Clock::now()))
        Q_EMIT tooManyMessages();
}

void Viewer::onFrame()
{
    ++m_counters.framesReceived;
    if (!m_closing && !m_messageAllowance.take(1, Clock::now()))
        Q_EMIT tooManyMessages();
}

void Viewer::onBytesWritten()
{
    if (m_behindSince && !m_closing && m_tcp->bytesToWrite() == 0)
        Q_EMIT drained();
}

void Viewer::onPong(quint64, const QByteArray &payload)
{
    // Timed here: QWebSocket tells whole milliseconds. Pongs that answer nothing are allowed (RFC 6455 §5.5.3).
    if (!m_pingPending || payload != QByteArray::number(m_pingNumber))
        return;
    m_pingPending = false;
    m_roundTrip = Clock::now() - m_pingSentAt;
}

void Viewer::cut(const QByteArray &reason)
{
    ++m_counters.viewersCut[reason];
    m_closing = true;
    m_webSocket->abort();
}

} // namespace conway
