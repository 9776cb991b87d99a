#include "server/Limits.h"
#include "server/SelfCheck.h"
#include "tests/server/AskedMetrics.h"
#include "tests/server/RawClient.h"
#include "tests/server/ServerFixture.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <vector>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray get(const QByteArray &path, quint16 port, const QByteArray &fields = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n" + fields + "\r\n";
}

} // namespace

/// HTTP over real sockets: what is answered, and that the connection then lives or dies as it must.
class TestHttp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesThePageAndKeepsTheConnection()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(get("/", fixture.port));
        QTRY_VERIFY(client.received.contains("</html>"));
        QCOMPARE(client.status(), 200);
        client.received.clear();
        client.send(get("/healthz", fixture.port));
        QTRY_VERIFY(client.received.contains("\"status\":\"ok\""));
        QVERIFY(!client.isClosed());
    }

    void closesWhenAsked()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(get("/healthz", fixture.port, "Connection: close\r\n"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 200);
        QVERIFY(client.received.contains("Connection: close\r\n"));
    }

    void answersPipelinedRequestsInOrder()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(get("/healthz", fixture.port) + get("/nothing", fixture.port) +
                    get("/metrics", fixture.port, "Connection: close\r\n"));
        QTRY_VERIFY(client.isClosed());
        const qsizetype health = client.received.indexOf("\"status\":\"ok\"");
        const qsizetype nothing = client.received.indexOf("HTTP/1.1 404");
        const qsizetype metrics = client.received.indexOf("conway_generation");
        QVERIFY(health > 0 && nothing > health && metrics > nothing);
    }

    void headHasNoBody()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send("HEAD / HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(fixture.port) +
                    "\r\nConnection: close\r\n\r\n");
        QTRY_VERIFY(client.isClosed());
        QVERIFY(client.received.endsWith("\r\n\r\n"));
        QVERIFY(client.received.contains("Content-Length: "));
    }

    void takesARequestByteByByte()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        const QByteArray request = get("/healthz", fixture.port, "Connection: close\r\n");
        for (const char byte : request) {
            client.send(QByteArray(1, byte));
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 200);
    }

    void refusesAndCloses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("limit");
        const QByteArray none;
        const QByteArray host = "Host: 127.0.0.1:PORT\r\n";
        QTest::newRow("garbage") << "\x01\x02\x03 garbage\r\n\r\n"_ba << 400 << none;
        QTest::newRow("NUL in the path") << QByteArray("GET /static/style.css\0 HTTP/1.1\r\n", 33) + host + "\r\n"
                                         << 400 << none;
        QTest::newRow("no Host") << "GET / HTTP/1.1\r\n\r\n"_ba << 400 << none;
        QTest::newRow("POST") << "POST / HTTP/1.1\r\n" + host + "\r\n" << 405 << none;
        QTest::newRow("body") << "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello" << 413
                              << "request_body"_ba;
        QTest::newRow("long line") << "GET /" + QByteArray(200'000, 'a') << 414 << "request_line_bytes"_ba;
        QTest::newRow("foreign Host") << "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"_ba << 421 << none;
        QTest::newRow("no upgrade") << "GET /ws HTTP/1.1\r\n" + host + "\r\n" << 426 << none;
        QTest::newRow("many lines") << "GET / HTTP/1.1\r\n" + host + QByteArray("X: y\r\n").repeated(20'000) << 431
                                    << "header_lines"_ba;
        QTest::newRow("long header line")
            << "GET / HTTP/1.1\r\n" + host + "X: " + QByteArray(9'000, 'y') << 431 << "header_line_bytes"_ba;
        QTest::newRow("large header") << "GET / HTTP/1.1\r\n" + host +
                                             QByteArray("X: " + QByteArray(7'000, 'y') + "\r\n").repeated(3)
                                      << 431 << "header_bytes"_ba;
        QTest::newRow("HTTP/2") << "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"_ba << 505 << none;
    }
    void refusesAndCloses()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        QFETCH(QByteArray, limit);
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(request.replace("PORT", QByteArray::number(fixture.port)));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), status);
        // RFC 9110 §7.8: whoever names a protocol to change to says in Connection that the line is for its neighbour.
        QCOMPARE(client.field("Connection"), status == 426 ? "close, upgrade"_ba : "close"_ba);
        if (!limit.isEmpty())
            QCOMPARE(timesReached(fixture, limit), 1);
    }

    void pathTricksAre404_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("dots") << "/static/../index.html"_ba;
        QTest::newRow("encoded dots") << "/static/%2e%2e/index.html"_ba;
        QTest::newRow("backslash") << "/static\\..\\index.html"_ba;
        QTest::newRow("encoded NUL") << "/static/style.css%00"_ba;
    }
    void pathTricksAre404()
    {
        QFETCH(QByteArray, path);
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(get(path, fixture.port));
        QTRY_COMPARE(client.status(), 404);
    }

    void trickledRequestsHaveADeadline()
    {
        Patience patience;
        patience.http = 300ms;
        const ServerFixture fixture(gliderUniverse(8, 8), patience);
        RawClient client(fixture.port);
        client.send("GET / HTTP/1.1\r\n");
        // A byte now and then must not extend it.
        QTimer trickle;
        connect(&trickle, &QTimer::timeout, this, [&client] { client.send("x"); });
        trickle.start(50ms);
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 408);
        QCOMPARE(timesReached(fixture, "request_time"), 1);
    }

    void silentConnectionsAreClosed()
    {
        Patience patience;
        patience.http = 200ms;
        const ServerFixture fixture(gliderUniverse(8, 8), patience);
        const RawClient client(fixture.port);
        QTRY_VERIFY(client.isClosed());
        QVERIFY(client.received.isEmpty());
        QCOMPARE(timesReached(fixture, "request_time"), 1);
    }

    void whoWasAnsweredMayAskNoMore()
    {
        Patience patience;
        patience.http = 200ms;
        const ServerFixture fixture(gliderUniverse(8, 8), patience);
        RawClient client(fixture.port);
        client.send(get("/healthz", fixture.port));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 200);
        QCOMPARE(timesReached(fixture, "request_time"), 0); // a browser does so every day
    }

    void whoDoesNotReadItsAnswersIsCutOff()
    {
        Patience patience;
        patience.http = 500ms;
        const ServerFixture fixture(gliderUniverse(8, 8), patience);
        RawClient client(fixture.port);
        client.turnDeaf();
        // Far more answers than the kernel holds for a reader that does not read.
        client.send(get("/static/app.js", fixture.port).repeated(20'000));
        QTRY_VERIFY(metric(fixture, "conway_connections") == 2);
        QTRY_VERIFY(metric(fixture, "conway_connections") == 1);
        QCOMPARE(timesReached(fixture, "answer_time"), 1);
    }

    void whoAsksForMuchAtOnceWaitsInLine()
    {
        const ServerFixture fixture;
        RawClient other(fixture.port);
        other.send(get("/healthz", fixture.port));
        QTRY_COMPARE(other.status(), 200);
        other.received.clear();
        RawClient greedy(fixture.port);
        greedy.send(get("/healthz", fixture.port));
        QTRY_COMPARE(greedy.status(), 200); // so both are being listened to
        constexpr int kMany = 100;          // their answers would fit into what may wait for one connection
        greedy.send(get("/healthz", fixture.port).repeated(kMany));
        other.send(get("/metrics", fixture.port));
        QTRY_VERIFY(other.body().contains("process_cpu"));
        const QByteArray line = "\nconway_http_responses_total{status=\"200\"} ";
        const qsizetype begin = other.received.indexOf(line) + line.size();
        const int answered = other.received.mid(begin, other.received.indexOf('\n', begin) - begin).toInt();
        QVERIFY2(answered < kMany / 2, qPrintable(QString::number(answered)));
        QTRY_COMPARE(greedy.received.count("HTTP/1.1 200 OK"), 1 + kMany);
    }

    void aGoodHandshakeIsUpgraded()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(RawClient::handshake(fixture.port));
        QTRY_VERIFY(client.received.contains("full_state"));
        QVERIFY(client.received.startsWith("HTTP/1.1 101 "));
        QVERIFY(client.received.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    }

    void aHandshakeByteByByteIsUpgraded()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        const QByteArray handshake = RawClient::handshake(fixture.port);
        for (const char byte : handshake) {
            client.send(QByteArray(1, byte));
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(client.received.contains("full_state"));
    }

    void listsOfAHandshakeMayStandOnSeveralLines()
    {
        // RFC 9110 §5.3: they mean the same as one line with commas.
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(fixture.port) +
                    "\r\nUpgrade: h2c, websocket\r\nConnection: Upgrade\r\nConnection: keep-alive\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        QTRY_COMPARE(client.status(), 101);
        QTRY_VERIFY(client.received.contains("full_state"));
    }

    void anEmptyLineBeforeAHandshakeIsForgiven()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send("\r\n" + RawClient::handshake(fixture.port));
        QTRY_VERIFY(client.received.contains("full_state"));
    }

    void aForeignOriginIsForbidden()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(RawClient::handshake(fixture.port, "Origin: http://evil.example\r\n"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 403);
    }

    void framesBeforeTheAnswerAreRefused()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(RawClient::handshake(fixture.port) + RawClient::frame('\x81', "ping"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 400);
    }

    void aHandshakeAfterARequestOnTheSameConnectionIsUpgraded()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(get("/healthz", fixture.port));
        QTRY_COMPARE(client.status(), 200);
        client.received.clear();
        client.send(RawClient::handshake(fixture.port));
        QTRY_VERIFY(client.received.contains("full_state"));
    }

    void comingAndGoingAtAnyMomentLeavesNothing()
    {
        ServerFixture fixture;
        for (int bytes = 0; bytes < 190; bytes += 3) {
            RawClient client(fixture.port);
            client.send(RawClient::handshake(fixture.port)
                            .first(std::min<qsizetype>(bytes, RawClient::handshake(fixture.port).size())));
            client.socket.waitForBytesWritten(100);
            client.socket.abort();
        }
        QTRY_VERIFY(metric(fixture, "conway_connections") == 1);
    }

    void knowsItselfFromAnotherOnItsPort()
    {
        ServerFixture fixture;
        const QSignalSpy shadowed(&fixture.server, &Server::shadowed);
        QVERIFY(fixture.server.findChild<SelfCheck *>());
        QTRY_VERIFY(!fixture.server.findChild<SelfCheck *>()); // it is over
        QCOMPARE(shadowed.count(), 0);
    }
};

int main(int argc, char **argv)
{
    return runOnServerLoop<TestHttp>(argc, argv);
}

#include "tst_http.moc"
