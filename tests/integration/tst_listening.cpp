#include "server/HttpConnection.h"
#include "server/LocalAddresses.h"
#include "server/SelfCheck.h"
#include "tests/server/AskedMetrics.h"
#include "tests/server/RawClient.h"
#include "tests/server/ServerFixture.h"
#include "tests/server/TestViewer.h"

#include <QTcpServer>

#include <memory>
#include <vector>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ServerConfig configFor(quint16 port)
{
    ServerConfig config;
    config.bind = QHostAddress::LocalHost;
    config.port = port;
    return config;
}

} // namespace

/// The server's own life: finding a port, failing to, ending.
class TestListening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<ListenAddress>();
        qRegisterMetaType<ListenFailure>();
    }

    void tellsWhereItCanBeReached()
    {
        const ConwayEngine engine({gliderUniverse(8, 8), Rule()});
        Server server(configFor(0), engine.frame(), engine.state());
        const QSignalSpy listening(&server, &Server::listening);
        server.listen();
        QCOMPARE(listening.count(), 1);
        const auto address = listening.first().first().value<ListenAddress>();
        QVERIFY(address.port > 0);
        QCOMPARE(address.urls, QStringList(u"http://127.0.0.1:%1/"_s.arg(address.port)));
    }

    void aTakenPortIsNamedAndAnotherOffered()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const ConwayEngine engine({gliderUniverse(8, 8), Rule()});
        Server server(configFor(other.serverPort()), engine.frame(), engine.state());
        const QSignalSpy listening(&server, &Server::listening);
        const QSignalSpy failed(&server, &Server::listenFailed);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^Cannot listen on 127.0.0.1:\\d+: another program"_s));
        server.listen();
        QCOMPARE(failed.count(), 1);
        const auto failure = failed.first().first().value<ListenFailure>();
        QVERIFY(failure.message.contains(u"127.0.0.1:%1"_s.arg(other.serverPort())));
        QVERIFY(failure.freePort != 0);
        QVERIFY(failure.freePort != other.serverPort());

        server.listen(failure.freePort);
        QCOMPARE(listening.count(), 1);
        QCOMPARE(listening.first().first().value<ListenAddress>().port, failure.freePort);
    }

    void tryingAgainTriesTheSamePort()
    {
        auto other = std::make_unique<QTcpServer>();
        QVERIFY(other->listen(QHostAddress::LocalHost));
        const quint16 port = other->serverPort();
        const ConwayEngine engine({gliderUniverse(8, 8), Rule()});
        Server server(configFor(port), engine.frame(), engine.state());
        const QSignalSpy listening(&server, &Server::listening);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"another program"_s));
        server.listen();
        other.reset();
        server.listen();
        QCOMPARE(listening.first().first().value<ListenAddress>().port, port);
    }

    void listeningAgainAcceptsAgain()
    {
        Patience patience;
        patience.http = 1min;
        patience.linger = 2s; // so long the refused take places
        Places places;
        places.connections = 1;
        ServerFixture fixture(gliderUniverse(8, 8), patience, places);
        std::vector<std::unique_ptr<RawClient>> crowd;
        for (int i = 0; i < 2 * limits::kRefusals; ++i)
            crowd.push_back(std::make_unique<RawClient>(fixture.port));
        const auto connections = [&fixture] { return fixture.server.findChildren<HttpConnection *>().size(); };
        QTRY_COMPARE(connections(), places.connections + limits::kRefusals); // accepting pauses, and the rest waits
        fixture.server.listen();
        crowd.clear();
        QTRY_COMPARE(connections(), 0);
        RawClient client(fixture.port);
        client.send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(fixture.port) + "\r\n\r\n");
        QTRY_COMPARE(client.status(), 200);
        client.reset();
        QTRY_COMPARE(connections(), 0);
        QVERIFY(timesReached(fixture, "accepting") > 0);
    }

    void anAddressOfAnotherMachineIsRefused()
    {
        const ConwayEngine engine({gliderUniverse(8, 8), Rule()});
        ServerConfig config = configFor(0);
        config.bind = QHostAddress(u"192.0.2.1"_s); // RFC 5737: nobody's
        Server server(config, engine.frame(), engine.state());
        const QSignalSpy failed(&server, &Server::listenFailed);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not have that address"_s));
        server.listen();
        QCOMPARE(failed.first().first().value<ListenFailure>().freePort, 0);
    }

    void restartsOnTheSamePort()
    {
        quint16 port = 0;
        {
            const ServerFixture fixture;
            port = fixture.port;
            // A viewer leaves its socket in TIME_WAIT on the server's side.
            const TestViewer viewer(fixture.url());
            QTRY_COMPARE(viewer.messages.size(), 1);
        }
        const ConwayEngine engine({gliderUniverse(8, 8), Rule()});
        Server server(configFor(port), engine.frame(), engine.state());
        const QSignalSpy listening(&server, &Server::listening);
        server.listen();
        QCOMPARE(listening.count(), 1);
    }

    void allAddressesAreListedTheMachinesOwnLast()
    {
        const QStringList urls = reachableUrls(QHostAddress::AnyIPv4, 8000);
        QVERIFY(!urls.isEmpty());
        QCOMPARE(urls.last(), u"http://127.0.0.1:8000/"_s);
        for (const QString &url : urls)
            QVERIFY2(QRegularExpression(u"^http://[0-9.]+:8000/$"_s).match(url).hasMatch(), qPrintable(url));
        QCOMPARE(reachableUrls(QHostAddress(u"::1"_s), 80), QStringList(u"http://[::1]:80/"_s));
        QVERIFY(reachableUrls(QHostAddress::AnyIPv6, 8000).contains(u"http://[::1]:8000/"_s));
    }

    void endingClosesViewersWith1001()
    {
        ServerFixture fixture;
        const TestViewer first(fixture.url());
        const TestViewer second(fixture.url());
        QTRY_COMPARE(first.messages.size(), 1);
        QTRY_COMPARE(second.messages.size(), 1);
        const QSignalSpy stopped(&fixture.server, &Server::stopped);
        fixture.server.shutDown();
        QTRY_COMPARE(first.socket.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
        QTRY_COMPARE(second.socket.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
        QTRY_COMPARE(stopped.count(), 1);
        RawClient late(fixture.port);
        QVERIFY(late.isClosed());
    }

    void endingDoesNotWaitForADeafViewer()
    {
        Patience patience;
        patience.close = 300ms;
        CellGrid cells(256, 256);
        ServerFixture fixture(cells, patience);
        RawClient deaf(fixture.port);
        deaf.turnDeaf();
        deaf.send(RawClient::handshake(fixture.port));
        QTRY_VERIFY(fixture.stats.viewers.size() == 1);
        for (int i = 0; i < 40; ++i)
            fixture.engine.reset(u"test"_s); // snapshots of 131 KB, more than the kernel keeps for a reader
        const QSignalSpy stopped(&fixture.server, &Server::stopped);
        fixture.server.shutDown();
        QTRY_VERIFY(stopped.count() >= 1);
    }

    void endingWithoutViewersIsAtOnce()
    {
        ServerFixture fixture;
        const QSignalSpy stopped(&fixture.server, &Server::stopped);
        fixture.server.shutDown();
        QCOMPARE(stopped.count(), 1);
    }

    void selfCheckTellsAnotherProgram()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        connect(&other, &QTcpServer::newConnection, this, [&other] {
            QTcpSocket *socket = other.nextPendingConnection();
            socket->write("HTTP/1.1 200 OK\r\n\r\n{\"instance\":\"another\"}");
            socket->disconnectFromHost();
        });
        auto *check = new SelfCheck(other.serverPort(), u"ours"_s, this);
        const QSignalSpy finished(check, &SelfCheck::finished);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.first().first().value<SelfCheck::Outcome>(), SelfCheck::Outcome::Another);
    }

    void aSelfCheckThatNobodyAnswersAccusesNobody()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const quint16 port = other.serverPort();
        other.close();
        auto *check = new SelfCheck(port, u"ours"_s, this);
        const QSignalSpy finished(check, &SelfCheck::finished);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.first().first().value<SelfCheck::Outcome>(), SelfCheck::Outcome::NoAnswer);
    }

    void aSelfCheckThatIsGivenUpSaysNothing()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        int finished = 0;
        {
            const SelfCheck check(other.serverPort(), u"ours"_s, nullptr);
            connect(&check, &SelfCheck::finished, this, [&finished] { ++finished; });
            QTRY_VERIFY(other.hasPendingConnections());
            const auto *socket = check.findChild<QTcpSocket *>();
            QTRY_COMPARE(socket->state(), QAbstractSocket::ConnectedState);
        }
        QCOMPARE(finished, 0);
    }

    void selfCheckKnowsItself()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        connect(&other, &QTcpServer::newConnection, this, [&other] {
            QTcpSocket *socket = other.nextPendingConnection();
            socket->write("HTTP/1.1 200 OK\r\n\r\n{\"instance\":\"ours\"}");
            socket->disconnectFromHost();
        });
        auto *check = new SelfCheck(other.serverPort(), u"ours"_s, this);
        const QSignalSpy finished(check, &SelfCheck::finished);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.first().first().value<SelfCheck::Outcome>(), SelfCheck::Outcome::Ourselves);
    }
};

int main(int argc, char **argv)
{
    return runOnServerLoop<TestListening>(argc, argv);
}

#include "tst_listening.moc"
