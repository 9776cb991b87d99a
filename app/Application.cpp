#include "app/Application.h"

#include "server/ServerLoop.h"

using namespace Qt::StringLiterals;

namespace conway {

Application::Application(const Universe &universe, int intervalMs, const ServerConfig &config, qint64 historyBudget,
                         QObject *parent)
    : QObject(parent)
    , m_engine(new ConwayEngine(universe, intervalMs, historyBudget))
    , m_server(new Server(config, m_engine->frame(), m_engine->state()))
    , m_firstFrame(m_engine->frame())
    , m_firstState(m_engine->state())
    , m_firstAccess(m_server->access())
{
    qRegisterMetaType<FramePtr>();
    qRegisterMetaType<EngineState>();
    qRegisterMetaType<Command>();
    qRegisterMetaType<ServerStats>();
    qRegisterMetaType<ListenAddress>();
    qRegisterMetaType<ListenFailure>();
    qRegisterMetaType<AccessSetting>();

    m_engineThread.setObjectName(u"engine"_s);
    m_serverThread.setObjectName(u"server"_s);
    m_engine->moveToThread(&m_engineThread);
    m_server->moveToThread(&m_serverThread);
    connect(&m_engineThread, &QThread::finished, m_engine, &QObject::deleteLater);
    connect(&m_serverThread, &QThread::finished, m_server, &QObject::deleteLater);

    // Frames: on the engine's thread into the box, on the server's out of it.
    connect(m_engine, &ConwayEngine::published, &m_mailbox, &FrameMailbox::post, Qt::DirectConnection);
    connect(
        &m_mailbox, &FrameMailbox::arrived, m_server,
        [this, server = m_server] {
            if (const FramePtr frame = m_mailbox.take())
                server->publish(frame);
        },
        Qt::QueuedConnection);
    connect(m_engine, &ConwayEngine::stateChanged, m_server, &Server::setEngineState);
    connect(m_server, &Server::commanded, m_engine, &ConwayEngine::execute);
    connect(m_engine, &ConwayEngine::executed, m_server, &Server::onExecuted);
    connect(m_server, &Server::stopped, this, [this] {
        join();
        Q_EMIT ended();
    });

#ifdef Q_OS_UNIX
    // The engine's thread, and where there is no loop of our own the server's, too, then get Qt's plain event loop
    // instead of the one on GLib, which looks at every socket again for each event.
    qputenv("QT_NO_THREADED_GLIB", "1");
#endif
    if (QAbstractEventDispatcher *loop = newServerLoop())
        m_serverThread.setEventDispatcher(loop);
    m_engineThread.start();
    m_serverThread.start();
}

Application::~Application()
{
    join();
}

void Application::join()
{
    m_engineThread.quit();
    m_serverThread.quit();
    m_engineThread.wait();
    m_serverThread.wait();
}

void Application::start(bool stopped)
{
    listen(0);
    if (!stopped)
        execute({StartCommand{}, QString::fromUtf16(kHost)});
}

void Application::listen(quint16 port)
{
    if (m_ending)
        return;
    QMetaObject::invokeMethod(
        m_server, [server = m_server, port] { server->listen(port); }, Qt::QueuedConnection);
}

void Application::execute(const Command &command)
{
    if (m_ending)
        return;
    QMetaObject::invokeMethod(
        m_engine, [engine = m_engine, command] { engine->execute(command); }, Qt::QueuedConnection);
}

void Application::setAccess(const AccessSetting &access)
{
    if (m_ending)
        return;
    QMetaObject::invokeMethod(
        m_server, [server = m_server, access] { server->setAccess(access); }, Qt::QueuedConnection);
}

void Application::end()
{
    if (m_ending)
        return;
    m_ending = true;
    QMetaObject::invokeMethod(m_server, &Server::shutDown, Qt::QueuedConnection);
}

} // namespace conway

#include "moc_Application.cpp"
