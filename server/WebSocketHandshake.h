#pragma once

#include "server/HttpRequest.h"

#include <optional>

namespace conway {

/// What is wrong with a WebSocket opening handshake (RFC 6455 §4.2.1), or nothing. QWebSocketServer answers a bad one
/// by closing without a word, so it is checked before it gets there.
[[nodiscard]] std::optional<HttpError> checkWebSocketHandshake(const HttpRequest &request);

} // namespace conway
