#include "core/Universe.h"
#include "server/Site.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

HttpRequest get(const QByteArray &path, const QList<HttpRequest::Field> &fields = {})
{
    HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.host = "localhost:8000";
    request.fields = fields;
    return request;
}

QByteArray fieldOf(const HttpResponse &response, const QByteArray &name)
{
    for (const auto &field : response.fields) {
        if (field.name == name)
            return field.value;
    }
    return {};
}

} // namespace

class TestSite : public QObject
{
    Q_OBJECT

    Frame m_frame;
    EngineState m_state;
    ServerCounters m_counters;
    Site m_site{[this] { return report(); }};

    ServerReport report() { return {u"1.2.3"_s, u"abcd"_s, 1500ms, m_frame, m_state, m_counters, 3, 4, {1024, 0.5}}; }

    HttpResponse answer(const HttpRequest &request) { return std::get<HttpResponse>(m_site.answer(request)); }

private Q_SLOTS:
    void initTestCase()
    {
        m_frame.cells = gliderUniverse(8, 8);
        m_frame.generation = 25;
        m_frame.population = 5;
        m_counters.httpResponses[404] = 7;
        m_counters.viewersCut["behind"] = 2;
        m_site.setAccess(AccessPolicy(8000, {}, {u"http://localhost:5173"_s}));
    }

    void answersNobodyBeforeItsAddressIsKnown()
    {
        const Site site([this] { return report(); });
        QCOMPARE(std::get<HttpResponse>(site.answer(get("/"))).status, 421);
    }

    void servesThePage()
    {
        const HttpResponse response = answer(get("/"));
        QCOMPARE(response.status, 200);
        QVERIFY(response.contentType.startsWith("text/html"));
        QVERIFY(response.body.startsWith("<!doctype html>"));
        QCOMPARE(fieldOf(response, "Cache-Control"), "no-store"_ba);
        QCOMPARE(fieldOf(response, "X-Content-Type-Options"), "nosniff"_ba);
        const QByteArray policy = fieldOf(response, "Content-Security-Policy");
        QVERIFY(policy.startsWith("default-src 'none'; "));
        QVERIFY(policy.contains("connect-src 'self' ws://localhost:8000 wss://localhost:8000;"));
        QVERIFY(!policy.contains("unsafe"));
    }

    void everyFileThePageNamesIsThere()
    {
        const QString page = QString::fromUtf8(answer(get("/")).body);
        static const QRegularExpression kReference(u"(?:href|src)=\"\\./(static/[^\"]+)\""_s);
        auto references = kReference.globalMatch(page);
        QVERIFY(references.hasNext());
        while (references.hasNext()) {
            const QByteArray path = '/' + references.next().captured(1).toLatin1();
            const HttpResponse response = answer(get(path));
            QVERIFY2(response.status == 200, path.constData());
            QVERIFY2(response.contentType != "application/octet-stream", path.constData());
        }
    }

    void filesAreNotSentTwice()
    {
        const HttpResponse first = answer(get("/static/style.css"));
        const QByteArray etag = fieldOf(first, "ETag");
        QVERIFY(etag.size() > 10);
        QCOMPARE(answer(get("/static/style.css", {{"if-none-match", "\"x\", " + etag}})).status, 304);
        QVERIFY(answer(get("/static/style.css", {{"if-none-match", etag}})).body.isEmpty());
        QCOMPARE(answer(get("/static/style.css", {{"if-none-match", "W/" + etag}})).status, 304);
        QCOMPARE(answer(get("/static/style.css", {{"if-none-match", "*"}})).status, 304);
        QCOMPARE(answer(get("/static/style.css", {{"if-none-match", "\"other\""}})).status, 200);
    }

    void pathTricksFindNothing_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path : {"/static/../index.html", "/static/%2e%2e/index.html", "/static/..%2findex.html",
                                 "/static\\style.css", "/static/style.css%00", "//static/style.css", "/static/",
                                 "/static", "/index.html", "/dashboard/index.html", "/ws/", "/%77s",
                                 "/static/./style.css", "*", "", "/STATIC/style.css", ":/dashboard/index.html"})
            QTest::newRow(*path ? path : "empty") << QByteArray(path);
        QTest::newRow("NUL") << QByteArray("/static/style.css\0", 18);
    }
    void pathTricksFindNothing()
    {
        QFETCH(QByteArray, path);
        QCOMPARE(answer(get(path)).status, 404);
    }

    void otherMethodsAreRefused()
    {
        for (const char *method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "BREW"}) {
            HttpRequest request = get("/");
            request.method = method;
            QCOMPARE(answer(request).status, 405);
            QCOMPARE(fieldOf(answer(request), "Allow"), "GET, HEAD"_ba);
        }
        HttpRequest head = get("/");
        head.method = "HEAD";
        QCOMPARE(answer(head).status, 200);
    }

    void foreignHostsAreMisdirected()
    {
        HttpRequest request = get("/");
        request.host = "evil.example:8000";
        QCOMPARE(answer(request).status, 421);
        request.path = "/ws";
        request.fields = {{"upgrade", "websocket"}};
        QCOMPARE(answer(request).status, 421);
        // No browser sends this; curl --http1.0 -H Host: does.
        request.host.clear();
        request.minorVersion = 0;
        request.path = "/";
        QCOMPARE(answer(request).status, 200);
    }

    void upgradesAreForOurOwnPages()
    {
        const QList<HttpRequest::Field> handshake{{"upgrade", "websocket"},
                                                  {"connection", "Upgrade"},
                                                  {"sec-websocket-version", "13"},
                                                  {"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="}};
        const auto upgrades = [&](const QByteArray &origin) {
            auto fields = handshake;
            fields.append(HttpRequest::Field{"origin", origin});
            return std::holds_alternative<WebSocketUpgrade>(m_site.answer(get("/ws", fields)));
        };
        QVERIFY(std::holds_alternative<WebSocketUpgrade>(m_site.answer(get("/ws", handshake))));
        QVERIFY(upgrades("http://localhost:8000"));
        QVERIFY(upgrades("http://localhost:5173"));
        QVERIFY(!upgrades("http://evil.example"));
        QVERIFY(!upgrades("null"));
        auto fields = handshake;
        fields.append(HttpRequest::Field{"origin", "http://evil.example"});
        QCOMPARE(answer(get("/ws", fields)).status, 403);
        // Elsewhere the wish is ignored.
        QCOMPARE(answer(get("/", handshake)).status, 200);
    }

    void streamWithoutUpgradeTellsWhatToDo()
    {
        const HttpResponse response = answer(get("/ws"));
        QCOMPARE(response.status, 426);
        QCOMPARE(fieldOf(response, "Upgrade"), "websocket"_ba);
        QCOMPARE(fieldOf(response, "Sec-WebSocket-Version"), "13"_ba);
        const HttpResponse old = answer(get("/ws", {{"upgrade", "websocket"}, {"connection", "upgrade"}}));
        QCOMPARE(old.status, 426);
        QCOMPARE(fieldOf(old, "Sec-WebSocket-Version"), "13"_ba);
    }

    void namedOriginsMayRead()
    {
        const HttpResponse allowed = answer(get("/healthz", {{"origin", "http://localhost:5173"}}));
        QCOMPARE(fieldOf(allowed, "Access-Control-Allow-Origin"), "http://localhost:5173"_ba);
        QCOMPARE(fieldOf(allowed, "Vary"), "Origin"_ba);
        const HttpResponse foreign = answer(get("/healthz", {{"origin", "http://evil.example"}}));
        QVERIFY(fieldOf(foreign, "Access-Control-Allow-Origin").isEmpty());
    }

    void reportsItsHealth()
    {
        const HttpResponse response = answer(get("/healthz"));
        QCOMPARE(response.contentType, "application/json"_ba);
        QCOMPARE(QJsonDocument::fromJson(response.body).object(), (QJsonObject{{u"status"_s, u"ok"_s},
                                                                               {u"version"_s, u"1.2.3"_s},
                                                                               {u"instance"_s, u"abcd"_s},
                                                                               {u"uptime"_s, 1.5},
                                                                               {u"generation"_s, 25},
                                                                               {u"viewers"_s, 3}}));
    }

    void metricsAreWellFormed()
    {
        const HttpResponse response = answer(get("/metrics"));
        QVERIFY(response.contentType.startsWith("text/plain; version=0.0.4"));
        static const QRegularExpression kLine(
            u"^(# (HELP [a-z_]+ .+|TYPE [a-z_]+ (gauge|counter))|[a-z_]+(\\{[a-z]+=\"[^\"]*\"\\})? [0-9.e+-]+)$"_s);
        const QStringList lines = QString::fromUtf8(response.body).split(u'\n');
        QVERIFY(lines.size() > 20);
        for (const QString &line : lines)
            QVERIFY2(line.isEmpty() || kLine.match(line).hasMatch(), qPrintable(line));
        QVERIFY(response.body.endsWith('\n'));
        QVERIFY(response.body.contains("\nconway_generation 25\n"));
        QVERIFY(response.body.contains("\nconway_http_responses_total{status=\"404\"} 7\n"));
        QVERIFY(response.body.contains("\nconway_viewers_cut_total{reason=\"behind\"} 2\n"));
        QVERIFY(response.body.contains("\nprocess_resident_memory_bytes 1024\n"));
    }
};

QTEST_APPLESS_MAIN(TestSite)
#include "tst_site.moc"
