#include "server/WebSocketFrame.h"

#include <QtEndian>

#include <algorithm>

namespace conway {

namespace {

constexpr char kFinalText = '\x81';
constexpr char kFinalClose = '\x88';
/// Control frames have no longer form.
constexpr qsizetype kMaxControlPayload = 125;
// Payload lengths up to 125 stand in the second byte; these two say that 2 or 8 bytes of length follow.
constexpr char kLength16 = 126;
constexpr char kLength64 = 127;

} // namespace

QByteArray textFrame(const QByteArray &utf8)
{
    QByteArray frame;
    frame.reserve(utf8.size() + 10);
    frame += kFinalText;
    char length[8];
    if (utf8.size() < kLength16) {
        frame += static_cast<char>(utf8.size());
    } else if (utf8.size() <= 0xffff) {
        qToBigEndian(static_cast<quint16>(utf8.size()), length);
        frame += kLength16;
        frame.append(length, 2);
    } else {
        qToBigEndian(static_cast<quint64>(utf8.size()), length);
        frame += kLength64;
        frame.append(length, 8);
    }
    frame += utf8;
    return frame;
}

QByteArray closeFrame(quint16 code, const QByteArray &reason)
{
    char status[sizeof code];
    qToBigEndian(code, status);
    QByteArray payload(status, sizeof status);
    // ASCII: no cut goes through a character.
    payload += QByteArrayView(reason).first(std::min(reason.size(), kMaxControlPayload - payload.size()));
    QByteArray frame(1, kFinalClose);
    frame += static_cast<char>(payload.size());
    return frame + payload;
}

} // namespace conway
