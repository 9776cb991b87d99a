#pragma once

#include "server/PeerAddress.h"
#include "server/TokenBucket.h"

#include <QHash>

namespace conway {

/// How fast each address may ask over HTTP, on however many connections, one after the other or at once. What counts
/// as one address is peerKey()'s; loopback is free.
///
/// An address that has asked little is forgotten, so that strangers cannot fill the memory by coming from many: all
/// that are remembered have asked within limits::kRequestBurst / kRequestsPerSecond.
class RequestRates
{
public:
    /// False: this one is too many. `now` never runs backwards.
    [[nodiscard]] bool take(const QHostAddress &address, TokenBucket::Time now);

    [[nodiscard]] qsizetype remembered() const { return m_buckets.size(); }

    /// As many are remembered before any is forgotten.
    static constexpr qsizetype kFew = 1'024;

private:
    QHash<PeerKey, TokenBucket> m_buckets;
    qsizetype m_sweepFrom = kFew; ///< twice as many as the last sweep left: so it costs each address the same
};

} // namespace conway
