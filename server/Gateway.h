#pragma once

#include "server/AddressQuota.h"
#include "server/HttpConnection.h"
#include "server/Limits.h"
#include "server/Places.h"
#include "server/RequestRates.h"
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
    /// `viewers` tells how many connections went on to be viewers and are there still.
    Gateway(const Site &site, const Patience &patience, const Places &places, ServerCounters &counters,
            std::function<qsizetype()> viewers, QObject *parent = nullptr);
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
    void upgraded(QTcpSocket *socket, bool isBinary);

private:
    void onNewConnection();
    HttpConnection *serve(QTcpSocket *socket);
    void refuse(QTcpSocket *socket);
    [[nodiscard]] bool isCrowded() const;
    void pauseWhereFull();
    void pause(const QString &why);

    const Places m_places;
    const std::function<qsizetype()> m_viewers;
    const HttpSurroundings m_surroundings;
    AddressQuota m_quota;
    RequestRates m_rates;
    QTcpServer m_tcp;
    QTimer m_watch;
    QTimer m_retry;
    qsizetype m_connections = 0; ///< in HTTP
    qsizetype m_refusals = 0;    ///< among those, of addresses that have too many
};

} // namespace conway
