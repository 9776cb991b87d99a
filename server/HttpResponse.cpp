#include "server/HttpResponse.h"

#include <QDateTime>
#include <QLocale>

#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

QByteArray reasonPhrase(int status)
{
    // RFC 9110 §15; the ones this server sends.
    constexpr std::pair<int, const char *> kPhrases[] = {
        {200, "OK"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {421, "Misdirected Request"},
        {426, "Upgrade Required"},
        {431, "Request Header Fields Too Large"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    for (const auto &[code, phrase] : kPhrases) {
        if (code == status)
            return phrase;
    }
    return "Unknown";
}

/// RFC 9110 §5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
QByteArray httpDate()
{
    return QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

} // namespace

HttpResponse HttpResponse::error(int status, const QByteArray &reason)
{
    HttpResponse response;
    response.status = status;
    response.contentType = "text/plain; charset=utf-8";
    response.body = QByteArray::number(status) + ' ' + reasonPhrase(status) + "\n" + reason + '\n';
    response.fields = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
    return response;
}

QByteArray HttpResponse::serialised(bool headOnly, bool keepsConnection) const
{
    QByteArray bytes =
        "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\nDate: " + httpDate();
    if (!contentType.isEmpty())
        bytes += "\r\nContent-Type: " + contentType;
    if (status != 304)
        bytes += "\r\nContent-Length: " + QByteArray::number(body.size());
    for (const HttpRequest::Field &field : fields)
        bytes += "\r\n" + field.name + ": " + field.value;
    bytes += keepsConnection ? "\r\nConnection: keep-alive\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
    if (!headOnly)
        bytes += body;
    return bytes;
}

} // namespace conway
