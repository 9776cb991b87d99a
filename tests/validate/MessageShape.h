#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <optional>

namespace conway::validate {

/// What is wrong with the outer form of a server's message: its type, and the fields docs/protocol.md gives that type.
/// Empty when nothing is. `full_state` and `delta` are the brief's and must hold no field beyond its own; the other
/// types may grow.
[[nodiscard]] QString wrongShape(const QJsonObject &message);

/// The value as a whole number from 0 to 2⁵³, if it is one.
[[nodiscard]] std::optional<qint64> wholeNumber(const QJsonValue &value);

} // namespace conway::validate
