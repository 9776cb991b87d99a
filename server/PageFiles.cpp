#include "server/PageFiles.h"

#include "server/HttpNegotiation.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr char kPage[] = "/";
constexpr char kStaticPrefix[] = "/static/";
const auto kResources = u":/dashboard/";
const auto kGzipSuffix = u".gz"_s;

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

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The page may load what this server serves and nothing else. `host` is named since older browsers do not count ws: as
/// 'self'.
QByteArray pagePolicy(const QByteArray &host)
{
    return "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
           "connect-src 'self' ws://" +
           host + " wss://" + host +
           "; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

} // namespace

PageFiles::PageFiles()
{
    QDirIterator entries(QString::fromUtf16(kResources), QDir::Files);
    while (entries.hasNext()) {
        const QString resource = entries.next();
        const QString name = entries.fileName();
        if (name.endsWith(kGzipSuffix))
            continue;
        const QByteArray content = contentOf(resource);
        const QByteArray gzip = contentOf(resource + kGzipSuffix);
        const QByteArray etag = QCryptographicHash::hash(content, QCryptographicHash::Sha256).first(12).toHex();
        const QByteArray path = name == u"index.html" ? QByteArray(kPage) : kStaticPrefix + name.toLatin1();
        m_files.insert(path, {contentTypeOf(name), content, gzip, etag});
    }
}

std::optional<HttpResponse> PageFiles::answer(const HttpRequest &request) const
{
    const auto file = m_files.constFind(request.path);
    if (file == m_files.constEnd())
        return {};

    HttpResponse response;
    response.contentSecurityPolicy = pagePolicy(request.host);
    const bool gzip = !file->gzip.isEmpty() && acceptsGzip(request);
    if (!file->gzip.isEmpty())
        response.add("Vary", "Accept-Encoding");
    if (request.path == kPage) {
        response.add("Cache-Control", "no-store");
        response.add("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    } else {
        // Asked again each time, and answered 304: a page never meets the scripts of another version.
        const QByteArray etag = '"' + file->etag + (gzip ? "-gzip\"" : "\"");
        response.add("Cache-Control", "no-cache");
        response.add("ETag", etag);
        if (isKnownToClient(request, etag)) {
            response.status = 304;
            return response;
        }
    }
    response.contentType = file->contentType;
    response.body = gzip ? file->gzip : file->content;
    if (gzip)
        response.add("Content-Encoding", "gzip");
    return response;
}

} // namespace conway
