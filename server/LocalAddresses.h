#pragma once

#include <QHostAddress>
#include <QStringList>

namespace conway {

/// Under which URLs a server listening on `bind` can be opened, best first: what another device in the network is most
/// likely to reach stands at the top, adapters of virtual machines and containers below, this machine itself last.
/// Never empty: without any network it is the loopback.
[[nodiscard]] QStringList reachableUrls(const QHostAddress &bind, quint16 port);

/// "http://192.168.1.5:8000/", with the brackets an IPv6 address needs.
[[nodiscard]] QString urlOf(const QHostAddress &address, quint16 port);

} // namespace conway
