#pragma once

#include <QtGlobal>

namespace conway {

/// What this process takes from the machine; 0 where the system does not tell.
struct ProcessUsage {
    qint64 residentBytes = 0;
    double cpuSeconds = 0; ///< user and system time, all threads
};

[[nodiscard]] ProcessUsage processUsage();

/// Raises the soft limit of open files to the hard one, as a viewer is a file to the system and many desktops allow
/// 1,024. Returns how many may be open then; a very large number where there is no such limit.
int raiseOpenFileLimit();

} // namespace conway
