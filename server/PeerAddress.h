#pragma once

#include <QHostAddress>

#include <utility>

namespace conway {

/// An IPv4 address in IPv6's clothes (RFC 4291 §2.5.5.2), as a socket for both tells it: ::ffff:192.168.1.20. It
/// becomes what it is; any other address stays.
[[nodiscard]] QHostAddress undisguised(const QHostAddress &address);

/// What counts as one address where many of one would be too much. Of IPv6 a network of 64 bits, of which a machine
/// gets one to choose addresses from (RFC 4291 §2.5.4); only link-local addresses, which share a single one, count
/// singly.
using PeerKey = std::pair<quint64, quint64>;
[[nodiscard]] PeerKey peerKey(const QHostAddress &address);

/// This machine itself: limits for one address do not hold for it.
[[nodiscard]] bool isLoopback(const QHostAddress &address);

} // namespace conway
