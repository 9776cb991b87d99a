#include "server/Gateway.h"

#include "server/OpenFiles.h"

#include <QNetworkProxy>

#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

Gateway::Gateway(const Site &site, const Patience &patience, const Places &places, ServerCounters &counters,
                 std::function<qsizetype()> viewers, QObject *parent)
    : QObject(parent)
    , m_places(places)
    , m_viewers(std::move(viewers))
    , m_surroundings{
          site, patience, counters, [this] { return m_viewers() < m_places.viewers; },
          [this](const QHostAddress &address) { return m_rates.take(address, TokenBucket::Time::clock::now()); }}
    , m_quota(places.perAddress)
    , m_tcp(this)
    , m_watch(this)
    , m_retry(this)
{
    m_tcp.setProxy(QNetworkProxy::NoProxy);
    m_tcp.setListenBacklogSize(limits::kListenBacklog);
    connect(&m_tcp, &QTcpServer::newConnection, this, &Gateway::onNewConnection);

    // An error pauses QTcpServer for good.
    connect(&m_tcp, &QTcpServer::acceptError, this, [this] { pause(m_tcp.errorString()); });
    connect(&m_watch, &QTimer::timeout, this, &Gateway::pauseWhereFull);
    connect(&m_retry, &QTimer::timeout, this, [this] {
        if (isCrowded() || !canOpenFile())
            return;
        m_retry.stop();
        m_tcp.setMaxPendingConnections(limits::kListenBacklog);
        m_tcp.resumeAccepting();
    });
}

Gateway::~Gateway() = default;

bool Gateway::listen(const QHostAddress &address, quint16 port)
{
    m_tcp.setMaxPendingConnections(limits::kListenBacklog); // 0 if it was closed in a pause
    m_watch.start(limits::kOpenFilesWatch);
    return m_tcp.listen(address, port);
}

void Gateway::close()
{
    m_watch.stop();
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
    return m_connections + m_viewers() >= m_places.connections + limits::kRefusals;
}

void Gateway::pause(const QString &why)
{
    m_tcp.pauseAccepting();
    m_tcp.setMaxPendingConnections(0); // or Qt, when many wait, would first accept them all
    if (m_retry.isActive())
        return;
    m_surroundings.counters.limits.reached(Limit::Accepting, u"it pauses: "_s + why);
    m_retry.start(limits::kAcceptRetry);
}

void Gateway::onNewConnection()
{
    while (QTcpSocket *socket = m_tcp.nextPendingConnection()) {
        if (m_connections + m_viewers() >= m_places.connections) {
            m_surroundings.counters.limits.reached(Limit::Connections,
                                                   socket->peerAddress().toString() + u" has to wait"_s);
            serve(socket)->refuse(HttpResponse::unavailable("All places are taken. Try again in a while."));
        } else if (!m_quota.seat(socket)) {
            refuse(socket);
        } else {
            serve(socket);
        }
    }
    pauseWhereFull(); // again, if it was: nextPendingConnection() has just ended the pause
}

/// Before accepting fails for want of a descriptor: Qt does not tell of that after it once failed for want of
/// connections (6.4.2: a listening socket keeps its first error), and would try again without end. Looked for now and
/// then, too, since others in this process open files.
void Gateway::pauseWhereFull()
{
    if (isCrowded())
        pause(u"all places are taken"_s);
    else if (!canOpenFile())
        pause(u"this process may open no more files"_s);
}

HttpConnection *Gateway::serve(QTcpSocket *socket)
{
    auto *connection = new HttpConnection(socket, m_surroundings, this);
    ++m_connections;
    connect(connection, &HttpConnection::upgraded, this, &Gateway::upgraded);
    connect(connection, &QObject::destroyed, this, [this] { --m_connections; });
    return connection;
}

/// Tells an address that it has too many connections; if it does not stop then, without a word, since those that are
/// told take places too.
void Gateway::refuse(QTcpSocket *socket)
{
    m_surroundings.counters.limits.reached(Limit::ConnectionsPerAddress, socket->peerAddress().toString());
    if (m_refusals >= limits::kRefusals) {
        socket->abort();
        socket->deleteLater();
        return;
    }
    HttpConnection *connection = serve(socket);
    ++m_refusals;
    connect(connection, &QObject::destroyed, this, [this] { --m_refusals; });
    connection->refuse(HttpResponse::unavailable("Your address has as many connections as one may have."));
}

} // namespace conway

#include "moc_Gateway.cpp"
