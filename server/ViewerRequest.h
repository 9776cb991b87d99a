#pragma once

#include "core/Command.h"
#include "core/EngineState.h"
#include "server/JsonStream.h"

#include <QRect>
#include <QString>

#include <optional>
#include <variant>

namespace conway {

struct PingRequest {
};
struct HelloRequest {
};
/// Asks for the role of an operator.
struct PinRequest {
    QString pin; ///< isPin()
};
/// What a viewer of conway.v2 wants to see.
struct ViewRequest {
    std::optional<int> level;  ///< 0..limits::kMaxLevel; the finest that fits if not said
    std::optional<QRect> area; ///< in cells, not empty; the whole universe if not said
    int maxFps = 0;            ///< 1..limits::kMaxFps; 0: every published frame
    bool paused = false;
};
/// What it holds is wrong: it wants a snapshot.
struct ResyncRequest {
};

/// A message of a viewer that was understood.
struct ViewerRequest {
    std::variant<PingRequest, HelloRequest, PinRequest, ViewRequest, ResyncRequest, Command::Action> action;
    json::Echo echo;
};

/// One that was not, as the `error` it is answered with.
struct RefusedRequest {
    QStringView code; ///< a literal: see the table in docs/protocol.md
    QString message;
    json::Echo echo;
    QByteArray limit{}; ///< the name of the limit that was reached (LimitLog), if it was one
};

/// Reads a text message of either stream: a bare word of the brief, or an object with a `cmd`. `universe` bounds the
/// coordinates of an edit, and is what a pattern is loaded into. Takes anything; the length was limited before.
[[nodiscard]] std::variant<ViewerRequest, RefusedRequest> parseViewerRequest(const QString &text,
                                                                             const EngineState &universe);

} // namespace conway
