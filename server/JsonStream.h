#pragma once

#include "core/EngineState.h"
#include "core/Frame.h"

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <optional>

/// The messages of the JSON stream, server to viewer, as docs/protocol.md defines them. Pure functions from values to
/// UTF-8 text. Frames are written by hand, since they are the hot path; the rest by QJsonDocument.
namespace conway::json {

/// Whether a universe of that size may be sent as JSON (limits::kJsonCells).
[[nodiscard]] bool fits(int width, int height);

[[nodiscard]] QByteArray fullState(const Frame &frame);

/// The cells in which `to` differs from `from`; both are frames of one epoch. Looks only at changed tiles when `to` was
/// published right after `from`, else at all of them.
[[nodiscard]] QByteArray delta(const Frame &from, const Frame &to);

/// Numbers a viewer may attach to a message, to know the answer by: `id` of a command, `t` of a ping.
struct Echo {
    std::optional<qint64> id;
    std::optional<QJsonValue> t; ///< as it came, so that it goes back the same
};

[[nodiscard]] QByteArray ack(const Echo &echo);
[[nodiscard]] QByteArray pong(quint64 tick, const Echo &echo);
[[nodiscard]] QByteArray error(QStringView code, const QString &message, const Echo &echo = {});

[[nodiscard]] QByteArray hello(const EngineState &state, const QString &version, const Echo &echo = {});
[[nodiscard]] QByteArray stateEvent(const EngineState &state);

/// The figures of a stats event.
struct Stats {
    qsizetype viewers = 0;
    double attainedPerSecond = 0;
    double bytesPerSecond = 0;
};
[[nodiscard]] QByteArray stats(const Frame &frame, const Stats &stats);

} // namespace conway::json
