#include "server/WebSocketFrame.h"

#include <QtEndian>

#include <algorithm>

namespace conway {

namespace {

constexpr char kFinalText = '\x81';
constexpr char kFinalBinary = '\x82';
constexpr char kFinalClose = '\x88';
constexpr char kFinalPing = '\x89';
constexpr char kFinalPong = '\x8a';
/// Control frames have no longer form.
constexpr qsizetype kMaxControlPayload = 125;
// Payload lengths up to 125 stand in the second byte; these two say that 2 or 8 bytes of length follow.
constexpr char kLength16 = 126;
constexpr char kLength64 = 127;
constexpr qsizetype kMaxHead = 10;

void appendHead(QByteArray &frame, char first, qsizetype payload)
{
    frame += first;
    char length[8];
    if (payload < kLength16) {
        frame += static_cast<char>(payload);
    } else if (payload <= 0xffff) {
        qToBigEndian(static_cast<quint16>(payload), length);
        frame += kLength16;
        frame.append(length, 2);
    } else {
        qToBigEndian(static_cast<quint64>(payload), length);
        frame += kLength64;
        frame.append(length, 8);
    }
}

QByteArray controlFrame(char first, const QByteArray &payload)
{
    const auto room = QByteArrayView(payload).first(std::min(payload.size(), kMaxControlPayload));
    QByteArray frame;
    frame.reserve(kMaxHead + room.size());
    appendHead(frame, first, room.size());
    return frame.append(room);
}

QByteArray statusBytes(quint16 code)
{
    QByteArray bytes(sizeof code, Qt::Uninitialized);
    qToBigEndian(code, bytes.data());
    return bytes;
}

} // namespace

QByteArray textFrame(const QByteArray &utf8)
{
    QByteArray frame;
    frame.reserve(kMaxHead + utf8.size());
    appendHead(frame, kFinalText, utf8.size());
    return frame += utf8;
}

QByteArray binaryFrameHead(qsizetype payload)
{
    QByteArray head;
    head.reserve(kMaxHead);
    appendHead(head, kFinalBinary, payload);
    return head;
}

QByteArray pingFrame(const QByteArray &payload)
{
    return controlFrame(kFinalPing, payload);
}

QByteArray pongFrame(const QByteArray &payload)
{
    return controlFrame(kFinalPong, payload);
}

QByteArray closeFrame(CloseCode code, const QByteArray &reason)
{
    // ASCII: no cut goes through a character.
    return controlFrame(kFinalClose, statusBytes(static_cast<quint16>(code)) + reason);
}

QByteArray closeAnswer(std::optional<quint16> code)
{
    return controlFrame(kFinalClose, code ? statusBytes(*code) : QByteArray());
}

} // namespace conway
