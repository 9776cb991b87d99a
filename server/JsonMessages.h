#pragma once

#include "core/EngineState.h"
#include "core/Frame.h"
#include "server/LanAccess.h"
#include "server/PinGuard.h"
#include "server/ViewArea.h"

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <chrono>
#include <optional>

/// What is said to viewers of both streams, but for the cells: answers, errors and events, as docs/protocol.md defines
/// them. Pure functions from values to UTF-8 text.
namespace conway::json {

/// Numbers a viewer may attach to a message, to know the answer by: `id` of a command, `t` of a ping.
struct Echo {
    std::optional<qint64> id;
    std::optional<QJsonValue> t; ///< as it came, so that it goes back the same
};

[[nodiscard]] QByteArray ack(const Echo &echo);
[[nodiscard]] QByteArray pong(quint64 tick, const Echo &echo);
/// `retryAfter` where trying again before is in vain.
[[nodiscard]] QByteArray error(QStringView code, const QString &message, const Echo &echo = {},
                               std::optional<std::chrono::seconds> retryAfter = {});

/// A PIN that was looked at, and one that was not.
[[nodiscard]] QByteArray wrongPin(const PinGuard::Wrong &wrong, const Echo &echo = {});
[[nodiscard]] QByteArray pinPaused(const PinGuard::Paused &paused, const Echo &echo = {});

/// What a viewer may do, and what its host lets the network do.
struct Standing {
    Role role = Role::Operator;
    LanAccess lan = LanAccess::Operate;

    friend bool operator==(const Standing &, const Standing &) = default;
};

[[nodiscard]] QString nameOf(Topology topology);

/// How a hello introduces the server.
struct Introduction {
    int protocol = 1; ///< 2 for conway.v2
    int width = 0;    ///< of the frame that goes with it: the state may be ahead of that
    int height = 0;
    QString version;
};
[[nodiscard]] QByteArray hello(const Introduction &introduction, const EngineState &state, const Standing &standing,
                               const Echo &echo = {});
[[nodiscard]] QByteArray stateEvent(const EngineState &state);
[[nodiscard]] QByteArray roleEvent(const Standing &standing);

/// What a viewer of conway.v2 sees from the next frame on.
struct View {
    int level = 0;
    CellRect area; ///< in cells: whole tiles, cut off at the universe's edge
    int maxFps = 0;
    bool paused = false;

    friend bool operator==(const View &, const View &) = default;
};
[[nodiscard]] QByteArray viewEvent(const View &view, const Echo &echo = {});

/// The figures of a stats event.
struct Stats {
    qsizetype viewers = 0;
    double attainedPerSecond = 0;
    double bytesPerSecond = 0;
};
[[nodiscard]] QByteArray stats(const Frame &frame, const Stats &stats);

} // namespace conway::json
