#include "server/PeerAddress.h"

#include <QtEndian>

namespace conway {

QHostAddress undisguised(const QHostAddress &address)
{
    bool isIPv4 = false;
    const quint32 number = address.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(number) : address;
}

PeerKey peerKey(const QHostAddress &address)
{
    const QHostAddress plain = undisguised(address);
    if (plain.protocol() == QAbstractSocket::IPv4Protocol)
        return {0xffff, plain.toIPv4Address()};
    const Q_IPV6ADDR bytes = plain.toIPv6Address();
    const auto network = qFromBigEndian<quint64>(bytes.c);
    return {network, plain.isLinkLocal() ? qFromBigEndian<quint64>(bytes.c + 8) : 0};
}

bool isLoopback(const QHostAddress &address)
{
    return undisguised(address).isLoopback();
}

} // namespace conway
