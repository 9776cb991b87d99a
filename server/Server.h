#pragma once

#include "core/Command.h"
#include "core/EngineState.h"
#include "core/Frame.h"
#include "server/AddressWatch.h"
#include "server/Gateway.h"
#include "server/LanAccess.h"
#include "server/ServerStats.h"
#include "server/Site.h"
#include "server/SlowBodies.h"
#include "server/SpareMemory.h"
#include "server/ViewerHub.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace conway {

/// What the server needs to know of its surroundings; fixed for a run.
struct ServerConfig {
    QHostAddress bind = QHostAddress::AnyIPv4;
    quint16 port = 8000; ///< 0: any free one
    QStringList allowedOrigins;
    QStringList ownNames;        ///< this machine's host names
    QStringList configuredNames; ///< further DNS names it is reached by, as --name takes them
    AccessSetting access;
    /// Who is on this machine operates, whatever `access` says. Off for tests, whose viewers all are.
    bool trustsLocalMachine = true;
    QString version;
    /// Where fewer files may be open, there are fewer places: placesFor().
    Places places;
    Patience patience;
};

/// Where the server can be reached.
struct ListenAddress {
    quint16 port = 0;
    QStringList urls; ///< best first, never empty
};

/// Why it cannot.
struct ListenFailure {
    QString message;      ///< "Cannot listen on 0.0.0.0:8000: another program is using this port."
    quint16 freePort = 0; ///< one that would do; 0 when none was found
};

/// The network side of the application, whole: one port, the page, the viewers. Lives on a thread of its own; is spoken
/// to through queued connections and answers with signals that carry values.
class Server : public QObject
{
    Q_OBJECT

public:
    Server(const ServerConfig &config, const FramePtr &frame, const EngineState &state, QObject *parent = nullptr);
    ~Server() override;

    /// With a PIN where one is needed, whatever was configured. To be asked before the server's thread begins;
    /// afterwards accessChanged() tells.
    [[nodiscard]] const AccessSetting &access() const { return m_access; }

public Q_SLOTS:
    /// Emits listening() or listenFailed(). `port` 0: the one tried before, at first the configured one.
    void listen(quint16 port = 0);
    void publish(const conway::FramePtr &frame);
    void setEngineState(const conway::EngineState &state);
    /// The engine has done a command, one of commanded() or another.
    void onExecuted(const conway::Command &command);
    /// Who may operate, from now on. A PIN is made where one is needed and none is given. accessChanged() follows.
    void setAccess(const conway::AccessSetting &access);
    /// Stops accepting, closes every viewer with 1001; stopped() follows within Patience::close.
    void shutDown();

Q_SIGNALS:
    void listening(const conway::ListenAddress &address);
    void listenFailed(const conway::ListenFailure &failure);
    /// This machine came to another network; the same port.
    void addressesChanged(const conway::ListenAddress &address);
    /// Another program answers on our port on this machine: see SelfCheck.
    void shadowed(quint16 port);
    void accessChanged(const conway::AccessSetting &access);
    void commanded(const conway::Command &command);
    void statsTaken(const conway::ServerStats &stats);
    void stopped();

private:
    void onStopped();
    void checkWhoAnswers(quint16 port);
    [[nodiscard]] ServerReport report() const;

    const ServerConfig m_config;
    const QString m_instance;
    quint16 m_wantedPort;
    AccessSetting m_access;
    QElapsedTimer m_uptime;
    ServerCounters m_counters;
    ViewerHub m_hub;
    SlowBodies m_slow;
    Site m_site;
    Gateway m_gateway;
    SpareMemory m_spareMemory;
    AddressWatch m_addresses;
    QTimer m_closeTimer;
    bool m_stopped = false;
};

} // namespace conway

Q_DECLARE_METATYPE(conway::ListenAddress)
Q_DECLARE_METATYPE(conway::ListenFailure)
