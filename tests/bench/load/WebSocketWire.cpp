#include "tests/bench/load/WebSocketWire.h"

#include <QByteArrayList>
#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QtEndian>

#include <array>
#include <utility>

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShortLength = 125;
constexpr quint8 kLength16 = 126;
constexpr quint8 kLength64 = 127;
constexpr quint8 kFin = 0x80;
constexpr quint8 kReserved = 0x70;
constexpr quint8 kOpcode = 0x0f;
constexpr quint8 kMask = 0x80;

bool isKnown(quint8 opcode)
{
    return opcode <= 2 || (opcode >= 8 && opcode <= 10);
}

quint8 byteAt(QByteArrayView bytes, qsizetype at)
{
    return static_cast<quint8>(bytes[at]);
}

/// The value of a header field; empty if it is not there.
QByteArray fieldOf(const QList<QByteArray> &lines, const QByteArray &name)
{
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).trimmed().toLower() == name)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

} // namespace

Result<ServerFrame> readServerFrame(QByteArrayView bytes)
{
    if (bytes.size() < 2)
        return ServerFrame{};
    const quint8 first = byteAt(bytes, 0);
    const quint8 second = byteAt(bytes, 1);
    const auto opcode = static_cast<quint8>(first & kOpcode);
    if ((first & kReserved) != 0)
        return Error{u"a reserved bit is set (§5.2)"_s};
    if (!isKnown(opcode))
        return Error{u"unknown opcode %1 (§5.2)"_s.arg(opcode)};
    if ((first & kFin) == 0 || opcode == 0)
        return Error{u"a message in fragments"_s};
    if ((second & kMask) != 0)
        return Error{u"the server masks (§5.1)"_s};

    const auto code = static_cast<quint8>(second & ~kMask);
    if (opcode >= 8 && code > kShortLength)
        return Error{u"a control frame of more than 125 bytes (§5.5)"_s};
    qsizetype header = 2;
    quint64 length = code;
    if (code == kLength16) {
        header = 4;
        if (bytes.size() < header)
            return ServerFrame{};
        length = qFromBigEndian<quint16>(bytes.data() + 2);
    } else if (code == kLength64) {
        header = 10;
        if (bytes.size() < header)
            return ServerFrame{};
        length = qFromBigEndian<quint64>(bytes.data() + 2);
    }
    const bool isShortest = code <= kShortLength || (code == kLength16 ? length > kShortLength : length > 0xffff);
    constexpr quint64 kSane = quint64{1} << 32U;
    if (!isShortest || length > kSane)
        return Error{u"a length of %1 bytes, not in its shortest form or beyond all reason (§5.2)"_s.arg(length)};

    const qsizetype whole = header + static_cast<qsizetype>(length);
    if (bytes.size() < whole)
        return ServerFrame{};
    return ServerFrame{static_cast<Opcode>(opcode), bytes.sliced(header, static_cast<qsizetype>(length)), whole};
}

QByteArray clientFrame(Opcode opcode, QByteArrayView payload)
{
    QByteArray frame;
    frame.reserve(payload.size() + 8);
    frame.append(static_cast<char>(kFin | static_cast<quint8>(opcode)));
    if (payload.size() <= kShortLength) {
        frame.append(static_cast<char>(kMask | static_cast<quint8>(payload.size())));
    } else {
        Q_ASSERT(payload.size() <= 0xffff);
        std::array<char, 2> length{};
        qToBigEndian(static_cast<quint16>(payload.size()), length.data());
        frame.append(static_cast<char>(kMask | kLength16)).append(length.data(), length.size());
    }
    std::array<char, 4> key{};
    qToBigEndian(QRandomGenerator::global()->generate(), key.data());
    frame.append(key.data(), key.size());
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame.append(static_cast<char>(payload[i] ^ key.at(static_cast<std::size_t>(i % 4))));
    return frame;
}

Handshake::Handshake(const QByteArray &host, QByteArray subprotocol)
    : m_subprotocol(std::move(subprotocol))
{
    std::array<quint32, 4> nonce{};
    QRandomGenerator::global()->fillRange(nonce.data(), nonce.size());
    const QByteArray key = QByteArray(reinterpret_cast<const char *>(nonce.data()), sizeof nonce).toBase64();
    m_accept =
        QCryptographicHash::hash(QByteArray(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"), QCryptographicHash::Sha1)
            .toBase64();
    m_request =
        "GET /ws HTTP/1.1\r\nHost: " + host +
        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key +
        "\r\n";
    if (!m_subprotocol.isEmpty())
        m_request += "Sec-WebSocket-Protocol: " + m_subprotocol + "\r\n";
    m_request += "\r\n";
}

Result<qsizetype> Handshake::readAnswer(const QByteArray &received) const
{
    constexpr qsizetype kMost = 16 * 1024;
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return received.size() < kMost ? Result<qsizetype>(0) : Error{u"an answer without end"_s};
    QList<QByteArray> lines = received.first(end).split('\n');
    const QByteArray status = lines.takeFirst().trimmed();
    if (!status.startsWith("HTTP/1.1 101"))
        return Error{u"no upgrade: "_s + QString::fromLatin1(status)};
    if (fieldOf(lines, "sec-websocket-accept") != m_accept)
        return Error{u"Sec-WebSocket-Accept is not that of the key (§4.2.2)"_s};
    if (fieldOf(lines, "sec-websocket-protocol") != m_subprotocol)
        return Error{u"the server does not speak %1"_s.arg(QString::fromLatin1(m_subprotocol))};
    return end + 4;
}

} // namespace conway::load
