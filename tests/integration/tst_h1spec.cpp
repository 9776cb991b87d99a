#include "tests/server/RawClient.h"
#include "tests/server/ServerFixture.h"

using namespace conway;

/// The checks of h1spec (github.com/uNetworking/h1spec, 33 of them) told anew for this server, each also byte by byte.
/// Where it has "example.com" there is our own host, as any other is answered 421.
class TestH1Spec : public QObject
{
    Q_OBJECT

    ServerFixture m_server;

    QByteArray onTheWire(QByteArray text) const
    {
        return text.replace("HOST", QByteArray("127.0.0.1:" + QByteArray::number(m_server.port)));
    }

    /// In one piece, or each byte by itself. Who was answered says no more.
    static void deliver(RawClient &client, const QByteArray &bytes, bool byteByByte)
    {
        client.socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        if (!byteByByte) {
            client.send(bytes);
            return;
        }
        for (const char byte : bytes) {
            if (!client.received.isEmpty() || client.isClosed())
                return;
            client.send(QByteArray(1, byte));
            QCoreApplication::processEvents();
        }
    }

    /// When this is answered, the server has seen what was sent before.
    void letTheServerLook() const
    {
        RawClient other(m_server.port);
        other.send(onTheWire("GET /healthz HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"));
        QTRY_COMPARE(other.status(), 200);
    }

    static void addBothWays(const char *name, const QByteArray &request, const QVariant &expected)
    {
        for (const bool byteByByte : {false, true}) {
            auto &row = QTest::addRow("%s, %s", name, byteByByte ? "byte by byte" : "in one piece")
                        << request << byteByByte;
            if (expected.typeId() == QMetaType::Int)
                row << expected.toInt();
        }
    }

private Q_SLOTS:
    void fragmentsAreWaitedFor_data()
    {
        QTest::addColumn<QByteArray>("fragment");
        QTest::addColumn<bool>("byteByByte");
        const auto row = [](const char *name, const char *fragment) { addBothWays(name, fragment, {}); };
        row("method", "G");
        row("target 1", "GET ");
        row("target 2", "GET /healthz");
        row("target 3", "GET /healthz ");
        row("version", "GET /healthz HTTP");
        row("request line", "GET /healthz HTTP/1.1");
        row("request line's end 1", "GET /healthz HTTP/1.1\r");
        row("request line's end 2", "GET /healthz HTTP/1.1\r\n");
        row("field name", "GET /healthz HTTP/1.1\r\nHos");
        row("field value 1", "GET /healthz HTTP/1.1\r\nHost:");
        row("field value 2", "GET /healthz HTTP/1.1\r\nHost: ");
        row("field value 3", "GET /healthz HTTP/1.1\r\nHost: HOST");
        row("field value 4", "GET /healthz HTTP/1.1\r\nHost: HOST\r");
        row("field", "GET /healthz HTTP/1.1\r\nHost: HOST\r\n");
        row("end", "GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r");
    }
    void fragmentsAreWaitedFor()
    {
        QFETCH(QByteArray, fragment);
        QFETCH(bool, byteByByte);
        const QByteArray whole = onTheWire("GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n");
        fragment = onTheWire(fragment);
        QVERIFY(whole.startsWith(fragment));

        RawClient client(m_server.port);
        deliver(client, fragment, byteByByte);
        letTheServerLook();
        QVERIFY(client.received.isEmpty());
        QVERIFY(!client.isClosed());
        deliver(client, whole.sliced(fragment.size()), byteByByte);
        QTRY_COMPARE(client.status(), 200);
    }

    void requestsAreJudged_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<bool>("byteByByte");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const char *request, int status) { addBothWays(name, request, status); };
        row("no version", "GET / \r\n\r\n", 400);
        row("Expect", "GET / HTTP/1.1\r\nHost: HOST\r\nExpect: 100-continue\r\n\r\n", 200);
        row("a good one", "GET / HTTP/1.1\r\nHost: HOST\r\n\r\n", 200);
        row("a good one at the edges", "GET / HTTP/1.1\r\nhoSt:\tHOST\r\nempty:\r\n\r\n", 200);
        row("no field name", "GET / HTTP/1.1\r\nHost: HOST\r\nX-Invalid[]: test\r\n\r\n", 400);
        row("no Host", "GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\n", 400);
        row("two Hosts", "GET / HTTP/1.1\r\nHost: HOST\r\nHost: example.org\r\n\r\n", 400);
        row("length far below 0",
            "GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: -123456789123456789123456789\r\n\r\n", 400);
        row("length below 0", "GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1234\r\n\r\n", 400);
        row("length that is no number", "GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: abc\r\n\r\n", 400);
        row("an empty value", "GET / HTTP/1.1\r\nHost: HOST\r\nX-Empty-Header: \r\n\r\n", 200);
        row("a control character", "GET / HTTP/1.1\r\nHost: HOST\r\nX-Bad-Control-Char: test\x07\r\n\r\n", 400);
        row("HTTP/9.9", "GET / HTTP/9.9\r\nHost: HOST\r\n\r\n", 505);
        row("something before it", "Extra lineGET / HTTP/1.1\r\nHost: HOST\r\n\r\n", 400);
        row("a line that ends wrong", "GET / HTTP/1.1\r\nHost: HOST\r\n\rSome-Header: Test\r\n\r\n", 400);
        // h1spec has these two echoed; this server takes no body, and says so.
        row("a body", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\nhello", 413);
        row("a chunked body",
            "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 413);
        row("two lengths", "GET / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
            400);
    }
    void requestsAreJudged()
    {
        QFETCH(QByteArray, request);
        QFETCH(bool, byteByByte);
        QFETCH(int, status);
        RawClient client(m_server.port);
        deliver(client, onTheWire(request), byteByByte);
        QTRY_COMPARE(client.status(), status);
        if (status >= 400) // what follows cannot be told from the body
            QCOMPARE(client.field("Connection"), "close");
    }
};

int main(int argc, char **argv)
{
    return runOnServerLoop<TestH1Spec>(argc, argv);
}

#include "tst_h1spec.moc"
