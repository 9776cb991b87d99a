#pragma once

#include "server/HttpRequest.h"

#include <optional>

namespace conway {

/// What is wrong with a WebSocket opening handshake (RFC 6455 §4.2.1), or nothing. QWebSocketServer answers a bad one
/// by closing without a word, so it is checked before it gets there.
[[nodiscard]] std::optional<HttpError> checkWebSocketHandshake(const HttpRequest &request);

/// A checked handshake in the one form that QWebSocketServer is sure to read as we did: each field once and on one
/// line, and only those that it needs. (It takes the last Connection line for the only one, and no list for Upgrade.)
[[nodiscard]] QByteArray canonicalHandshake(const HttpRequest &request);

} // namespace conway
