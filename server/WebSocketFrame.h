#pragma once

#include <QByteArray>

namespace conway {

/// A complete text message as one unmasked WebSocket frame (RFC 6455 §5.2), ready to be written to any number of
/// sockets.
[[nodiscard]] QByteArray textFrame(const QByteArray &utf8);

} // namespace conway
