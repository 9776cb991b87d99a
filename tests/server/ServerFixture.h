#pragma once

#include "core/ConwayEngine.h"
#include "server/Server.h"
#include "server/ServerLoop.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

namespace conway {

/// A server on a free port of the loopback with a universe behind it, all on the test's thread: the test decides when a
/// generation passes.
class ServerFixture
{
public:
    explicit ServerFixture(const CellGrid &cells = gliderUniverse(8, 8), const Patience &patience = {},
                           const Places &places = {}, const QHostAddress &bind = QHostAddress::LocalHost)
        : ServerFixture(cells, configWith(patience, places, bind))
    {
    }

    /// On any free port, whatever `config` says.
    ServerFixture(const CellGrid &cells, ServerConfig config)
        : engine({cells, Rule()})
        , server(onAnyPort(config), engine.frame(), engine.state())
    {
        qRegisterMetaType<ServerStats>();
        QObject::connect(&engine, &ConwayEngine::published, &server, &Server::publish);
        QObject::connect(&engine, &ConwayEngine::stateChanged, &server, &Server::setEngineState);
        QObject::connect(&server, &Server::commanded, &engine, &ConwayEngine::execute);
        QObject::connect(&engine, &ConwayEngine::executed, &server, &Server::onExecuted);
        QObject::connect(&server, &Server::listening, &server,
                         [this](const ListenAddress &address) { port = address.port; });
        QObject::connect(&server, &Server::statsTaken, &server, [this](const ServerStats &taken) { stats = taken; });
        server.listen();
    }

    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("ws://127.0.0.1:%1/ws").arg(port)); }

    void step() { engine.step(QStringLiteral("test")); }

    ConwayEngine engine;
    Server server;
    quint16 port = 0;
    ServerStats stats; ///< of the newest second

private:
    static ServerConfig configWith(const Patience &patience, const Places &places, const QHostAddress &bind)
    {
        ServerConfig config;
        config.bind = bind;
        config.places = places;
        config.patience = patience;
        return config;
    }

    static ServerConfig &onAnyPort(ServerConfig &config)
    {
        config.port = 0;
        config.version = QStringLiteral("0.0.0-test");
        return config;
    }
};

/// main() of a test with such servers: everything is on the event loop that the program gives its server.
template <class Test>
int runOnServerLoop(int argc, char **argv)
{
    if (QAbstractEventDispatcher *loop = newServerLoop())
        QCoreApplication::setEventDispatcher(loop); // before there is an application, which would bring Qt's
    const QCoreApplication application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace conway
