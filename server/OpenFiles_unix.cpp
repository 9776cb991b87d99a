#include "server/OpenFiles.h"

#include <QtGlobal>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <limits>

#ifdef Q_OS_MACOS
#include <sys/syslimits.h>
#endif

namespace conway {

int raiseOpenFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return std::numeric_limits<int>::max();
    rlim_t wanted = limit.rlim_max;
#ifdef Q_OS_MACOS
    // setrlimit(2) there: the hard limit may read as infinite, but no more than OPEN_MAX is accepted.
    wanted = std::min<rlim_t>(wanted, OPEN_MAX);
#endif
    limit.rlim_cur = std::max(limit.rlim_cur, wanted);
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<int>(std::min<rlim_t>(limit.rlim_cur, std::numeric_limits<int>::max()));
}

bool canOpenFile()
{
    const int trial = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (trial < 0)
        return false;
    close(trial);
    return true;
}

} // namespace conway
