#pragma once

#include "core/EngineState.h"
#include "core/Frame.h"
#include "server/ProcessUsage.h"
#include "server/ServerStats.h"

#include <QByteArray>
#include <QString>

#include <chrono>

namespace conway {

/// What /healthz, /metrics and /api report of; filled by whoever answers.
struct ServerReport {
    QString version;
    QString instance; ///< random for each start, so that the program can tell itself from another on its port
    std::chrono::milliseconds uptime{0};
    FramePtr frame; ///< the newest that the viewers got; never null
    const EngineState &state;
    const ServerCounters &counters;
    qsizetype viewers = 0;
    qsizetype connections = 0;    ///< HTTP and viewers
    double attainedPerSecond = 0; ///< generations; 0 where that is not known
    double bytesPerSecond = 0;    ///< to viewers
    ProcessUsage usage;
};

/// The JSON of /healthz.
[[nodiscard]] QByteArray healthJson(const ServerReport &report);

/// The text of /metrics, Prometheus exposition format 0.0.4. Names follow its conventions: base units, _total for
/// counters.
[[nodiscard]] QByteArray metricsText(const ServerReport &report);

} // namespace conway
