#include "server/Gateway.h"

#include "server/HttpConnection.h"
#include "server/Logging.h"

#include <QNetworkProxy>

#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

Gateway::Gateway(const Site &site, const Patience &patience, int maxConnections, ServerCounters &counters,
                 std::function<qsizetype()> otherConnections, QObject *parent)
    : QObject(parent)
    , m_site(site)
    , m_patience(patience)
    , m_counters(counters)
    , m_maxConnections(maxConnections)
    , m_otherConnections(std::move(otherConnections))
    , m_tcp(this)
    , m_retry(this)
{
    m_tcp.setProxy(QNetworkProxy::NoProxy);
    m_tcp.setListenBacklogSize(limits::kListenBacklog);
    m_tcp.setMaxPendingConnections(limits::kListenBacklog);
    connect(&m_tcp, &QTcpServer::newConnection, this, &Gateway::onNewConnection);

    // Out of descriptors, QTcpServer stops accepting for good.
    m_retry.setSingleShot(true);
    connect(&m_tcp, &QTcpServer::acceptError, this, [this] {
        qCWarning(lcServer).noquote() << "cannot accept:" << m_tcp.errorString();
        m_retry.start(limits::kAcceptRetry);
    });
    connect(&m_retry, &QTimer::timeout, &m_tcp, &QTcpServer::resumeAccepting);
}

Gateway::~Gateway() = default;

bool Gateway::listen(const QHostAddress &address, quint16 port)
{
    return m_tcp.listen(address, port);
}

void Gateway::close()
{
    m_retry.stop();
    m_tcp.close();
}

QString Gateway::listenError() const
{
    switch (m_tcp.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return u"another program is using this port."_s;
    case QAbstractSocket::SocketAccessError:
        return u"this user is not allowed to open this port."_s;
    case QAbstractSocket::SocketAddressNotAvailableError:
        return u"this machine does not have that address."_s;
    default:
        return m_tcp.errorString() + u'.';
    }
}

void Gateway::onNewConnection()
{
    while (QTcpSocket *socket = m_tcp.nextPendingConnection()) {
        const bool full = m_connections + m_otherConnections() >= m_maxConnections;
        auto *connection = new HttpConnection(socket, m_site, m_patience, m_counters, this);
        ++m_connections;
        connect(connection, &HttpConnection::upgraded, this, &Gateway::upgraded);
        connect(connection, &QObject::destroyed, this, [this] { --m_connections; });
        if (full) {
            HttpResponse response = HttpResponse::error(503, "All places are taken. Try again in a while.");
            response.add("Retry-After", "30");
            connection->refuse(response);
        }
    }
}

} // namespace conway
