#include "server/Places.h"

#include <algorithm>

namespace conway {

Places placesFor(int files, int maxViewers, int perAddress)
{
    constexpr int kShare = limits::kConnections / limits::kHttpConnections;
    const int connections = std::clamp(files - limits::kReservedFiles, 1, maxViewers + limits::kHttpConnections);
    const int forHttp = std::min(limits::kHttpConnections, connections / kShare);
    return {connections, std::min(maxViewers, connections - forHttp), perAddress};
}

} // namespace conway
