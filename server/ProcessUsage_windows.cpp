#include "server/ProcessUsage.h"

#include <qt_windows.h>

// After windows.h, on which it depends.
#include <psapi.h>

namespace conway {

namespace {

/// FILETIME counts 100 ns.
double seconds(const FILETIME &time)
{
    ULARGE_INTEGER ticks;
    ticks.LowPart = time.dwLowDateTime;
    ticks.HighPart = time.dwHighDateTime;
    return static_cast<double>(ticks.QuadPart) / 1e7;
}

} // namespace

ProcessUsage processUsage()
{
    ProcessUsage usage;
    PROCESS_MEMORY_COUNTERS memory{};
    memory.cb = sizeof(memory);
    if (GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof(memory)))
        usage.residentBytes = static_cast<qint64>(memory.WorkingSetSize);
    FILETIME created;
    FILETIME exited;
    FILETIME kernel;
    FILETIME user;
    if (GetProcessTimes(GetCurrentProcess(), &created, &exited, &kernel, &user))
        usage.cpuSeconds = seconds(kernel) + seconds(user);
    return usage;
}

} // namespace conway
