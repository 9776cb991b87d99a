#include "app/Desktop.h"

#include <chrono>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

ConnectionStats inWindowTerms(const ServerStats &stats)
{
    ConnectionStats result;
    result.viewers.reserve(stats.viewers.size());
    for (const ViewerInfo &viewer : stats.viewers) {
        ViewerRow row;
        row.id = viewer.id;
        row.address = viewer.address;
        row.operates = viewer.role == Role::Operator;
        row.connectedSince = viewer.connectedSince;
        row.messagesSent = viewer.messagesSent;
        row.bytesSent = viewer.bytesSent;
        if (viewer.roundTrip)
            row.roundTripMs = std::chrono::duration<double, std::milli>(*viewer.roundTrip).count();
        result.viewers.append(row);
    }
    result.messagesSent = stats.messagesSent;
    result.bytesSent = stats.bytesSent;
    result.viewersEver = stats.viewersAccepted;
    result.bytesPerSecond = stats.bytesPerSecond;
    return result;
}

AccessChoice inWindowTerms(const AccessSetting &access)
{
    switch (access.lan) {
    case LanAccess::Operate:
        return {AccessChoice::Lan::Operate, access.pin};
    case LanAccess::Watch:
        return {AccessChoice::Lan::Watch, access.pin};
    case LanAccess::Pin:
        return {AccessChoice::Lan::Pin, access.pin};
    }
    Q_UNREACHABLE();
}

AccessSetting inServerTerms(const AccessChoice &choice)
{
    switch (choice.lan) {
    case AccessChoice::Lan::Operate:
        return {LanAccess::Operate, choice.pin};
    case AccessChoice::Lan::Watch:
        return {LanAccess::Watch, choice.pin};
    case AccessChoice::Lan::Pin:
        return {LanAccess::Pin, choice.pin};
    }
    Q_UNREACHABLE();
}

} // namespace

Desktop::Desktop(Application &application, Settings &settings, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_settings(settings)
    , m_window(settings.store())
{
    const ConwayEngine *engine = application.engine();
    const Server *server = application.server();

    connect(engine, &ConwayEngine::published, &m_mailbox, &FrameMailbox::post, Qt::DirectConnection);
    connect(
        &m_mailbox, &FrameMailbox::arrived, &m_window,
        [this] {
            if (const FramePtr frame = m_mailbox.take())
                m_window.setFrame(frame);
        },
        Qt::QueuedConnection);
    connect(engine, &ConwayEngine::stateChanged, &m_window, &MainWindow::setEngineState);
    connect(engine, &ConwayEngine::stateChanged, this, [this](const EngineState &state) {
        // A viewer's choice of speed lasts as long as the run, the user's own is remembered; but not turbo, in which
        // nobody wants to be met by the program.
        if (state.cause == u"speed" && state.by == kHost && state.intervalMs != ConwayEngine::kTurbo)
            m_settings.setIntervalMs(state.intervalMs);
    });
    connect(server, &Server::statsTaken, &m_window,
            [this](const ServerStats &stats) { m_window.setConnectionStats(inWindowTerms(stats)); });
    connect(server, &Server::listening, this, &Desktop::onListening);
    connect(server, &Server::addressesChanged, this, [this](const ListenAddress &address) {
        m_network.addresses = address.urls;
        m_window.setNetworkStatus(m_network);
    });
    connect(server, &Server::listenFailed, this, &Desktop::onListenFailed);
    connect(server, &Server::accessChanged, this, [this](const AccessSetting &access) {
        m_settings.setAccess(access); // only the window's user can have changed it
        m_window.setAccess(inWindowTerms(access));
    });
    connect(server, &Server::shadowed, this, &Desktop::onShadowed);

    connect(&m_window, &MainWindow::commanded, &application, &Application::execute);
    connect(&m_window, &MainWindow::listenRequested, this, &Desktop::onListenRequested);
    connect(&m_window, &MainWindow::accessChosen, &application,
            [&application](const AccessChoice &choice) { application.setAccess(inServerTerms(choice)); });
    connect(&m_window, &MainWindow::closed, &application, &Application::end);

    m_window.setFrame(application.firstFrame());
    m_window.setEngineState(application.firstState());
    m_window.setAccess(inWindowTerms(application.firstAccess()));
}

Desktop::~Desktop()
{
    // The engine posts into our mailbox from its thread: no more of that before it goes.
    m_application.join();
}

void Desktop::show(bool minimized)
{
    if (minimized)
        m_window.showMinimized();
    else
        m_window.show();
}

void Desktop::onListening(const ListenAddress &address)
{
    if (m_requestedPort == address.port)
        m_settings.setPort(address.port);
    m_requestedPort = 0;
    m_network = {true, address.urls, {}, 0};
    m_window.setNetworkStatus(m_network);
}

void Desktop::onListenFailed(const ListenFailure &failure)
{
    m_network = {false, {}, failure.message, failure.freePort};
    m_window.setNetworkStatus(m_network);
}

void Desktop::onShadowed(quint16 port)
{
    m_network.problem = tr("Another program answers on port %1 on this machine. Other devices reach the universe, but "
                           "browsers here may not; end the other program or use another port.")
                            .arg(port);
    m_network.offeredPort = 0;
    m_window.setNetworkStatus(m_network);
}

void Desktop::onListenRequested(quint16 port)
{
    if (port != 0)
        m_requestedPort = port;
    m_application.listen(port);
}

} // namespace conway

#include "moc_Desktop.cpp"
