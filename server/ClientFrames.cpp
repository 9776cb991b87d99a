#include "server/ClientFrames.h"

#include <QtEndian>

#include <algorithm>
#include <utility>

namespace conway {

namespace {

// Opcodes (§5.2). Those from 8 on are control frames.
constexpr quint8 kContinuation = 0x0;
constexpr quint8 kText = 0x1;
constexpr quint8 kBinary = 0x2;
constexpr quint8 kClose = 0x8;
constexpr quint8 kPing = 0x9;
constexpr quint8 kPong = 0xa;

constexpr quint8 kReservedBits = 0x70;
constexpr quint8 kMaskBit = 0x80;
constexpr qsizetype kMaskBytes = 4;
constexpr qsizetype kLongestControl = 125;
// Payload lengths up to 125 stand in the second byte; these two say that 2 or 8 bytes of length follow.
constexpr qsizetype kLength16 = 126;
constexpr qsizetype kLength64 = 127;

// §7.4.1
constexpr quint16 kProtocolError = 1002;
constexpr quint16 kNotUtf8 = 1007;
constexpr quint16 kTooBig = 1009;

/// What may stand in a Close frame (§7.4, and IANA's registry for 1012 to 1014).
bool isStatusCode(quint16 code)
{
    if (code >= 3000)
        return code < 5000;
    return code >= 1000 && code < 1015 && code != 1004 && code != 1005 && code != 1006;
}

} // namespace

std::optional<ClientFrame> ClientFrames::next(QByteArrayView &bytes)
{
    if (!m_headIsRead) {
        if (auto fault = takeHead(bytes))
            return fault;
        if (!m_headIsRead)
            return {};
    }
    return takePayload(bytes);
}

std::optional<ClientFrame> ClientFrames::takeHead(QByteArrayView &bytes)
{
    while (!m_isOver && !m_headIsRead && !bytes.isEmpty()) {
        m_head[static_cast<std::size_t>(m_headSize++)] = bytes.front();
        bytes = bytes.sliced(1);
        if (m_headSize == 2) {
            if (const char *fault = faultOfStart())
                return broken(kProtocolError, fault);
        }
        if (m_headSize == maskBegin()) {
            if (auto fault = measure())
                return fault;
        }
        m_headIsRead = m_headSize >= 2 && m_headSize == maskBegin() + kMaskBytes;
    }
    if (m_isOver)
        bytes = {};
    return {};
}

/// Where the masking key stands in the head; while its second byte is unknown, behind everything.
qsizetype ClientFrames::maskBegin() const
{
    if (m_headSize < 2)
        return static_cast<qsizetype>(m_head.size());
    return shortLength() == kLength64 ? 10 : shortLength() == kLength16 ? 4 : 2;
}

/// What is wrong with the first two bytes, or null.
const char *ClientFrames::faultOfStart() const
{
    if ((static_cast<quint8>(m_head[0]) & kReservedBits) != 0)
        return "A reserved bit is set.";
    if ((static_cast<quint8>(m_head[1]) & kMaskBit) == 0)
        return "A client's frames must be masked.";
    switch (opcode()) {
    case kContinuation:
        return m_message == Message::None ? "There is nothing to continue." : nullptr;
    case kText:
    case kBinary:
        return m_message != Message::None ? "The message before has not ended." : nullptr;
    case kClose:
    case kPing:
    case kPong:
        if (!isFinal())
            return "A control frame must not be fragmented.";
        return shortLength() > kLongestControl ? "A control frame is too long." : nullptr;
    default:
        return "This opcode is reserved.";
    }
}

/// Now that the length is known: what is wrong with it, or nothing.
std::optional<ClientFrame> ClientFrames::measure()
{
    auto length = static_cast<quint64>(shortLength());
    if (shortLength() == kLength16) {
        length = qFromBigEndian<quint16>(m_head.data() + 2);
        if (length < kLength16)
            return broken(kProtocolError, "The length is not written in the shortest way.");
    } else if (shortLength() == kLength64) {
        length = qFromBigEndian<quint64>(m_head.data() + 2);
        if (length <= 0xffff || length >> 63 != 0)
            return broken(kProtocolError, "The length is not written in the shortest way.");
    }
    if (!isControl() && length > static_cast<quint64>(m_maxMessage - m_data.size()))
        return broken(kTooBig, "The message is too long.");
    m_payloadLeft = static_cast<qsizetype>(length);
    m_payloadTaken = 0;
    if (opcode() == kText || opcode() == kBinary) {
        m_message = opcode() == kText ? Message::Text : Message::Binary;
        m_utf8 = {};
    }
    return {};
}

std::optional<ClientFrame> ClientFrames::takePayload(QByteArrayView &bytes)
{
    const QByteArrayView masked = bytes.first(std::min(bytes.size(), m_payloadLeft));
    bytes = bytes.sliced(masked.size());
    m_payloadLeft -= masked.size();

    QByteArray &payload = isControl() ? m_control : m_data;
    const qsizetype begin = payload.size();
    payload.append(masked);
    const char *mask = m_head.data() + maskBegin();
    for (char *byte = payload.data() + begin; byte != payload.data() + payload.size(); ++byte) {
        const auto key = static_cast<quint8>(mask[m_payloadTaken++ % kMaskBytes]);
        *byte = static_cast<char>(static_cast<quint8>(*byte) ^ key);
    }

    if (!isControl() && m_message == Message::Text && !m_utf8.take(QByteArrayView(payload).sliced(begin)))
        return broken(kNotUtf8, "This is not UTF-8.");
    if (m_payloadLeft > 0)
        return {};
    return end();
}

/// The frame is complete.
std::optional<ClientFrame> ClientFrames::end()
{
    m_headIsRead = false;
    m_headSize = 0;
    if (opcode() == kPing)
        return ClientFrame{ClientFrame::Kind::Ping, std::exchange(m_control, {}), {}};
    if (opcode() == kPong)
        return ClientFrame{ClientFrame::Kind::Pong, std::exchange(m_control, {}), {}};
    if (opcode() == kClose)
        return close();
    if (!isFinal())
        return ClientFrame{};
    if (std::exchange(m_message, Message::None) == Message::Binary)
        return ClientFrame{ClientFrame::Kind::Binary, std::exchange(m_data, {}), {}};
    if (!m_utf8.isBetweenCharacters())
        return broken(kNotUtf8, "The text ends in the middle of a character.");
    return ClientFrame{ClientFrame::Kind::Text, std::exchange(m_data, {}), {}};
}

ClientFrame ClientFrames::close()
{
    const QByteArray payload = std::exchange(m_control, {});
    std::optional<quint16> code;
    if (!payload.isEmpty()) {
        if (payload.size() < 2)
            return broken(kProtocolError, "Half a status code.");
        code = qFromBigEndian<quint16>(payload.constData());
        if (!isStatusCode(*code))
            return broken(kProtocolError, "No such status code.");
        Utf8Check reason;
        if (!reason.take(QByteArrayView(payload).sliced(2)) || !reason.isBetweenCharacters())
            return broken(kNotUtf8, "The reason is not UTF-8.");
    }
    m_isOver = true;
    m_data = {};
    return {ClientFrame::Kind::Close, payload.mid(2), code};
}

ClientFrame ClientFrames::broken(quint16 code, const char *reason)
{
    m_isOver = true;
    m_headIsRead = false;
    m_data = {};
    m_control = {};
    return {ClientFrame::Kind::Broken, reason, code};
}

} // namespace conway
