#include "tests/validate/ConnectBurst.h"

#include "tests/validate/Samples.h"
#include "tests/validate/Waiting.h"

#include <QNetworkProxy>
#include <QtEndian>

namespace conway::validate {

using namespace Qt::StringLiterals;

namespace {

// RFC 6455 §1.3's example: the key may be any 16 bytes, and this one's answer can be looked up.
constexpr QByteArrayView kKey = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr QByteArrayView kAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

QByteArray handshake(const QString &host, quint16 port)
{
    const QString literal = host.contains(u':') ? u'[' + host + u']' : host;
    return "GET /ws HTTP/1.1\r\nHost: " + literal.toUtf8() + ':' + QByteArray::number(port) +
           "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
           kKey.toByteArray() + "\r\n\r\n";
}

struct TextFrame {
    enum class State { Incomplete, Complete, Wrong } state = State::Incomplete;
    QByteArrayView payload;
};

/// The first frame in `bytes`, which must be an unfragmented text message from a server (RFC 6455 §5.2).
TextFrame firstFrame(QByteArrayView bytes)
{
    constexpr uchar kFinalText = 0x81;
    constexpr uchar kLength16 = 126;
    constexpr uchar kLength64 = 127; // above it the frame would be masked, which a server's must not be
    if (bytes.size() < 2)
        return {};
    const auto length7 = static_cast<uchar>(bytes[1]);
    if (static_cast<uchar>(bytes[0]) != kFinalText || length7 > kLength64)
        return {.state = TextFrame::State::Wrong, .payload = {}};
    qsizetype header = 2;
    quint64 length = length7;
    if (length7 >= kLength16) {
        header += length7 == kLength16 ? 2 : 8;
        if (bytes.size() < header)
            return {};
        length = length7 == kLength16 ? qFromBigEndian<quint16>(bytes.data() + 2)
                                      : qFromBigEndian<quint64>(bytes.data() + 2);
    }
    if (static_cast<quint64>(bytes.size() - header) < length)
        return {};
    return {.state = TextFrame::State::Complete, .payload = bytes.sliced(header, static_cast<qsizetype>(length))};
}

} // namespace

ConnectBurst::ConnectBurst(const QString &host, quint16 port, int count, QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_port(port)
    , m_request(handshake(host, port))
    , m_guests(static_cast<std::size_t>(count))
{
}

ConnectBurst::~ConnectBurst()
{
    for (Guest &guest : m_guests) {
        if (guest.socket) {
            guest.socket->disconnect(this);
            guest.socket->abort();
        }
    }
}

ConnectBurst::Outcome ConnectBurst::run(std::chrono::milliseconds atMost)
{
    m_unsettled = static_cast<int>(m_guests.size());
    m_timer.start();
    for (Guest &guest : m_guests) {
        guest.socket = std::make_unique<QTcpSocket>();
        QTcpSocket *const socket = guest.socket.get();
        socket->setProxy(QNetworkProxy::NoProxy);
        connect(socket, &QTcpSocket::connected, this, [this, &guest] {
            guest.stage = Stage::Handshake;
            guest.socket->write(m_request);
            guest.socket->flush();
        });
        connect(socket, &QTcpSocket::readyRead, this, [this, &guest] { onBytes(guest); });
        connect(socket, &QTcpSocket::errorOccurred, this, [this, &guest] { fail(guest, guest.socket->errorString()); });
        socket->connectToHost(m_host, m_port);
    }
    const bool allSettled = waitUntil([this] { return m_unsettled == 0; }, atMost);

    Outcome outcome;
    Samples served;
    for (const Guest &guest : m_guests) {
        outcome.connected += guest.stage == Stage::FirstMessage || guest.stage == Stage::Served ? 1 : 0;
        if (guest.stage == Stage::Served)
            served.add(guest.servedMs);
    }
    outcome.served = static_cast<int>(served.count());
    outcome.lastMs = served.max();
    outcome.medianMs = served.quantile(0.5);
    outcome.firstError = m_firstError;
    if (!allSettled && m_firstError.isEmpty())
        outcome.firstError = u"no answer within %1 s"_s.arg(std::chrono::duration<double>(atMost).count());
    return outcome;
}

void ConnectBurst::onBytes(Guest &guest)
{
    if (guest.stage == Stage::Served || guest.stage == Stage::Failed) {
        guest.socket->readAll(); // deltas: somebody who looks on
        return;
    }
    guest.received += guest.socket->readAll();
    if (guest.stage == Stage::Handshake)
        readHandshake(guest);
    if (guest.stage == Stage::FirstMessage)
        readFirstMessage(guest);
}

void ConnectBurst::readHandshake(Guest &guest)
{
    const qsizetype end = guest.received.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = guest.received.first(end);
    if (!head.startsWith("HTTP/1.1 101 ") || !head.contains(kAccept)) {
        fail(guest, u"the handshake was answered with: "_s + QString::fromUtf8(head).section(u'\r', 0, 0));
        return;
    }
    guest.received.remove(0, end + 4);
    guest.stage = Stage::FirstMessage;
}

void ConnectBurst::readFirstMessage(Guest &guest)
{
    const TextFrame frame = firstFrame(guest.received);
    if (frame.state == TextFrame::State::Incomplete)
        return;
    if (frame.state == TextFrame::State::Wrong || !frame.payload.contains(R"("type":"full_state")")) {
        fail(guest, u"the first message is not a full_state"_s);
        return;
    }
    guest.servedMs = static_cast<double>(m_timer.nsecsElapsed()) / 1e6;
    guest.stage = Stage::Served;
    guest.received.clear();
    --m_unsettled;
}

void ConnectBurst::fail(Guest &guest, const QString &why)
{
    if (guest.stage == Stage::Failed)
        return;
    if (guest.stage != Stage::Served)
        --m_unsettled;
    guest.stage = Stage::Failed;
    if (m_firstError.isEmpty())
        m_firstError = why;
}

} // namespace conway::validate

#include "moc_ConnectBurst.cpp"
