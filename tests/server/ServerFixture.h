#pragma once

#include "core/ConwayEngine.h"
#include "server/Server.h"

#include <QSignalSpy>
#include <QTest>

namespace conway {

/// A server on a free port of the loopback with a universe behind it, all on the test's thread: the test decides when a
/// generation passes.
class ServerFixture
{
public:
    explicit ServerFixture(const CellGrid &cells = gliderUniverse(8, 8), const Patience &patience = {})
        : engine({cells, Rule()})
        , server(configWith(patience), engine.frame(), engine.state())
    {
        qRegisterMetaType<ServerStats>();
        QObject::connect(&engine, &ConwayEngine::published, &server, &Server::publish);
        QObject::connect(&engine, &ConwayEngine::stateChanged, &server, &Server::setEngineState);
        QObject::connect(&server, &Server::commanded, &engine, &ConwayEngine::execute);
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
    static ServerConfig configWith(const Patience &patience)
    {
        ServerConfig config;
        config.bind = QHostAddress::LocalHost;
        config.port = 0;
        config.patience = patience;
        config.version = QStringLiteral("0.0.0-test");
        return config;
    }
};

} // namespace conway
