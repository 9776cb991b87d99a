#pragma once

#include "server/LanAccess.h"
#include "server/LimitLog.h"

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace conway {

/// One connected viewer, as the window lists it.
struct ViewerInfo {
    quint64 id = 0; ///< counts up, never used twice in one run
    QString address;
    QDateTime connectedSince;
    quint64 messagesSent = 0;
    quint64 bytesSent = 0;
    std::optional<std::chrono::nanoseconds> roundTrip; ///< of the newest answered ping
    Role role = Role::Operator;
};

/// What the server counted since it started. Only ever grows, but for `unsentBytes`; written and read on the server's
/// thread.
struct ServerCounters {
    quint64 httpConnections = 0;
    quint64 viewersAccepted = 0;
    quint64 messagesSent = 0;
    quint64 bytesSent = 0;      ///< to viewers, WebSocket framing included
    qint64 unsentBytes = 0;     ///< what waits for viewers now; of what several share, each one's
    quint64 framesReceived = 0; ///< WebSocket frames of every kind, fragments and pings included
    quint64 snapshotsForSlowViewers = 0;
    quint64 resyncs = 0; ///< asked for by viewers that found themselves out of sync
    quint64 ticks = 0;
    quint64 lateTicks = 0; ///< kLateAfter
    std::chrono::nanoseconds worstLateness{0};
    QMap<int, quint64> httpResponses;     ///< by status
    QMap<QByteArray, quint64> viewersCut; ///< viewers that the server dropped, by reason
    LimitLog limits;
};

/// A picture of the server, taken once a second. A value.
struct ServerStats {
    QList<ViewerInfo> viewers;
    quint64 messagesSent = 0; ///< these three: to all viewers ever
    quint64 bytesSent = 0;
    quint64 viewersAccepted = 0;
    double bytesPerSecond = 0; ///< over the last two seconds (core/RateMeter.h)
};

} // namespace conway

Q_DECLARE_METATYPE(conway::ServerStats)
