#pragma once

#include <QHash>
#include <QHostAddress>
#include <QTcpSocket>

#include <memory>
#include <utility>

namespace conway {

/// How many connections each address has, so that one machine cannot take the places of all others.
///
/// A place belongs to its socket and is free again when that is deleted, whoever owns it by then: a viewer keeps the
/// place it came with.
///
/// IPv6 counts by networks of 64 bits, of which a machine gets one to choose addresses from (RFC 4291 §2.5.4); only
/// link-local addresses, which share a single one, count singly. Loopback is free: it is this machine's own.
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
    [[nodiscard]] int taken(const QHostAddress &address) const { return m_taken->value(keyOf(address)); }

private:
    using Key = std::pair<quint64, quint64>;
    using Counts = QHash<Key, int>;
    class Place;

    static Key keyOf(const QHostAddress &address);

    int m_perAddress;
    std::shared_ptr<Counts> m_taken = std::make_shared<Counts>();
};

} // namespace conway
