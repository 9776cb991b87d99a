#include "server/HttpRequest.h"
#include "server/HttpResponse.h"
#include "server/Limits.h"
#include "server/WebSocketHandshake.h"

#include <QTest>

#include <algorithm>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

/// 0: incomplete; 200: parsed; else the error's status.
int statusOf(const HttpParseResult &result)
{
    if (std::holds_alternative<HttpIncomplete>(result))
        return 0;
    if (const auto *error = std::get_if<HttpError>(&result))
        return error->status;
    return 200;
}

HttpRequest parsed(const QByteArray &head)
{
    const auto result = parseHttpRequest(head);
    const auto *request = std::get_if<HttpParsed>(&result);
    return request ? request->request : HttpRequest{};
}

const QByteArray kHost = "Host: localhost:8000\r\n";

} // namespace

class TestHttpRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAGoodRequest()
    {
        const QByteArray head = "GET /static/app.js?v=2&x HTTP/1.1\r\nHost: localhost:8000\r\nAccept:  */*  \r\n"
                                "X-Empty:\r\nConnection: keep-alive, Upgrade\r\n\r\n";
        const auto result = parseHttpRequest(QByteArray(head + "rest"));
        QCOMPARE(statusOf(result), 200);
        const auto &[request, headBytes] = std::get<HttpParsed>(result);
        QCOMPARE(headBytes, head.size());
        QCOMPARE(request.method, "GET"_ba);
        QCOMPARE(request.path, "/static/app.js"_ba);
        QCOMPARE(request.query, "v=2&x"_ba);
        QCOMPARE(request.host, "localhost:8000"_ba);
        QCOMPARE(request.minorVersion, 1);
        QCOMPARE(request.field("accept"), "*/*"_ba);
        QVERIFY(request.has("x-empty"));
        QVERIFY(!request.has("missing"));
        QVERIFY(request.fieldHasToken("connection", "upgrade"));
        QVERIFY(!request.fieldHasToken("connection", "up"));
        QVERIFY(request.keepsConnection());
    }

    void judgesEveryRequest_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &head, int status) {
            QTest::newRow(name) << head << status;
        };
        row("plain", "GET / HTTP/1.1\r\n" + kHost + "\r\n", 200);
        row("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 200);
        row("absolute target", "GET http://localhost:8000/x HTTP/1.1\r\n" + kHost + "\r\n", 200);
        row("empty line before", "\r\nGET / HTTP/1.1\r\n" + kHost + "\r\n", 200);
        row("unknown method", "BREW / HTTP/1.1\r\n" + kHost + "\r\n", 200);
        row("Content-Length 0", "GET / HTTP/1.1\r\n" + kHost + "Content-Length: 0\r\n\r\n", 200);
        row("value above ASCII", "GET / HTTP/1.1\r\n" + kHost + "X: \xc3\xa9\r\n\r\n", 200);

        row("nothing", "", 0);
        row("CR", "\r", 0);
        row("half a method", "GE", 0);
        row("half a line", "GET / HT", 0);
        row("no end", "GET / HTTP/1.1\r\n" + kHost, 0);
        row("half an end", "GET / HTTP/1.1\r\n" + kHost + "\r", 0);

        row("TLS hello", QByteArray("\x16\x03\x01\x02\x00\x01\x00", 7), 400);
        row("binary", QByteArray("\x00\xff\xfe", 3), 400);
        row("two empty lines before", "\r\n\r\nGET / HTTP/1.1\r\n" + kHost + "\r\n", 400);
        row("space first", " GET / HTTP/1.1\r\n", 400);
        row("bare LF", "GET / HTTP/1.1\n" + kHost + "\n", 400);
        row("bare CR", "GET / HTTP/1.1\rHost: x\r\n\r\n", 400);
        row("bare CR in a value", "GET / HTTP/1.1\r\n" + kHost + "X: a\rb\r\n\r\n", 400);
        row("no target", "GET HTTP/1.1\r\n" + kHost + "\r\n", 400);
        row("empty target", "GET  HTTP/1.1\r\n" + kHost + "\r\n", 400);
        row("space in target", "GET /a b HTTP/1.1\r\n" + kHost + "\r\n", 400);
        row("tab in target", "GET /a\tb HTTP/1.1\r\n" + kHost + "\r\n", 400);
        row("NUL in the target", QByteArray("GET /\0 HTTP/1.1\r\n", 17) + kHost + "\r\n", 400);
        row("DEL in the target", "GET /\x7f HTTP/1.1\r\n" + kHost + "\r\n", 400);
        row("no version", "GET /\r\n" + kHost + "\r\n", 400);
        row("wrong version", "GET / HTTX/1.1\r\n" + kHost + "\r\n", 400);
        row("lower-case version", "GET / http/1.1\r\n" + kHost + "\r\n", 400);
        row("long version", "GET / HTTP/1.10\r\n" + kHost + "\r\n", 400);
        row("absolute without host", "GET http:///x HTTP/1.1\r\n" + kHost + "\r\n", 400);
        row("no Host", "GET / HTTP/1.1\r\n\r\n", 400);
        row("two Hosts", "GET / HTTP/1.1\r\n" + kHost + kHost + "\r\n", 400);
        row("empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400);
        row("no colon", "GET / HTTP/1.1\r\n" + kHost + "nonsense\r\n\r\n", 400);
        row("no name", "GET / HTTP/1.1\r\n" + kHost + ": x\r\n\r\n", 400);
        row("space before colon", "GET / HTTP/1.1\r\n" + kHost + "X : y\r\n\r\n", 400);
        row("folded line", "GET / HTTP/1.1\r\n" + kHost + "X: y\r\n z\r\n\r\n", 400);
        row("NUL in a value", "GET / HTTP/1.1\r\n" + kHost + QByteArray("X: a\0b\r\n\r\n", 10), 400);
        row("DEL in a value", "GET / HTTP/1.1\r\n" + kHost + "X: \x7f\r\n\r\n", 400);
        row("length not a number", "GET / HTTP/1.1\r\n" + kHost + "Content-Length: -1\r\n\r\n", 400);
        row("empty length", "GET / HTTP/1.1\r\n" + kHost + "Content-Length:\r\n\r\n", 400);
        row("two lengths", "GET / HTTP/1.1\r\n" + kHost + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n", 400);
        row("length and coding",
            "GET / HTTP/1.1\r\n" + kHost + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400);

        row("body", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 5\r\n\r\n", 413);
        row("huge body", "GET / HTTP/1.1\r\n" + kHost + "Content-Length: 99999999999999999999\r\n\r\n", 413);
        row("chunked body", "GET / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n", 413);
        row("HTTP/2", "GET / HTTP/2.0\r\n" + kHost + "\r\n", 505);
        row("HTTP/1.2", "GET / HTTP/1.2\r\n" + kHost + "\r\n", 505);
        row("HTTP/0.9", "GET / HTTP/0.9\r\n" + kHost + "\r\n", 505);

        row("longest line",
            "GET /" + QByteArray(limits::kRequestLineBytes - 14, 'a') + " HTTP/1.1\r\n" + kHost + "\r\n", 200);
        row("line too long",
            "GET /" + QByteArray(limits::kRequestLineBytes - 13, 'a') + " HTTP/1.1\r\n" + kHost + "\r\n", 414);
        row("endless line", QByteArray(limits::kRequestLineBytes + 1, 'a'), 414);
        row("header line too long",
            "GET / HTTP/1.1\r\n" + kHost + "X: " + QByteArray(limits::kHeaderLineBytes, 'x') + "\r\n\r\n", 431);
        row("endless header line", "GET / HTTP/1.1\r\n" + kHost + "X: " + QByteArray(limits::kHeaderLineBytes, 'x'),
            431);
        row("most lines",
            "GET / HTTP/1.1\r\n" + kHost + QByteArray("X: y\r\n").repeated(limits::kHeaderLines - 1) + "\r\n", 200);
        row("too many lines",
            "GET / HTTP/1.1\r\n" + kHost + QByteArray("X: y\r\n").repeated(limits::kHeaderLines) + "\r\n", 431);
        row("too many bytes",
            "GET / HTTP/1.1\r\n" + kHost + QByteArray("X: " + QByteArray(6'000, 'y') + "\r\n").repeated(3) + "\r\n",
            431);
    }
    void judgesEveryRequest()
    {
        QFETCH(QByteArray, head);
        QFETCH(int, status);
        QCOMPARE(statusOf(parseHttpRequest(head)), status);
    }

    void judgesTheSameByteByByte_data() { judgesEveryRequest_data(); }
    void judgesTheSameByteByByte()
    {
        // However TCP cuts a request up: never an early answer that the whole would not get, and in the end the same.
        QFETCH(QByteArray, head);
        QFETCH(int, status);
        int last = 0;
        // Of the long ones, whose beginning is all alike, only the end.
        for (qsizetype bytes = std::max<qsizetype>(0, head.size() - 600); bytes <= head.size() && last == 0; ++bytes)
            last = statusOf(parseHttpRequest(QByteArrayView(head).first(bytes)));
        QCOMPARE(last, status);
    }

    void absoluteTargetNamesTheHost()
    {
        const HttpRequest request = parsed("GET HTTP://other:1/x?y HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(request.host, "other:1"_ba);
        QCOMPARE(request.path, "/x"_ba);
        QCOMPARE(request.query, "y"_ba);
        QCOMPARE(parsed("GET http://other HTTP/1.1\r\nHost: localhost\r\n\r\n").path, "/"_ba);
        const HttpRequest rootless = parsed("GET http://other?y HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(rootless.path, "/"_ba);
        QCOMPARE(rootless.query, "y"_ba);
    }

    void pathIsNeitherDecodedNorResolved()
    {
        QCOMPARE(parsed("GET /static/%2e%2e/..\\x HTTP/1.1\r\n" + kHost + "\r\n").path, "/static/%2e%2e/..\\x"_ba);
    }

    void knowsWhoKeepsTheConnection_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<bool>("keeps");
        QTest::newRow("1.1") << "GET / HTTP/1.1\r\n" + kHost + "\r\n" << true;
        QTest::newRow("1.1 close") << "GET / HTTP/1.1\r\n" + kHost + "Connection: Close\r\n\r\n" << false;
        QTest::newRow("1.0") << "GET / HTTP/1.0\r\n\r\n"_ba << false;
        QTest::newRow("1.0 keep-alive") << "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"_ba << true;
    }
    void knowsWhoKeepsTheConnection()
    {
        QFETCH(QByteArray, head);
        QFETCH(bool, keeps);
        QCOMPARE(parsed(head).keepsConnection(), keeps);
    }

    void writesResponses()
    {
        HttpResponse response;
        response.contentType = "text/plain";
        response.body = "hello";
        response.add("X-Test", "yes");
        const QByteArray head = response.head(true);
        QVERIFY(head.startsWith("HTTP/1.1 200 OK\r\nDate: "));
        QVERIFY(head.contains(" GMT\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"));
        QVERIFY(head.contains("\r\nX-Test: yes\r\n"));
        QVERIFY(head.endsWith("\r\nConnection: keep-alive\r\n\r\n"));
        QVERIFY(response.head(false).endsWith("\r\nConnection: close\r\n\r\n"));

        response.status = 304;
        QVERIFY(!response.head(true).contains("Content-Length"));
        QCOMPARE(HttpResponse::error(404, "Not here.").body, "404 Not Found\nNot here.\n"_ba);
        QVERIFY(HttpResponse::error(299, "").body.startsWith("299 Unknown"));
    }

    void judgesHandshakes_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("status");
        const QByteArray upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
        const QByteArray version = "Sec-WebSocket-Version: 13\r\n";
        const QByteArray key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"; // RFC 6455 §1.3
        QTest::newRow("good") << upgrade + version + key << 200;
        QTest::newRow("Firefox's Connection")
            << "Upgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\n" + version + key << 200;
        QTest::newRow("no Upgrade") << "Connection: Upgrade\r\n" + version + key << 426;
        QTest::newRow("other Upgrade") << "Upgrade: h2c\r\nConnection: Upgrade\r\n" + version + key << 426;
        QTest::newRow("a list") << "Upgrade: h2c, websocket\r\nConnection: Upgrade\r\n" + version + key << 200;
        QTest::newRow("two keys") << upgrade + version + key + key << 400;
        QTest::newRow("two versions") << upgrade + version + key + "Sec-WebSocket-Version: 8\r\n" << 400;
        QTest::newRow("two origins") << upgrade + version + key + "Origin: a\r\nOrigin: b\r\n" << 400;
        QTest::newRow("no Connection") << "Upgrade: websocket\r\n" + version + key << 426;
        QTest::newRow("old version") << upgrade + key + "Sec-WebSocket-Version: 8\r\n" << 426;
        QTest::newRow("no version") << upgrade + key << 426;
        QTest::newRow("no key") << upgrade + version << 400;
        QTest::newRow("short key") << upgrade + version + "Sec-WebSocket-Key: dGhl\r\n" << 400;
        QTest::newRow("no Base64") << upgrade + version + "Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==\r\n" << 400;
    }
    void judgesHandshakes()
    {
        QFETCH(QByteArray, fields);
        QFETCH(int, status);
        const auto error = checkWebSocketHandshake(parsed("GET /ws HTTP/1.1\r\n" + kHost + fields + "\r\n"));
        QCOMPARE(error ? error->status : 200, status);
    }

    void answersHandshakes()
    {
        // The example of RFC 6455 §1.3.
        const QByteArray good = "GET /ws HTTP/1.1\r\n" + kHost +
                                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        const QByteArray answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
        QCOMPARE(acceptHandshake(parsed(good + "\r\n")), answer + "\r\n");
        // A subprotocol that is not ours is left out, and so are extensions.
        QCOMPARE(acceptHandshake(parsed(good + "Sec-WebSocket-Protocol: chat\r\n"
                                               "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")),
                 answer + "\r\n");
        QCOMPARE(acceptHandshake(parsed(good + "Sec-WebSocket-Protocol: chat, conway.v2\r\n\r\n")),
                 answer + "Sec-WebSocket-Protocol: conway.v2\r\n\r\n");
    }

    void handshakesAreGetsOfHttp11()
    {
        const QByteArray good = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        QCOMPARE(checkWebSocketHandshake(parsed("POST /ws HTTP/1.1\r\n" + kHost + good))->status, 400);
        QCOMPARE(checkWebSocketHandshake(parsed("GET /ws HTTP/1.0\r\n" + kHost + good))->status, 400);
    }
};

QTEST_APPLESS_MAIN(TestHttpRequest)
#include "tst_httprequest.moc"
