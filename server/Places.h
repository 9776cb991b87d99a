#pragma once

#include "server/Limits.h"

namespace conway {

/// How many may come. One more is answered 503.
struct Places {
    int connections = limits::kConnections; ///< HTTP and viewers
    int viewers = limits::kViewers;
    int perAddress = limits::kConnectionsPerAddress; ///< HTTP and viewers
};

/// Places for as many viewers as the host wants, and those for HTTP beside them, as far as `files` may be open: where
/// they do not suffice, a sixth of what there is stays for HTTP, as it is where they do. `maxViewers` is 1 or more.
[[nodiscard]] Places placesFor(int files, int maxViewers, int perAddress);

} // namespace conway
