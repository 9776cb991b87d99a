#include "tests/validate/FileLimit.h"

#include <sys/resource.h>

#include <algorithm>
#include <limits>

namespace conway::validate {

int raiseFileLimit(int wanted)
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    const auto enough = static_cast<rlim_t>(wanted);
    if (limit.rlim_cur < enough) {
        // Only to what is wanted: macOS refuses "unlimited" here.
        rlimit raised = limit;
        raised.rlim_cur = std::min(enough, limit.rlim_max);
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    constexpr rlim_t kLargest = std::numeric_limits<int>::max();
    return static_cast<int>(std::min(limit.rlim_cur, kLargest));
}

} // namespace conway::validate
