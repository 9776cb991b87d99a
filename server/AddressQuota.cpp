#include "server/AddressQuota.h"

#include <utility>

namespace conway {

/// A child of its socket.
class AddressQuota::Place : public QObject
{
public:
    Place(std::shared_ptr<Counts> taken, PeerKey key, QTcpSocket *socket)
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
    PeerKey m_key;
};

bool AddressQuota::seat(QTcpSocket *socket)
{
    const QHostAddress address = socket->peerAddress();
    if (address.isNull() || isLoopback(address)) // of none: reset before it was accepted, and gone in a moment
        return true;
    const PeerKey key = peerKey(address);
    if (m_taken->value(key) >= m_perAddress)
        return false;
    new Place(m_taken, key, socket);
    return true;
}

} // namespace conway
