#pragma once

#include <QtGlobal>

namespace conway {

/// What this process takes from the machine; 0 where the system does not tell.
struct ProcessUsage {
    qint64 residentBytes = 0;
    double cpuSeconds = 0; ///< user and system time, all threads
};

[[nodiscard]] ProcessUsage processUsage();

} // namespace conway
