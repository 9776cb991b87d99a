#pragma once

#include "server/PeerAddress.h"

#include <QHash>
#include <QHostAddress>
#include <QTcpSocket>

#include <memory>

namespace conway {

/// How many connections each address has, so that one machine cannot take the places of all others.
///
/// A place belongs to its socket and is free again when that is deleted, whoever owns it by then: a viewer keeps the
/// place it came with.
///
/// What counts as one address is peerKey()'s; loopback is free.
class AddressQuota
{
public:
    explicit AddressQuota(int perAddress)
        : m_perAddress(perAddress)
    {
    }

    /// Gives the socket a place; false when its address has as many as it may. Does not need to outlive the socket.
    [[nodiscard]] bool seat(QTcpSocket *socket);

    /// How many places that address has.
    [[nodiscard]] int taken(const QHostAddress &address) const { return m_taken->value(peerKey(address)); }

private:
    using Counts = QHash<PeerKey, int>;
    class Place;

    int m_perAddress;
    std::shared_ptr<Counts> m_taken = std::make_shared<Counts>();
};

} // namespace conway
