#include "core/PatternFile.h"
#include "core/Soup.h"
#include "server/Limits.h"
#include "tests/server/AskedMetrics.h"
#include "tests/server/RawClient.h"
#include "tests/server/ServerFixture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkInterface>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Making a file takes a moment of processor time, which on a busy machine can be long.
constexpr int kPatience = 60'000;

QByteArray request(const ServerFixture &fixture, const QByteArray &path, const QByteArray &fields = {},
                   const QByteArray &method = "GET")
{
    return method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(fixture.port) + "\r\n" + fields +
           "\r\n";
}

/// One request on a connection of its own; waits for the whole answer.
std::unique_ptr<RawClient> fetched(const ServerFixture &fixture, const QByteArray &path, const QByteArray &fields = {},
                                   const QByteArray &method = "GET")
{
    auto client = std::make_unique<RawClient>(fixture.port);
    client->send(request(fixture, path, "Connection: close\r\n" + fields, method));
    if (!QTest::qWaitFor([&] { return client->isClosed(); }, kPatience))
        client->received.clear();
    return client;
}

CellGrid soup(int side)
{
    return Soup{Soup::kFull * 35 / 100, 1}.universe(side, side);
}

/// This machine's address in its network: loopback is free of the limits for one address. Null if there is none.
QHostAddress ownAddress()
{
    QHostAddress own;
    const auto addresses = QNetworkInterface::allAddresses();
    for (const QHostAddress &address : addresses) {
        if (address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLoopback())
            own = address;
    }
    return own;
}

} // namespace

/// The universe for programs, and how many may come, over real sockets.
class TestApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theUniverseAsRleIsTheUniverse()
    {
        ServerFixture fixture(soup(300));
        fixture.step();
        fixture.step();
        const auto client = fetched(fixture, "/api/state.rle");
        QCOMPARE(client->status(), 200);
        QCOMPARE(client->field("Content-Disposition"), "attachment; filename=\"universe-2.rle\"");
        QCOMPARE(client->field("Content-Length"), QByteArray::number(client->body().size()));
        const auto pattern = readPattern(client->body());
        QVERIFY(pattern);
        QVERIFY(pattern->cells == fixture.engine.frame()->cells);
        QCOMPARE(pattern->generation, 2U);
        QCOMPARE(pattern->bounds, (Pattern::Bounds{Topology::Torus, 300, 300}));
    }

    void aPlaneIsNoTorus()
    {
        ServerFixture fixture;
        auto plane = readPattern("x = 3, y = 1, rule = B3/S23:P30,20\n3o!");
        QVERIFY(plane);
        const auto plan = planOf(std::move(*plane), 8, 8, Topology::Torus, 1'000);
        QVERIFY(plan);
        fixture.engine.execute({LoadCommand{*plan}, u"test"_s});
        const auto pattern = readPattern(fetched(fixture, "/api/state.rle")->body());
        QVERIFY(pattern);
        QCOMPARE(pattern->bounds, (Pattern::Bounds{Topology::Plane, 30, 20}));
        const QJsonObject figures = QJsonDocument::fromJson(fetched(fixture, "/api/stats")->body()).object();
        QCOMPARE(figures[u"topology"_s], u"plane"_s);
    }

    void aLargeFileArrivesWhole()
    {
        const ServerFixture fixture(soup(800));
        const auto client = fetched(fixture, "/api/state.rle");
        QCOMPARE(client->status(), 200);
        QVERIFY(client->body().size() > 256 * 1024); // more than one write of a socket
        const auto pattern = readPattern(client->body());
        QVERIFY(pattern);
        QVERIFY(pattern->cells == fixture.engine.frame()->cells);
    }

    void theTimeForALargeAnswerIsNotForTheNextRequest()
    {
        Patience patience;
        patience.http = 500ms;
        const ServerFixture fixture(soup(1'600), patience);
        RawClient client(fixture.port);
        client.send(request(fixture, "/api/state.rle"));
        QVERIFY(QTest::qWaitFor([&] { return client.body().endsWith("!\n"); }, kPatience));
        QVERIFY(client.body().size() > 1024 * 1024); // may be taken within 16 s
        QTRY_VERIFY(client.isClosed());              // but the next request has half a second
    }

    void aPictureIsAPng()
    {
        const ServerFixture fixture(soup(300));
        const auto client = fetched(fixture, "/api/frame.png?scale=2");
        QCOMPARE(client->status(), 200);
        QCOMPARE(client->field("Content-Type"), "image/png");
        const QByteArray png = client->body();
        QCOMPARE(client->field("Content-Length"), QByteArray::number(png.size()));
        QVERIFY(png.endsWith(QByteArray("IEND\xae\x42\x60\x82", 8)));
    }

    void figuresAreThoseOfTheNewestFrame()
    {
        ServerFixture fixture;
        fixture.step();
        const auto client = fetched(fixture, "/api/stats");
        const QJsonObject figures = QJsonDocument::fromJson(client->body()).object();
        QCOMPARE(figures[u"generation"_s], 1);
        QCOMPARE(figures[u"population"_s], 5);
        QCOMPARE(figures[u"version"_s], u"0.0.0-test"_s);
    }

    void whatIsKnownIsNotSentAgain()
    {
        ServerFixture fixture;
        for (const QByteArray path : {"/api/state.rle", "/api/frame.png", "/static/app.js"}) {
            const QByteArray etag = fetched(fixture, path)->field("ETag");
            QVERIFY(etag.size() > 2);
            const auto again = fetched(fixture, path, "If-None-Match: " + etag + "\r\n");
            QCOMPARE(again->status(), 304);
            QCOMPARE(again->field("ETag"), etag);
            QCOMPARE(again->body(), QByteArray());
        }
        const QByteArray etag = fetched(fixture, "/api/frame.png")->field("ETag");
        fixture.step();
        QCOMPARE(fetched(fixture, "/api/frame.png", "If-None-Match: " + etag + "\r\n")->status(), 200);
    }

    void errorsOfARequestUnderApiAreJson_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        const QByteArray host = "Host: 127.0.0.1\r\n";
        QTest::newRow("no Host") << "GET /api/stats HTTP/1.1\r\n\r\n"_ba << 400 << u"bad_request"_s;
        QTest::newRow("half a line") << "GET /api/stats"_ba << 408 << u"request_timeout"_s;
        QTest::newRow("half a head") << "GET http://x/api/stats HTTP/1.1\r\n"_ba << 408 << u"request_timeout"_s;
        QTest::newRow("body") << "POST /api/stats HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello" << 413
                              << u"content_too_large"_s;
        QTest::newRow("long line") << "GET /api/" + QByteArray(5'000, 'a') << 414 << u"uri_too_long"_s;
        QTest::newRow("large header") << "\r\nGET /api/stats?x HTTP/1.1\r\n" + QByteArray("X: y\r\n").repeated(100)
                                      << 431 << u"request_header_fields_too_large"_s;
        QTest::newRow("version") << "GET /api HTTP/1.7\r\n"_ba << 505 << u"http_version_not_supported"_s;
        QTest::newRow("elsewhere") << "GET /apis HTTP/1.7\r\n"_ba << 505 << QString();
        QTest::newRow("no target") << "GET "_ba << 408 << QString();
        QTest::newRow("no request") << "\x16\x03\x01/api/stats \r\n"_ba << 400 << QString();
    }
    void errorsOfARequestUnderApiAreJson()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        QFETCH(QString, code);
        Patience patience;
        patience.http = 300ms;
        const ServerFixture fixture(gliderUniverse(8, 8), patience);
        RawClient client(fixture.port);
        client.send(request);
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), status);
        QCOMPARE(client.field("Content-Type"), code.isEmpty() ? "text/plain; charset=utf-8"_ba : "application/json"_ba);
        const QJsonObject error = QJsonDocument::fromJson(client.body()).object()[u"error"_s].toObject();
        QCOMPARE(error[u"code"_s].toString(), code);
        QCOMPARE(error[u"status"_s].toInt(), code.isEmpty() ? 0 : status);
    }

    void headIsAGetWithoutItsBody_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path : {"/", "/static/app.js", "/healthz", "/api/state.rle", "/api/frame.png", "/qr.svg",
                                 "/nothing", "/api/nothing", "/api/frame.png?scale=0"})
            QTest::newRow(path) << QByteArray(path);
    }
    void headIsAGetWithoutItsBody()
    {
        QFETCH(QByteArray, path);
        const ServerFixture fixture;
        const auto get = fetched(fixture, path, "Accept-Encoding: gzip\r\n");
        const auto head = fetched(fixture, path, "Accept-Encoding: gzip\r\n", "HEAD");
        QVERIFY(get->status() > 0);
        QVERIFY(!get->body().isEmpty());
        QVERIFY(head->body().isEmpty());
        for (const char *field : {"Content-Type", "ETag", "Vary", "Cache-Control", "Content-Encoding"})
            QCOMPARE(head->field(field), get->field(field));
        QCOMPARE(head->status(), get->status());
        if (path != "/healthz") // where the time of day changes the length
            QCOMPARE(head->field("Content-Length"), QByteArray::number(get->body().size()));
    }

    void everyAnswerIsGuarded_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("fields");
        for (const char *path : {"/", "/static/app.js", "/healthz", "/metrics", "/api/stats", "/api/state.rle",
                                 "/api/frame.png", "/qr.svg", "/nothing", "/api/nothing", "/ws", "/bad path"})
            QTest::newRow(path) << QByteArray(path) << QByteArray();
        QTest::newRow("304") << QByteArray("/static/app.js") << QByteArray("If-None-Match: *\r\n");
        QTest::newRow("no Host") << QByteArray("/") << QByteArray("Host: x\r\n");
    }
    void everyAnswerIsGuarded()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, fields);
        const ServerFixture fixture;
        const auto client = fetched(fixture, path, fields);
        QVERIFY(client->status() > 0);
        QCOMPARE(client->field("X-Content-Type-Options"), "nosniff");
        QCOMPARE(client->field("Referrer-Policy"), "no-referrer");
        QCOMPARE(client->field("Cross-Origin-Opener-Policy"), "same-origin");
        const QByteArray policy = client->field("Content-Security-Policy");
        QVERIFY(policy.startsWith("default-src 'none'; "));
        QVERIFY(policy.contains("frame-ancestors 'none'"));
        const QByteArray host = "127.0.0.1:" + QByteArray::number(fixture.port);
        const bool isPage = client->status() < 400 && (path == "/" || path.startsWith("/static/"));
        QCOMPARE(policy.contains(QByteArray("connect-src 'self' ws://" + host + " wss://" + host + ';')), isPage);
        QVERIFY(!client->field("Cache-Control").isEmpty());
    }

    void pipelinedRequestsWaitForASlowOne()
    {
        const ServerFixture fixture(soup(300));
        RawClient client(fixture.port);
        client.send(request(fixture, "/api/frame.png") + request(fixture, "/healthz") +
                    request(fixture, "/api/state.rle") + request(fixture, "/nothing", "Connection: close\r\n"));
        QVERIFY(QTest::qWaitFor([&] { return client.isClosed(); }, kPatience));
        const qsizetype png = client.received.indexOf("image/png");
        const qsizetype health = client.received.indexOf("\"status\":\"ok\"");
        const qsizetype rle = client.received.indexOf("rule = B3/S23:T300,300");
        const qsizetype nothing = client.received.indexOf("HTTP/1.1 404");
        QVERIFY(png > 0 && health > png && rle > health && nothing > rle);
    }

    void whoGoesWhileItsFileIsMadeLeavesNothing()
    {
        const ServerFixture fixture(soup(500));
        for (int i = 0; i < 20; ++i) {
            RawClient client(fixture.port);
            client.send(request(fixture, "/api/state.rle"));
            for (int turn = 0; turn < i % 5; ++turn)
                QCoreApplication::processEvents();
            if (i % 2 == 0)
                client.reset();
            else
                client.socket.abort();
        }
        QTRY_VERIFY(fetched(fixture, "/metrics")->received.contains("\nconway_connections 1\n"));
        QCOMPARE(fetched(fixture, "/api/state.rle")->status(), 200);
    }

    void aServerMayEndWhileAFileIsMade()
    {
        const auto fixture = std::make_unique<ServerFixture>(soup(500));
        RawClient client(fixture->port);
        client.send(request(*fixture, "/api/frame.png"));
        QCOMPARE(fetched(*fixture, "/healthz")->status(), 200); // so the server has seen it
    }

    void viewersHaveTheirOwnLimit()
    {
        Places places;
        places.viewers = 1;
        const ServerFixture fixture(gliderUniverse(8, 8), {}, places);
        auto first = std::make_unique<RawClient>(fixture.port);
        first->send(RawClient::handshake(fixture.port));
        QTRY_COMPARE(first->status(), 101);
        RawClient second(fixture.port);
        second.send(RawClient::handshake(fixture.port));
        QTRY_VERIFY(second.isClosed());
        QCOMPARE(second.status(), 503);
        QCOMPARE(second.field("Retry-After"), "30");
        QCOMPARE(timesReached(fixture, "viewers"), 1); // the page and machines are served as before
        first.reset();
        QTRY_VERIFY(fetched(fixture, "/metrics")->received.contains("\nconway_viewers 0\n"));
        RawClient third(fixture.port);
        third.send(RawClient::handshake(fixture.port));
        QTRY_COMPARE(third.status(), 101);
    }

    void connectionsInAllAreLimited()
    {
        Places places;
        places.connections = 3; // one of them is the server's own look at itself, until it is over
        const ServerFixture fixture(gliderUniverse(8, 8), {}, places);
        QTRY_VERIFY(fetched(fixture, "/metrics")->received.contains("\nconway_connections 1\n"));
        const RawClient first(fixture.port);
        const RawClient second(fixture.port);
        auto last = std::make_unique<RawClient>(fixture.port);
        RawClient tooMany(fixture.port);
        QTRY_VERIFY(tooMany.isClosed());
        QCOMPARE(tooMany.status(), 503);
        QCOMPARE(tooMany.field("Retry-After"), "30");
        last.reset();
        QTRY_VERIFY(timesReached(fixture, "connections") >= 1); // asking may be refused, too
    }

    void oneAddressCannotTakeAllPlaces()
    {
        const QHostAddress own = ownAddress();
        if (own.isNull())
            QSKIP("this machine has no address but loopback");

        Places places;
        places.perAddress = 2;
        Patience patience;
        patience.linger = 10ms;
        const ServerFixture fixture(gliderUniverse(8, 8), patience, places, QHostAddress::AnyIPv4);
        const QByteArray host = own.toString().toLatin1() + ':' + QByteArray::number(fixture.port);
        const QByteArray handshake = RawClient::handshake(fixture.port)
                                         .replace(QByteArray("127.0.0.1:" + QByteArray::number(fixture.port)), host);

        auto viewer = std::make_unique<RawClient>(fixture.port, own);
        viewer->send(handshake);
        QTRY_COMPARE(viewer->status(), 101);
        const RawClient idle(fixture.port, own);
        // The viewer keeps the place that it came with, and one more is refused.
        RawClient third(fixture.port, own);
        QTRY_VERIFY(third.isClosed());
        QCOMPARE(third.status(), 503);
        QCOMPARE(third.field("Retry-After"), "30");
        QCOMPARE(timesReached(fixture, "connections_per_address"), 1);

        // A flood is cut off without a word, and takes nobody's place.
        std::vector<std::unique_ptr<RawClient>> flood;
        for (int i = 0; i < 3 * limits::kRefusals; ++i)
            flood.push_back(std::make_unique<RawClient>(fixture.port, own));
        QTRY_VERIFY(std::all_of(flood.begin(), flood.end(), [](const auto &client) { return client->isClosed(); }));
        QVERIFY(std::any_of(flood.begin(), flood.end(), [](const auto &client) { return client->received.isEmpty(); }));
        QCOMPARE(timesReached(fixture, "connections_per_address"), 1 + 3 * limits::kRefusals);

        viewer.reset();
        QTRY_VERIFY(fetched(fixture, "/metrics")->received.contains("\nconway_viewers 0\n"));
        RawClient again(fixture.port, own);
        again.send("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        QTRY_COMPARE(again.status(), 200);
    }

    void anAddressMayNotAskForever()
    {
        const QHostAddress own = ownAddress();
        if (own.isNull())
            QSKIP("this machine has no address but loopback");
        const ServerFixture fixture(gliderUniverse(8, 8), {}, {}, QHostAddress::AnyIPv4);
        const QByteArray asked = "GET /static/icon.svg HTTP/1.1\r\nHost: " + own.toString().toLatin1() + ':' +
                                 QByteArray::number(fixture.port) + "\r\nIf-None-Match: *\r\n\r\n";
        RawClient client(fixture.port, own);
        // More than the burst and what comes in while it is answered, at any speed that this machine may have.
        client.send(asked.repeated(3 * static_cast<int>(limits::kRequestBurst)));
        QTRY_VERIFY_WITH_TIMEOUT(client.isClosed(), 60'000);
        const qsizetype refusal = client.received.lastIndexOf("HTTP/1.1 ");
        QVERIFY(client.received.sliced(refusal).startsWith("HTTP/1.1 429 Too Many Requests\r\n"));
        QVERIFY(client.received.sliced(refusal).contains("\r\nRetry-After: 1\r\n"));
        QVERIFY(client.received.count("HTTP/1.1 304 ") >= static_cast<qsizetype>(limits::kRequestBurst));
        QCOMPARE(timesReached(fixture, "requests_per_second"), 1);
        // Another connection is no way out, and another address is nobody's victim.
        RawClient again(fixture.port, own);
        again.send(asked.repeated(20 * static_cast<int>(limits::kRequestsPerSecond)));
        QTRY_VERIFY(again.received.contains("HTTP/1.1 429 "));
        QCOMPARE(fetched(fixture, "/healthz")->status(), 200);
    }
};

int main(int argc, char **argv)
{
    return runOnServerLoop<TestApi>(argc, argv);
}

#include "tst_api.moc"
