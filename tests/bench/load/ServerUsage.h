#pragma once

#include <QtGlobal>

#include <optional>

namespace conway::load {

/// What a process has used, as proc(5) tells it.
struct ServerUsage {
    double cpuSeconds = 0;    ///< of all its threads, in user and in system mode; 10 ms is the kernel's grain
    double systemSeconds = 0; ///< of those, in system mode
    qint64 memoryBytes = 0;   ///< resident

    /// Nothing if there is no such process.
    [[nodiscard]] static std::optional<ServerUsage> of(qint64 process);
};

/// What the kernel counts when the network of this machine loses something, since it started: whoever uses it.
struct KernelDrops {
    qint64 refused = 0;       ///< connections for which the listening socket had no room
    qint64 retransmitted = 0; ///< TCP segments

    [[nodiscard]] static KernelDrops now();
};

} // namespace conway::load
