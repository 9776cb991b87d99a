#pragma once

#include <QByteArray>

#include <optional>

namespace conway {

/// A complete text message as one unmasked WebSocket frame (RFC 6455 §5.2), ready to be written to any number of
/// sockets.
[[nodiscard]] QByteArray textFrame(const QByteArray &utf8);

/// What stands before the `payload` bytes of a binary message that is sent as one frame: the message goes out in
/// pieces, most of which many viewers share.
[[nodiscard]] QByteArray binaryFrameHead(qsizetype payload);

/// A Ping (§5.5.2) and a Pong (§5.5.3); of the payload they have room for 125 bytes.
[[nodiscard]] QByteArray pingFrame(const QByteArray &payload);
[[nodiscard]] QByteArray pongFrame(const QByteArray &payload);

/// Why the server closes (§7.4.1, and IANA's registry).
enum class CloseCode : quint16 {
    GoingAway = 1001,
    ProtocolError = 1002,
    NotUtf8 = 1007,
    PolicyViolated = 1008,
    TooBig = 1009,
    TryAgainLater = 1013,
};

/// A Close frame (§5.5.1) with a status code and a reason in ASCII, cut to the 123 bytes that it may have.
[[nodiscard]] QByteArray closeFrame(CloseCode code, const QByteArray &reason);
/// The answer to a client's Close: its own status code, if it had one.
[[nodiscard]] QByteArray closeAnswer(std::optional<quint16> code);

} // namespace conway
