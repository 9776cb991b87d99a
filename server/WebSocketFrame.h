#pragma once

#include <QByteArray>

namespace conway {

/// A complete text message as one unmasked WebSocket frame (RFC 6455 §5.2), ready to be written to any number of
/// sockets.
[[nodiscard]] QByteArray textFrame(const QByteArray &utf8);

/// A Close frame (§5.5.1) with a status code and a reason in ASCII, cut to the 123 bytes that it may have.
[[nodiscard]] QByteArray closeFrame(quint16 code, const QByteArray &reason);

} // namespace conway
