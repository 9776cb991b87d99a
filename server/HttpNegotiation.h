#pragma once

#include "server/HttpRequest.h"

namespace conway {

/// Whether the client takes a body with `Content-Encoding: gzip` (RFC 9110 §12.5.3). A client that says nothing does
/// not.
[[nodiscard]] bool acceptsGzip(const HttpRequest &request);

/// Whether the client has the version of that entity tag already, so that 304 is the answer (RFC 9110 §13.1.2; the
/// comparison is weak). `etag` with its quotes.
[[nodiscard]] bool isKnownToClient(const HttpRequest &request, const QByteArray &etag);

} // namespace conway
