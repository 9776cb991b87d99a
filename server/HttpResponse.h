#pragma once

#include "server/HttpRequest.h"

#include <QByteArray>
#include <QList>

namespace conway {

/// An answer to one request; Content-Length, Date and Connection are added when it is written.
struct HttpResponse {
    int status = 200;
    QByteArray contentType; ///< empty: no body is meant, as with 304
    QByteArray body;
    QList<HttpRequest::Field> fields;

    /// `reason` as plain text, with the status line's own words before it.
    [[nodiscard]] static HttpResponse error(int status, const QByteArray &reason);

    void add(const QByteArray &name, const QByteArray &value) { fields.append(HttpRequest::Field{name, value}); }

    /// The bytes for the wire. With `headOnly` the body is left out but its length told (HEAD, RFC 9110 §9.3.2).
    [[nodiscard]] QByteArray serialised(bool headOnly, bool keepsConnection) const;
};

} // namespace conway
