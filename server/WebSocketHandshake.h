#pragma once

#include "server/HttpRequest.h"

#include <optional>

namespace conway {

/// The name of the binary stream: the one subprotocol there is. Who asks for anything else gets the JSON stream.
inline constexpr char kBinarySubprotocol[] = "conway.v2";
/// Whether a handshake asks for it.
[[nodiscard]] bool asksForBinaryStream(const HttpRequest &request);

/// What is wrong with a WebSocket opening handshake (RFC 6455 §4.2.1), or nothing.
[[nodiscard]] std::optional<HttpError> checkWebSocketHandshake(const HttpRequest &request);

/// The answer to a checked handshake (§4.2.2), with the binary stream if it asks for that. What follows it on the wire
/// are frames.
[[nodiscard]] QByteArray acceptHandshake(const HttpRequest &request);

} // namespace conway
