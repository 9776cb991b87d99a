#pragma once

#include "server/HttpRequest.h"

#include <QByteArray>
#include <QList>

namespace conway {

/// An answer to one request; Content-Length, Date, Connection, and what guards every answer are added when it is
/// written.
struct HttpResponse {
    int status = 200;
    QByteArray contentType; ///< empty: no body is meant, as with 304
    QByteArray body;
    /// What it may load and do if it is taken for a document: nothing, unless it is the page.
    QByteArray contentSecurityPolicy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    QList<HttpRequest::Field> fields;

    enum class ErrorForm {
        Text, ///< for people: the status line's own words, and `reason`
        Json, ///< for programs: {"error":{"status":404,"code":"not_found","message":…}}, the code being those words
    };
    [[nodiscard]] static HttpResponse error(int status, const QByteArray &reason, ErrorForm form = ErrorForm::Text);

    /// 503 for who comes when all places are taken, with when to try again.
    [[nodiscard]] static HttpResponse unavailable(const QByteArray &reason);

    void add(const QByteArray &name, const QByteArray &value) { fields.append(HttpRequest::Field{name, value}); }

    /// The bytes for the wire up to the body. A HEAD has the same, the body's length included (RFC 9110 §9.3.2).
    [[nodiscard]] QByteArray head(bool keepsConnection) const;
};

} // namespace conway
