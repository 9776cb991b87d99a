#pragma once

#include "server/Limits.h"
#include "server/ServerStats.h"
#include "server/Site.h"

#include <QHostAddress>
#include <QObject>
#include <QTcpServer>
#include <QTimer>

#include <functional>

namespace conway {

/// The one port: listens, accepts, and gives each connection to HTTP.
class Gateway : public QObject
{
    Q_OBJECT

public:
    /// `otherConnections` tells how many more connections there are elsewhere (the viewers): with
    /// those of HTTP they stay below `maxConnections`.
    Gateway(const Site &site, const Patience &patience, int maxConnections, ServerCounters &counters,
            std::function<qsizetype()> otherConnections, QObject *parent = nullptr);
    ~Gateway() override;

    /// Port 0 takes any free one. False: see listenError().
    [[nodiscard]] bool listen(const QHostAddress &address, quint16 port);
    void close();

    [[nodiscard]] bool isListening() const { return m_tcp.isListening(); }
    [[nodiscard]] quint16 port() const { return m_tcp.serverPort(); }
    /// Why listen() failed, as words that follow "Cannot listen on ADDRESS:PORT: ".
    [[nodiscard]] QString listenError() const;

    [[nodiscard]] qsizetype connectionCount() const { return m_connections; }

Q_SIGNALS:
    void upgraded(QTcpSocket *socket);

private:
    void onNewConnection();
    [[nodiscard]] bool isCrowded() const;
    void pause(const QString &why);

    const Site &m_site;
    const Patience m_patience;
    ServerCounters &m_counters;
    const int m_maxConnections;
    const std::function<qsizetype()> m_otherConnections;
    QTcpServer m_tcp;
    QTimer m_retry;
    qsizetype m_connections = 0; ///< in HTTP
};

} // namespace conway
