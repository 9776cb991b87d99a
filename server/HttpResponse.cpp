#include "server/HttpResponse.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
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
        {429, "Too Many Requests"},
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

HttpResponse HttpResponse::error(int status, const QByteArray &reason, ErrorForm form)
{
    HttpResponse response;
    response.status = status;
    const QByteArray phrase = reasonPhrase(status);
    if (form == ErrorForm::Json) {
        response.contentType = "application/json";
        const QJsonObject error{{u"status"_s, status},
                                {u"code"_s, QString::fromLatin1(phrase.toLower().replace(' ', '_'))},
                                {u"message"_s, QString::fromUtf8(reason)}};
        response.body = QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson(QJsonDocument::Compact);
    } else {
        response.contentType = "text/plain; charset=utf-8";
        response.body = QByteArray::number(status) + ' ' + phrase + "\n" + reason + '\n';
    }
    response.add("Cache-Control", "no-store");
    return response;
}

HttpResponse HttpResponse::unavailable(const QByteArray &reason)
{
    HttpResponse response = error(503, reason);
    response.add("Retry-After", "30");
    return response;
}

QByteArray HttpResponse::head(bool keepsConnection) const
{
    QByteArray bytes =
        "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\nDate: " + httpDate();
    if (!contentType.isEmpty())
        bytes += "\r\nContent-Type: " + contentType;
    if (status != 304)
        bytes += "\r\nContent-Length: " + QByteArray::number(body.size());
    bytes += "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
             "Cross-Origin-Opener-Policy: same-origin\r\nContent-Security-Policy: " +
             contentSecurityPolicy;
    for (const HttpRequest::Field &field : fields)
        bytes += "\r\n" + field.name + ": " + field.value;
    bytes += keepsConnection ? "\r\nConnection: keep-alive" : "\r\nConnection: close";
    // RFC 9110 §7.8: what Upgrade says is for whoever is at the other end of this very connection.
    if (std::any_of(fields.begin(), fields.end(), [](const auto &field) { return field.name == "Upgrade"; }))
        bytes += ", upgrade";
    return bytes + "\r\n\r\n";
}

} // namespace conway
