#include "server/RequestRates.h"

#include "server/Limits.h"

#include <algorithm>

namespace conway {

bool RequestRates::take(const QHostAddress &address, TokenBucket::Time now)
{
    if (isLoopback(address))
        return true;
    const PeerKey key = peerKey(address);
    auto bucket = m_buckets.find(key);
    if (bucket == m_buckets.end()) {
        if (m_buckets.size() >= m_sweepFrom) {
            m_buckets.removeIf([now](auto entry) { return entry.value().isFull(now); });
            m_sweepFrom = std::max(kFew, 2 * m_buckets.size());
        }
        bucket = m_buckets.insert(key, TokenBucket(limits::kRequestsPerSecond, limits::kRequestBurst, now));
    }
    return bucket->take(1, now);
}

} // namespace conway
