#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace conway {

// Quantities as a person reads them, in the user's locale.

[[nodiscard]] QString humanCount(quint64 count);       ///< "12,345"
[[nodiscard]] QString humanBytes(quint64 bytes);       ///< "512 bytes", "2.3 MB": thousands, as networks count
[[nodiscard]] QString humanByteRate(double perSecond); ///< "812 bytes/s", "1.2 kB/s"
[[nodiscard]] QString humanRate(std::optional<double> perSecond); ///< "0.02/s", "2.0/s", "98/s", "–" when unknown
[[nodiscard]] QString humanRoundTrip(std::optional<double> milliseconds); ///< "0.8 ms", "12 ms", "–" when unknown

/// The local time; the date instead, when it is not `now`'s.
[[nodiscard]] QString humanMoment(const QDateTime &moment, const QDateTime &now);

} // namespace conway
