#include "server/Server.h"

#include "server/LocalAddresses.h"
#include "server/Logging.h"
#include "server/SelfCheck.h"

#include <QRandomGenerator>
#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr auto kLookForAddressesEvery = std::chrono::seconds(3);

/// How many ports after the wanted one are tried before any free one is offered: people remember 8001.
constexpr int kNeighbouringPorts = 20;

QString randomInstance()
{
    return QString::number(QRandomGenerator::global()->generate64(), 16).rightJustified(16, u'0');
}

/// A port on which one could listen right now; 0 when there is none.
quint16 findFreePort(const QHostAddress &bind, quint16 wanted)
{
    for (int offset = 1; offset <= kNeighbouringPorts && wanted + offset <= 0xffff; ++offset) {
        QTcpServer probe;
        if (probe.listen(bind, static_cast<quint16>(wanted + offset)))
            return probe.serverPort();
    }
    QTcpServer probe;
    return probe.listen(bind, 0) ? probe.serverPort() : quint16{0};
}

} // namespace

Server::Server(const ServerConfig &config, const FramePtr &frame, const EngineState &state, QObject *parent)
    : QObject(parent)
    , m_config(config)
    , m_instance(randomInstance())
    , m_wantedPort(config.port)
    , m_access(withPin(config.access))
    , m_hub(frame, state, config.version, config.patience, m_counters, this)
    , m_slow(m_counters, this)
    , m_site([this] { return report(); }, m_slow, m_counters)
    , m_gateway(
          m_site, config.patience, config.places, m_counters, [this] { return m_hub.viewerCount(); }, this)
    , m_addresses(kLookForAddressesEvery, this)
    , m_closeTimer(this)
{
    m_uptime.start();
    m_hub.setTrustsLocalMachine(config.trustsLocalMachine);
    m_hub.setAccess(m_access);
    m_closeTimer.setSingleShot(true);
    connect(&m_gateway, &Gateway::upgraded, &m_hub, &ViewerHub::adopt);
    connect(&m_hub, &ViewerHub::commanded, this, &Server::commanded);
    connect(&m_hub, &ViewerHub::statsTaken, this, &Server::statsTaken);
    connect(&m_hub, &ViewerHub::statsTaken, this, [this] { // once a second
        const auto open = static_cast<quint64>(m_hub.viewerCount() + m_gateway.connectionCount());
        m_spareMemory.tend(m_counters.httpConnections - open);
    });
    connect(&m_hub, &ViewerHub::allGone, this, &Server::onStopped);
    connect(&m_addresses, &AddressWatch::changed, this, [this](const QStringList &urls) {
        qCInfo(lcServer).noquote() << "addresses changed, open" << urls.join(u", "_s);
        m_site.setUrl(urls.constFirst());
        Q_EMIT addressesChanged({m_gateway.port(), urls});
    });
    connect(&m_closeTimer, &QTimer::timeout, this, &Server::onStopped);
}

Server::~Server() = default;

void Server::listen(quint16 port)
{
    m_hub.start();
    if (port != 0)
        m_wantedPort = port;
    m_addresses.stop();
    m_gateway.close();
    if (!m_gateway.listen(m_config.bind, m_wantedPort)) {
        const ListenFailure failure{u"Cannot listen on %1:%2: %3"_s.arg(m_config.bind.toString())
                                        .arg(m_wantedPort)
                                        .arg(m_gateway.listenError()),
                                    findFreePort(m_config.bind, m_wantedPort)};
        qCWarning(lcServer).noquote() << failure.message;
        Q_EMIT listenFailed(failure);
        return;
    }
    m_site.setAccess(
        AccessPolicy(m_gateway.port(), m_config.ownNames, m_config.configuredNames, m_config.allowedOrigins));
    const ListenAddress address{m_gateway.port(), m_addresses.watch([bind = m_config.bind, port = m_gateway.port()] {
                                    return reachableUrls(bind, port);
                                })};
    m_site.setUrl(address.urls.constFirst());
    qCInfo(lcServer).noquote() << u"listening on %1:%2, open %3"_s.arg(m_config.bind.toString())
                                      .arg(address.port)
                                      .arg(address.urls.join(u", "_s));
    Q_EMIT listening(address);
    checkWhoAnswers(address.port);
}

void Server::checkWhoAnswers(quint16 port)
{
    const QHostAddress &bind = m_config.bind;
    if (bind != QHostAddress::AnyIPv4 && bind != QHostAddress::Any && bind != QHostAddress::LocalHost)
        return; // not reachable as 127.0.0.1, so nobody can be in the way
    auto *check = new SelfCheck(port, m_instance, this);
    connect(check, &SelfCheck::finished, this, [this, port](SelfCheck::Outcome outcome) {
        if (outcome != SelfCheck::Outcome::Another || !m_gateway.isListening() || m_gateway.port() != port)
            return;
        qCWarning(lcServer) << "another program answers on 127.0.0.1 port" << port;
        Q_EMIT shadowed(port);
    });
}

void Server::publish(const FramePtr &frame)
{
    m_hub.publish(frame);
    m_slow.forget();
}

void Server::setEngineState(const EngineState &state)
{
    m_hub.setEngineState(state);
}

void Server::onExecuted(const Command &command)
{
    m_hub.onExecuted(command);
}

void Server::setAccess(const AccessSetting &access)
{
    m_access = withPin(access);
    m_hub.setAccess(m_access);
    // The PIN stands in the window.
    qCInfo(lcServer).noquote() << "viewers on other machines:" << toString(m_access.lan);
    Q_EMIT accessChanged(m_access);
}

void Server::shutDown()
{
    m_addresses.stop();
    m_gateway.close();
    m_closeTimer.start(m_config.patience.close);
    m_hub.closeAll();
}

void Server::onStopped()
{
    if (m_stopped) // by the timer, and then the last viewer went after all
        return;
    m_stopped = true;
    m_closeTimer.stop();
    qCInfo(lcServer) << "stopped";
    Q_EMIT stopped();
}

ServerReport Server::report() const
{
    const json::Stats figures = m_hub.figures();
    return {m_config.version,
            m_instance,
            std::chrono::milliseconds(m_uptime.elapsed()),
            m_hub.frame(),
            m_hub.engineState(),
            m_counters,
            figures.viewers,
            m_hub.viewerCount() + m_gateway.connectionCount(),
            figures.attainedPerSecond,
            figures.bytesPerSecond,
            processUsage()};
}

} // namespace conway

#include "moc_Server.cpp"
