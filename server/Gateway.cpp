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

    // An error pauses QTcpServer for good.
    connect(&m_tcp, &QTcpServer::acceptError, this, [this] { pause(m_tcp.errorString()); });
    connect(&m_retry, &QTimer::timeout, this, [this] {
        if (isCrowded())
            return;
        m_retry.stop();
        m_tcp.resumeAccepting();
    });
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

bool Gateway::isCrowded() const
{
    return m_connections + m_otherConnections() >= m_maxConnections + limits::kRefusals;
}

void Gateway::pause(const QString &why)
{
    m_tcp.pauseAccepting();
    if (m_retry.isActive())
        return;
    qCWarning(lcServer).noquote() << "accepting pauses:" << why;
    m_retry.start(limits::kAcceptRetry);
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
    // Before the last descriptor is gone: Qt does not tell when accepting fails for want of one after it once failed
    // for want of connections (6.4.2: a listening socket keeps its first error), and would try again without end.
    // (And nextPendingConnection() has just ended the pause.)
    if (isCrowded())
        pause(u"all places are taken"_s);
}

} // namespace conway
