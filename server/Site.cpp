#include "server/Site.h"

#include "server/WebSocketHandshake.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>

#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr char kPage[] = "/";
constexpr char kStream[] = "/ws";
constexpr char kStaticPrefix[] = "/static/";
const auto kResources = u":/dashboard/";

QByteArray contentTypeOf(const QString &name)
{
    static const QHash<QString, QByteArray> kTypes{
        {u"html"_s, "text/html; charset=utf-8"},
        {u"css"_s, "text/css; charset=utf-8"},
        {u"js"_s, "text/javascript; charset=utf-8"},
        {u"svg"_s, "image/svg+xml"},
        {u"png"_s, "image/png"},
        {u"webmanifest"_s, "application/manifest+json"},
    };
    return kTypes.value(name.section(u'.', -1), "application/octet-stream");
}

/// The page may load what this server serves and nothing else. `host` was checked before, and is named since older
/// browsers do not count ws: as 'self'.
QByteArray contentSecurityPolicy(const QByteArray &host)
{
    return "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
           "connect-src 'self' ws://" +
           host + " wss://" + host +
           "; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

/// RFC 9110 §15.5.22 and RFC 6455 §4.4: which protocol, and which version of it.
HttpResponse upgradeRequired(const QByteArray &reason)
{
    HttpResponse response = HttpResponse::error(426, reason);
    response.add("Upgrade", "websocket");
    response.add("Sec-WebSocket-Version", "13");
    return response;
}

} // namespace

Site::Site(std::function<ServerReport()> report)
    : m_report(std::move(report))
{
    QDirIterator entries(QString::fromUtf16(kResources), QDir::Files);
    while (entries.hasNext()) {
        QFile file(entries.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QString name = entries.fileName();
        const QByteArray content = file.readAll();
        const QByteArray etag =
            '"' + QCryptographicHash::hash(content, QCryptographicHash::Sha256).first(12).toHex() + '"';
        const QByteArray path = name == u"index.html" ? QByteArray(kPage) : kStaticPrefix + name.toLatin1();
        m_files.insert(path, {contentTypeOf(name), content, etag});
    }
}

SiteAnswer Site::answer(const HttpRequest &request) const
{
    // RFC 9110 §7.4 and §15.5.20. HTTP/1.0 may come without a Host; no browser speaks it.
    if (!m_access || (!request.host.isEmpty() && !m_access->acceptsHost(request.host)))
        return HttpResponse::error(421, "This server does not go by that name. Open it by its address.");
    if (request.path == kStream && request.has("upgrade"))
        return upgrade(request);

    HttpResponse response = respond(request);
    if (const QByteArray origin = request.field("origin"); m_access->isAllowedOrigin(origin)) {
        response.add("Access-Control-Allow-Origin", origin);
        response.add("Vary", "Origin");
    }
    return response;
}

SiteAnswer Site::upgrade(const HttpRequest &request) const
{
    if (const auto error = checkWebSocketHandshake(request)) {
        return error->status == 426 ? upgradeRequired(error->reason)
                                    : HttpResponse::error(error->status, error->reason);
    }
    if (request.has("origin") && !m_access->acceptsOrigin(request.field("origin"), request.host))
        return HttpResponse::error(403,
                                   "Pages of that origin may not connect. The host can allow it with --allow-origin.");
    return WebSocketUpgrade{};
}

HttpResponse Site::respond(const HttpRequest &request) const
{
    if (request.method != "GET" && request.method != "HEAD") {
        HttpResponse response = HttpResponse::error(405, "This server answers GET and HEAD.");
        response.add("Allow", "GET, HEAD");
        return response;
    }
    if (request.path == kStream)
        return upgradeRequired("This address is a WebSocket: connect with ws://, or open / for the page.");

    HttpResponse response;
    response.fields = {{"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}};
    if (request.path == "/healthz" || request.path == "/metrics") {
        const bool health = request.path == "/healthz";
        response.contentType = health ? "application/json" : "text/plain; version=0.0.4; charset=utf-8";
        response.body = health ? healthJson(m_report()) : metricsText(m_report());
        response.add("Cache-Control", "no-store");
        return response;
    }

    const auto file = m_files.constFind(request.path);
    if (file == m_files.constEnd())
        return HttpResponse::error(404, "There is nothing here. The page is at /.");
    const bool isPage = request.path == kPage;
    response.add("Cross-Origin-Opener-Policy", "same-origin");
    response.add("Content-Security-Policy", contentSecurityPolicy(request.host));
    if (isPage) {
        response.add("Cache-Control", "no-store");
    } else {
        // Asked again each time, and answered 304: a page never meets the scripts of another version.
        response.add("Cache-Control", "no-cache");
        response.add("ETag", file->etag);
        // RFC 9110 §13.1.2; the comparison is weak.
        const QByteArray weak = "W/" + file->etag;
        if (request.fieldHasToken("if-none-match", file->etag) || request.fieldHasToken("if-none-match", weak) ||
            request.field("if-none-match") == "*") {
            response.status = 304;
            return response;
        }
    }
    response.contentType = file->contentType;
    response.body = file->content;
    return response;
}

} // namespace conway
