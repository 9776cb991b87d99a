#include "core/StateHash.h"
#include "core/Universe.h"
#include "server/Limits.h"
#include "server/QrSvg.h"
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

    FramePtr m_frame;
    EngineState m_state;
    ServerCounters m_counters;
    SlowBodies m_slow{m_counters};
    Site m_site{[this] { return report(); }, m_slow, m_counters};

    ServerReport report()
    {
        return {u"1.2.3"_s, u"abcd"_s, 1500ms, m_frame, m_state, m_counters, 3, 4, 2.5, 812, {1024, 0.5}};
    }

    HttpResponse answer(const HttpRequest &request) { return std::get<HttpResponse>(m_site.answer(request)); }

private Q_SLOTS:
    void initTestCase()
    {
        auto *frame = new Frame;
        frame->cells = gliderUniverse(8, 8);
        frame->generation = 25;
        frame->sequence = 7;
        frame->population = 5;
        m_frame = FramePtr(frame);
        m_counters.httpResponses[404] = 7;
        m_counters.viewersCut["behind"] = 2;
        m_counters.limits.reached(Limit::Connections, u"a test"_s);
        m_site.setAccess(AccessPolicy(8000, {}, {}, {u"http://localhost:5173"_s}));
    }

    void answersNobodyBeforeItsAddressIsKnown()
    {
        const Site site([this] { return report(); }, m_slow, m_counters);
        QCOMPARE(std::get<HttpResponse>(site.answer(get("/"))).status, 421);
    }

    void servesThePage()
    {
        const HttpResponse response = answer(get("/"));
        QCOMPARE(response.status, 200);
        QVERIFY(response.contentType.startsWith("text/html"));
        QVERIFY(response.body.startsWith("<!doctype html>"));
        QCOMPARE(fieldOf(response, "Cache-Control"), "no-store"_ba);
        const QByteArray policy = response.contentSecurityPolicy;
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

    void compressedFilesAreForWhoAcceptsThem()
    {
        const HttpRequest::Field gzip{"accept-encoding", "gzip, deflate"};
        const HttpResponse plain = answer(get("/static/app.js"));
        const HttpResponse packed = answer(get("/static/app.js", {gzip}));
        QCOMPARE(fieldOf(plain, "Content-Encoding"), QByteArray());
        QCOMPARE(fieldOf(packed, "Content-Encoding"), "gzip"_ba);
        QCOMPARE(packed.contentType, plain.contentType);
        QVERIFY(packed.body.startsWith("\x1f\x8b") && packed.body.size() < plain.body.size());
        for (const HttpResponse &response : {plain, packed})
            QCOMPARE(fieldOf(response, "Vary"), "Accept-Encoding"_ba);

        // Two bodies are two things to a cache.
        const QByteArray etag = fieldOf(packed, "ETag");
        QVERIFY(etag != fieldOf(plain, "ETag"));
        const HttpResponse again = answer(get("/static/app.js", {gzip, {"if-none-match", etag}}));
        QCOMPARE(again.status, 304);
        QCOMPARE(fieldOf(again, "Vary"), "Accept-Encoding"_ba);
        QCOMPARE(answer(get("/static/app.js", {{"if-none-match", etag}})).status, 200);

        QCOMPARE(fieldOf(answer(get("/", {gzip})), "Content-Encoding"), "gzip"_ba);
        QCOMPARE(fieldOf(answer(get("/static/icon.svg", {gzip})), "Content-Encoding"), "gzip"_ba);
        // Pictures are compressed as they are.
        QCOMPARE(fieldOf(answer(get("/static/icon-192.png", {gzip})), "Content-Encoding"), QByteArray());
        QCOMPARE(fieldOf(answer(get("/static/icon-192.png", {gzip})), "Vary"), QByteArray());
    }

    void theFirstPaintIsLight()
    {
        // All that the page names or imports, and what these import, compressed as a phone gets it.
        static const QRegularExpression kReference(
            u"(?:(?:href|src)=\"\\./static/|(?:from|import)\\s*\\(?\\s*['\"]\\./)([^\"']+)[\"']"_s);
        const HttpRequest::Field gzip{"accept-encoding", "gzip"};
        QSet<QByteArray> seen;
        QList<QByteArray> todo{"/"};
        qsizetype bytes = 0;
        while (!todo.isEmpty()) {
            const QByteArray path = todo.takeFirst();
            if (seen.contains(path))
                continue;
            seen.insert(path);
            const HttpResponse packed = answer(get(path, {gzip}));
            QVERIFY2(packed.status == 200, path.constData());
            bytes += packed.body.size();
            auto references = kReference.globalMatch(QString::fromUtf8(answer(get(path)).body));
            while (references.hasNext())
                todo.append("/static/" + references.next().captured(1).toLatin1());
        }
        QVERIFY(seen.contains("/static/app.js") &&
                seen.contains("/static/protocol.js")); // the regular expression works
        QVERIFY2(bytes < 60'000, QByteArray::number(bytes).constData());
        qInfo("%lld files, %lld bytes", static_cast<long long>(seen.size()), static_cast<long long>(bytes));
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

    void errorsUnderApiAreJson()
    {
        const auto error = [this](const HttpRequest &request) {
            const HttpResponse response = answer(request);
            const QJsonObject object = QJsonDocument::fromJson(response.body).object()[u"error"_s].toObject();
            return response.contentType == "application/json" && object[u"status"_s] == response.status &&
                           !object[u"message"_s].toString().isEmpty() && object.size() == 3
                       ? object[u"code"_s].toString()
                       : QString();
        };
        QCOMPARE(error(get("/api")), u"not_found"_s);
        QCOMPARE(error(get("/api/nothing")), u"not_found"_s);
        HttpRequest request = get("/api/stats");
        request.method = "POST";
        QCOMPARE(error(request), u"method_not_allowed"_s);
        QCOMPARE(fieldOf(answer(request), "Allow"), "GET, HEAD"_ba);
        request = get("/api/stats");
        request.host = "evil.example";
        QCOMPARE(error(request), u"misdirected_request"_s);
        request = get("/api/frame.png");
        request.query = "scale=0";
        QCOMPARE(error(request), u"bad_request"_s);
        QCOMPARE(answer(get("/apix")).contentType, "text/plain; charset=utf-8"_ba);
    }

    void tellsItsFigures()
    {
        const HttpResponse response = answer(get("/api/stats"));
        QCOMPARE(fieldOf(response, "Cache-Control"), "no-store"_ba);
        QJsonObject figures = QJsonDocument::fromJson(response.body).object();
        QCOMPARE(figures.take(u"stateHash"_s).toString(),
                 u"%1"_s.arg(StateHash(gliderUniverse(8, 8)).value(), 16, 16, QChar(u'0')));
        QCOMPARE(figures, (QJsonObject{{u"generation"_s, 25},
                                       {u"tick"_s, 0},
                                       {u"population"_s, 5},
                                       {u"births"_s, 0},
                                       {u"deaths"_s, 0},
                                       {u"width"_s, 8},
                                       {u"height"_s, 8},
                                       {u"rule"_s, u"B3/S23"_s},
                                       {u"topology"_s, u"torus"_s},
                                       {u"running"_s, false},
                                       {u"intervalMs"_s, 500},
                                       {u"attainedPerSecond"_s, 2.5},
                                       {u"viewers"_s, 3},
                                       {u"bytesPerSecond"_s, 812},
                                       {u"uptime"_s, 1.5},
                                       {u"version"_s, u"1.2.3"_s}}));
    }

    void filesOfTheUniverseAreDeferred()
    {
        HttpRequest request = get("/api/state.rle", {{"origin", "http://localhost:5173"}});
        const auto rle = std::get<DeferredResponse>(m_site.answer(request));
        QCOMPARE(fieldOf(rle.response, "Content-Disposition"), "attachment; filename=\"universe-25.rle\""_ba);
        QCOMPARE(fieldOf(rle.response, "Access-Control-Allow-Origin"), "http://localhost:5173"_ba);
        QCOMPARE(fieldOf(rle.response, "ETag"), "\"abcd-7-B3/S23-torus\""_ba);
        QTRY_VERIFY(rle.body->isMade());
        QCOMPARE(rle.body->bytes(), "#CXRLE Gen=25\nx = 8, y = 8, rule = B3/S23:T8,8\n$2bo$3bo$b3o!\n"_ba);

        request.path = "/api/frame.png";
        const auto png = std::get<DeferredResponse>(m_site.answer(request));
        QCOMPARE(png.response.contentType, "image/png"_ba);
        QCOMPARE(fieldOf(png.response, "ETag"), "\"abcd-7-128\""_ba);
        QTRY_VERIFY(png.body->isMade());
        QVERIFY(png.body->bytes().startsWith("\x89PNG"));
        // The same scale, said in another way, is the same picture.
        for (const char *query : {"scale=128", "t=5&scale=128", "scale=%31%32%38"}) {
            request.query = query;
            QCOMPARE(std::get<DeferredResponse>(m_site.answer(request)).body, png.body);
        }
        request.query = "scale=1%2F2";
        QCOMPARE(fieldOf(std::get<DeferredResponse>(m_site.answer(request)).response, "ETag"), "\"abcd-7-1/2\""_ba);
        request.fields = {{"if-none-match", "\"abcd-7-1/2\""}};
        QCOMPARE(answer(request).status, 304);
        request.query = "scale=1/3";
        QVERIFY(std::holds_alternative<DeferredResponse>(m_site.answer(request)));
    }

    void theFramesOwnHashIsTold()
    {
        // It is asked, and so computes no more than what changed. This one was told that nothing did.
        auto *before = new Frame;
        const FramePtr asked(before);
        before->cells = gliderUniverse(8, 8);
        const quint64 hash = asked->stateHash();
        auto *after = new Frame;
        const FramePtr next(after);
        after->cells = CellGrid(8, 8);
        after->hash.follow(asked->hash, TileSet(8, 8));
        const FramePtr kept = std::exchange(m_frame, next);
        const HttpResponse response = answer(get("/api/stats"));
        m_frame = kept;
        QCOMPARE(QJsonDocument::fromJson(response.body).object()[u"stateHash"_s].toString(),
                 u"%1"_s.arg(hash, 16, 16, QChar(u'0')));
    }

    void scalesThatCannotBeAreRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("none") << "scale="_ba
                              << "whole number from 1 to 65536"_ba;
        QTest::newRow("no value") << "scale"_ba
                                  << "whole number"_ba;
        QTest::newRow("0") << "scale=0"_ba
                           << "whole number"_ba;
        QTest::newRow("decimal") << "scale=0.5"_ba
                                 << "whole number"_ba;
        QTest::newRow("twice") << "scale=1&scale=2"_ba
                               << "given once"_ba;
        QTest::newRow("too large") << "scale=513"_ba
                                   << "16777216 pixels"_ba;
        QTest::newRow("far too large") << "scale=65536"_ba
                                       << "The largest scale of this universe is 512."_ba;
    }
    void scalesThatCannotBeAreRefused()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, named);
        HttpRequest request = get("/api/frame.png");
        request.query = query;
        const quint64 before = m_counters.limits.count(Limit::PicturePixels);
        const HttpResponse response = answer(request);
        QCOMPARE(response.status, 400);
        QVERIFY2(response.body.contains(named), response.body.constData());
        const bool isTooLarge = response.body.contains("makes a picture of");
        QCOMPARE(m_counters.limits.count(Limit::PicturePixels) - before, isTooLarge ? 1U : 0U);
    }

    void aUniverseTooLivelyForRleIsRefused()
    {
        auto *frame = new Frame;
        frame->population = limits::kRleLivingCells + 1;
        const FramePtr crowded(frame);
        const FramePtr before = std::exchange(m_frame, crowded);
        const HttpResponse response = answer(get("/api/state.rle"));
        m_frame = before;
        QCOMPARE(response.status, 413);
        QVERIFY(response.body.contains("at most 16777216"));
        QCOMPARE(m_counters.limits.count(Limit::RleLivingCells), 1U);
    }

    void theQrCodeLeadsHere()
    {
        m_site.setUrl(u"http://192.168.1.5:8000/"_s);
        HttpRequest request = get("/qr.svg");
        const HttpResponse response = answer(request); // localhost is no good to a phone
        QCOMPARE(response.contentType, "image/svg+xml"_ba);
        QCOMPARE(response.body, qrSvg("http://192.168.1.5:8000/"));
        for (const char *host : {"127.0.0.1:8000", "[::1]:8000", "0.0.0.0:8000", ""}) {
            request.host = host;
            request.minorVersion = 0;
            QCOMPARE(answer(request).body, qrSvg("http://192.168.1.5:8000/"));
        }
        request.host = "10.0.0.7:8000";
        QCOMPARE(answer(request).body, qrSvg("http://10.0.0.7:8000/"));
        request.host = "[2001:db8::7]:8000";
        const QByteArray code = answer(request).body;
        QCOMPARE(code, qrSvg("http://[2001:db8::7]:8000/"));
        QVERIFY(answer(request).body.isSharedWith(code)); // and is not drawn again
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
        QVERIFY(response.body.contains("\nconway_limit_reached_total{limit=\"connections\"} 1\n"));
        QVERIFY(response.body.contains("\nprocess_resident_memory_bytes 1024\n"));
    }
};

QTEST_GUILESS_MAIN(TestSite)
#include "tst_site.moc"
