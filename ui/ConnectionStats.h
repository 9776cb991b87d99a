#pragma once

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace conway {

/// One viewer, as the window lists it.
struct ViewerRow {
    quint64 id = 0; ///< never given twice while the program runs
    QString address;
    bool operates = true; ///< else it only watches
    QDateTime connectedSince;
    quint64 messagesSent = 0;
    quint64 bytesSent = 0;
    std::optional<double> roundTripMs; ///< none until the first answer to a ping

    friend bool operator==(const ViewerRow &, const ViewerRow &) = default;
};

/// Who is connected, and what was sent since the program started. The totals cover viewers that left, too.
struct ConnectionStats {
    QList<ViewerRow> viewers;
    quint64 messagesSent = 0;
    quint64 bytesSent = 0;
    quint64 viewersEver = 0;
    double bytesPerSecond = 0; ///< now, to all viewers together

    friend bool operator==(const ConnectionStats &, const ConnectionStats &) = default;
};

} // namespace conway

Q_DECLARE_METATYPE(conway::ConnectionStats)
