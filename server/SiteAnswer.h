#pragma once

#include "server/HttpResponse.h"
#include "server/SlowBodies.h"

#include <variant>

namespace conway {

/// The request is a good handshake for /ws: whoever holds the socket hands it to the viewers.
struct WebSocketUpgrade {
};

/// An answer whose body may still be in the making: it is sent when it has that.
struct DeferredResponse {
    HttpResponse response; ///< without its body
    SlowBodyPtr body;      ///< never null
};

using SiteAnswer = std::variant<HttpResponse, DeferredResponse, WebSocketUpgrade>;

} // namespace conway
