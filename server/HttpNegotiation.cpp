#include "server/HttpNegotiation.h"

#include <algorithm>

namespace conway {

namespace {

/// The quality in `;q=0.5`, or 1 where there is none; what cannot be read is 0.
double qualityOf(const QList<QByteArray> &parameters)
{
    for (const QByteArray &parameter : parameters) {
        const QByteArray text = parameter.trimmed().toLower();
        if (!text.startsWith("q="))
            continue;
        bool ok = false;
        const double quality = text.sliced(2).toDouble(&ok);
        return ok ? quality : 0;
    }
    return 1;
}

} // namespace

bool acceptsGzip(const HttpRequest &request)
{
    bool others = false; // what "*" says, which holds for codings that are not named
    for (const HttpRequest::Field &field : request.fields) {
        if (field.name != "accept-encoding")
            continue;
        const QList<QByteArray> entries = field.value.split(',');
        for (const QByteArray &entry : entries) {
            QList<QByteArray> parts = entry.split(';');
            const QByteArray coding = parts.takeFirst().trimmed().toLower();
            const bool wanted = qualityOf(parts) > 0;
            if (coding == "gzip" || coding == "x-gzip")
                return wanted;
            if (coding == "*")
                others = wanted;
        }
    }
    return others;
}

bool isKnownToClient(const HttpRequest &request, const QByteArray &etag)
{
    // Our tags hold no comma, so a list may be split at each of them, even inside the quotes of somebody else's tag.
    return std::any_of(request.fields.begin(), request.fields.end(), [&etag](const HttpRequest::Field &field) {
        if (field.name != "if-none-match")
            return false;
        const QList<QByteArray> tags = field.value.split(',');
        return std::any_of(tags.begin(), tags.end(), [&etag](const QByteArray &tag) {
            const QByteArray text = tag.trimmed();
            return text == etag || text == "W/" + etag || text == "*";
        });
    });
}

} // namespace conway
