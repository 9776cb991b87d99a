#include "server/WebSocketFrame.h"

#include <QtEndian>

namespace conway {

namespace {

constexpr char kFinalText = '\x81';
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

} // namespace conway
