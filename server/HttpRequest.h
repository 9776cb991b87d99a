#pragma once

#include "server/Limit.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>
#include <variant>

namespace conway {

/// The head of an HTTP/1.x request (RFC 9112). Names of header fields are in lower case, values without the white space
/// around them.
struct HttpRequest {
    struct Field {
        QByteArray name;
        QByteArray value;
    };

    QByteArray method; ///< as sent: methods are case-sensitive
    QByteArray path;   ///< the target up to '?', byte for byte: nothing decoded, nothing resolved
    QByteArray query;  ///< what follows the '?'
    QByteArray host;   ///< from an absolute target, else from Host; empty only with HTTP/1.0
    int minorVersion = 1;
    QList<Field> fields;

    /// The value of the first field of that (lower-case) name; empty when there is none.
    [[nodiscard]] QByteArray field(QByteArrayView name) const;
    [[nodiscard]] bool has(QByteArrayView name) const;
    /// Whether a comma-separated field holds that word, in any case unless told otherwise, over all fields of the name.
    [[nodiscard]] bool fieldHasToken(QByteArrayView name, QByteArrayView token,
                                     Qt::CaseSensitivity casing = Qt::CaseInsensitive) const;
    /// Whether the client expects to go on using the connection (RFC 9112 §9.3).
    [[nodiscard]] bool keepsConnection() const;
};

/// A request that cannot be served, as the status that says so.
struct HttpError {
    int status = 400;
    QByteArray reason;            ///< a sentence for the person who reads the answer
    std::optional<Limit> limit{}; ///< that was reached, if it was one
};

/// The request's head is not complete yet.
struct HttpIncomplete {
};

struct HttpParsed {
    HttpRequest request;
    qsizetype headBytes = 0; ///< how much of the data the head took, its empty line included
};

using HttpParseResult = std::variant<HttpIncomplete, HttpError, HttpParsed>;

/// Reads one request head from the beginning of `data`, within the limits of Limits.h. Strict: what RFC 9112 calls
/// malformed is an error even where it lets a server be lenient (bare LF, folded lines, space before the colon), since
/// every leniency is a way for two programs to disagree about where a request ends. An error is told as soon as it can
/// be seen, complete head or not.
[[nodiscard]] HttpParseResult parseHttpRequest(QByteArrayView data);

/// The path of a request that is an error or not complete, as far as it stands there; empty when none does.
[[nodiscard]] QByteArray pathAsFarAsRead(QByteArrayView data);

} // namespace conway
