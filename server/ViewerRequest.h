#pragma once

#include "core/Command.h"
#include "server/JsonStream.h"

#include <QString>

#include <variant>

namespace conway {

struct PingRequest {
};
struct HelloRequest {
};

/// A message of a viewer that was understood.
struct ViewerRequest {
    std::variant<PingRequest, HelloRequest, Command::Action> action;
    json::Echo echo;
};

/// One that was not, as the `error` it is answered with.
struct RefusedRequest {
    QStringView code; ///< a literal: see the table in docs/protocol.md
    QString message;
    json::Echo echo;
};

/// Reads a text message of the JSON stream: a bare word of the brief, or an object with a `cmd`. `width` and `height`
/// bound the coordinates of an edit. Takes anything; the length was limited before.
[[nodiscard]] std::variant<ViewerRequest, RefusedRequest> parseViewerRequest(const QString &text, int width,
                                                                             int height);

} // namespace conway
