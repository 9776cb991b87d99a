#include "server/AddressQuota.h"

#include <QtEndian>

#include <utility>

namespace conway {

/// A child of its socket.
class AddressQuota::Place : public QObject
{
public:
    Place(std::shared_ptr<Counts> taken, Key key, QTcpSocket *socket)
        : QObject(socket)
        , m_taken(std::move(taken))
        , m_key(std::move(key))
    {
        ++(*m_taken)[m_key];
    }
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;
    ~Place() override
    {
        if (--(*m_taken)[m_key] == 0)
            m_taken->remove(m_key);
    }

private:
    std::shared_ptr<Counts> m_taken;
    Key m_key;
};

AddressQuota::Key AddressQuota::keyOf(const QHostAddress &address)
{
    bool isIPv4 = false; // also in the form that a socket for both has, ::ffff:192.168.1.5
    const quint32 number = address.toIPv4Address(&isIPv4);
    if (isIPv4)
        return {0xffff, number};
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const auto network = qFromBigEndian<quint64>(bytes.c);
    return {network, address.isLinkLocal() ? qFromBigEndian<quint64>(bytes.c + 8) : 0};
}

bool AddressQuota::seat(QTcpSocket *socket)
{
    const QHostAddress address = socket->peerAddress();
    if (address.isLoopback())
        return true;
    const Key key = keyOf(address);
    if (m_taken->value(key) >= m_perAddress)
        return false;
    new Place(m_taken, key, socket);
    return true;
}

} // namespace conway
