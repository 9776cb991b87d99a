#pragma once

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

/// Both ends of a connection within the test.
struct SocketPair {
    SocketPair()
    {
        if (!server.listen(QHostAddress::LocalHost))
            return;
        reader.connectToHost(QHostAddress::LocalHost, server.serverPort());
        if (reader.waitForConnected() && QTest::qWaitFor([this] { return server.hasPendingConnections(); }))
            writer = server.nextPendingConnection();
    }

    QTcpServer server;
    QTcpSocket reader;
    QTcpSocket *writer = nullptr; ///< the server's child; null: there is no connection
};
