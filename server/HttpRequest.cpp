#include "server/HttpRequest.h"

#include "server/Limits.h"

#include <algorithm>
#include <optional>

namespace conway {

namespace {

/// RFC 9110 §5.6.2: the characters of a token.
bool isTokenChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

/// RFC 9110 §5.5: visible characters, space, tab, and bytes above ASCII.
bool isFieldValue(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

QByteArrayView withoutOuterSpace(QByteArrayView text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

HttpError bad(const char *reason)
{
    return {400, reason, {}};
}

/// The offset just past the next CRLF, or nothing while the line is not complete. A CR or LF that is not part of a CRLF
/// is an error, told by `stray`.
std::optional<qsizetype> lineEnd(QByteArrayView data, qsizetype from, bool &stray)
{
    const auto *begin = data.begin() + from;
    const auto *found = std::find_if(begin, data.end(), [](char c) { return c == '\r' || c == '\n'; });
    if (found == data.end() || (*found == '\r' && found + 1 == data.end()))
        return {};
    if (*found == '\n' || *(found + 1) != '\n') {
        stray = true;
        return {};
    }
    return found + 2 - data.begin();
}

/// RFC 9112 §3.2: what a target consists of. It names a host where it is absolute.
struct Target {
    std::optional<QByteArrayView> host;
    QByteArrayView path;
    QByteArrayView query;
};

Target splitTarget(QByteArrayView target)
{
    Target parts;
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (target.size() < scheme.size() || !equalsIgnoringCase(target.first(scheme.size()), scheme))
            continue;
        const QByteArrayView rest = target.sliced(scheme.size());
        const auto *slash = std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?'; });
        parts.host = QByteArrayView(rest.begin(), slash);
        target = QByteArrayView(slash, rest.end());
        break;
    }
    const qsizetype question = target.indexOf('?');
    parts.path = question < 0 ? target : target.first(question);
    parts.query = question < 0 ? QByteArrayView() : target.sliced(question + 1);
    if (parts.host && parts.path.isEmpty())
        parts.path = "/";
    return parts;
}

/// RFC 9112 §3: method SP target SP version.
std::optional<HttpError> parseRequestLine(QByteArrayView line, HttpRequest &request)
{
    const qsizetype methodEnd = line.indexOf(' ');
    const qsizetype targetEnd = line.lastIndexOf(' ');
    if (methodEnd <= 0 || targetEnd <= methodEnd + 1)
        return bad("A request line is a method, a target and a version, with one space between them.");
    const QByteArrayView method = line.first(methodEnd);
    const QByteArrayView target = line.sliced(methodEnd + 1, targetEnd - methodEnd - 1);
    const QByteArrayView version = line.sliced(targetEnd + 1);

    if (!isToken(method))
        return bad("The method is not a token.");
    if (std::ranges::any_of(target, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; }))
        return bad("The target holds white space or a control character.");

    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (version.size() != 8 || !version.startsWith("HTTP/") || !isDigit(version[5]) || version[6] != '.' ||
        !isDigit(version[7]))
        return bad("The version is not of the form HTTP/1.1.");
    if (version[5] != '1' || version[7] > '1')
        return HttpError{505, "This server speaks HTTP/1.0 and HTTP/1.1."};

    const Target parts = splitTarget(target);
    // RFC 9112 §3.2.2: it then stands above the Host field.
    if (parts.host && parts.host->isEmpty())
        return bad("The target names no host.");
    request.host = parts.host.value_or(QByteArrayView()).toByteArray();
    request.method = method.toByteArray();
    request.path = parts.path.toByteArray();
    request.query = parts.query.toByteArray();
    request.minorVersion = version[7] - '0';
    return {};
}

/// RFC 9112 §5.
std::optional<HttpError> parseField(QByteArrayView line, HttpRequest &request)
{
    if (line.front() == ' ' || line.front() == '\t')
        return bad("A header line begins with white space (folded lines are obsolete).");
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon)))
        return bad("A header line is not a name, a colon and a value.");
    const QByteArrayView value = withoutOuterSpace(line.sliced(colon + 1));
    if (!isFieldValue(value))
        return bad("A header value holds a control character.");
    request.fields.append({line.first(colon).toByteArray().toLower(), value.toByteArray()});
    return {};
}

/// What the fields must say together: RFC 9112 §3.2 (Host) and §6 (body).
std::optional<HttpError> checkFields(HttpRequest &request)
{
    const auto count = [&](QByteArrayView name) {
        return std::count_if(request.fields.begin(), request.fields.end(),
                             [&](const HttpRequest::Field &field) { return field.name == name; });
    };
    const auto hosts = count("host");
    if (hosts > 1 || (hosts == 0 && request.minorVersion >= 1))
        return bad("A request carries exactly one Host.");
    if (request.host.isEmpty())
        request.host = request.field("host");
    if (request.host.isEmpty() && request.minorVersion >= 1)
        return bad("Host is empty.");

    const bool coded = request.has("transfer-encoding");
    if (request.has("content-length")) {
        if (coded || count("content-length") > 1)
            return bad("The length of the body is given in more than one way.");
        const QByteArray length = request.field("content-length");
        if (length.isEmpty() || !std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return bad("Content-Length is not a number.");
        if (std::any_of(length.begin(), length.end(), [](char c) { return c != '0'; }))
            return HttpError{413, "This server takes no request with a body.", Limit::RequestBody};
    }
    if (coded)
        return HttpError{413, "This server takes no request with a body.", Limit::RequestBody};
    return {};
}

} // namespace

QByteArray HttpRequest::field(QByteArrayView name) const
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field &field) { return field.name == name; });
    return found == fields.end() ? QByteArray() : found->value;
}

bool HttpRequest::has(QByteArrayView name) const
{
    return std::any_of(fields.begin(), fields.end(), [&](const Field &field) { return field.name == name; });
}

bool HttpRequest::fieldHasToken(QByteArrayView name, QByteArrayView token, Qt::CaseSensitivity casing) const
{
    return std::any_of(fields.begin(), fields.end(), [&](const Field &field) {
        if (field.name != name)
            return false;
        const QList<QByteArray> words = field.value.split(',');
        return std::any_of(words.begin(), words.end(),
                           [&](const QByteArray &word) { return withoutOuterSpace(word).compare(token, casing) == 0; });
    });
}

bool HttpRequest::keepsConnection() const
{
    if (fieldHasToken("connection", "close"))
        return false;
    return minorVersion >= 1 || fieldHasToken("connection", "keep-alive");
}

QByteArray pathAsFarAsRead(QByteArrayView data)
{
    if (data.startsWith("\r\n"))
        data = data.sliced(2);
    const QByteArrayView line(data.begin(),
                              std::find_if(data.begin(), data.end(), [](char c) { return c == '\r' || c == '\n'; }));
    const qsizetype methodEnd = line.indexOf(' ');
    if (!isToken(line.first(std::max<qsizetype>(methodEnd, 0))))
        return {};
    const QByteArrayView rest = line.sliced(methodEnd + 1);
    const QByteArrayView target = rest.first(rest.contains(' ') ? rest.indexOf(' ') : rest.size());
    return splitTarget(target).path.toByteArray();
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity): in the order of the bytes, it reads easily
HttpParseResult parseHttpRequest(QByteArrayView data)
{
    // RFC 9112 §2.2: an empty line before the request is forgiven, once.
    qsizetype position = data.startsWith("\r\n") ? 2 : 0;

    // A TLS hello or a stray binary is told at once, not when its deadline is over.
    const auto *method = data.begin() + position;
    const auto *methodEnd = std::find(method, data.end(), ' ');
    const auto *oddity = std::find_if_not(method, methodEnd, isTokenChar);
    if (oddity != methodEnd && !(*oddity == '\r' && oddity == method && oddity + 1 == data.end()))
        return bad("This is not an HTTP request.");

    HttpRequest request;
    for (int line = 0;; ++line) {
        bool stray = false;
        const auto end = lineEnd(data, position, stray);
        if (stray)
            return bad("A line does not end with CR LF.");
        // The CR that may already stand at the end of an incomplete line is not part of its length.
        const qsizetype lineBytes = (end ? *end - 2 : data.size() - (data.endsWith('\r') ? 1 : 0)) - position;
        if (line == 0 && lineBytes > limits::kRequestLineBytes)
            return HttpError{414, "The request line is too long.", Limit::RequestLineBytes};
        if (lineBytes > limits::kHeaderLineBytes)
            return HttpError{431, "A header line is too long.", Limit::HeaderLineBytes};
        if (position + lineBytes > limits::kHeaderBytes)
            return HttpError{431, "The header is too large.", Limit::HeaderBytes};
        if (line > limits::kHeaderLines && lineBytes > 0)
            return HttpError{431, "The header has too many lines.", Limit::HeaderLines};
        if (!end)
            return HttpIncomplete{};

        const QByteArrayView text = data.sliced(position, lineBytes);
        position = *end;
        if (text.isEmpty() && line > 0)
            break;
        const auto error = line == 0 ? parseRequestLine(text, request) : parseField(text, request);
        if (error)
            return *error;
    }
    if (const auto error = checkFields(request))
        return *error;
    return HttpParsed{request, position};
}

} // namespace conway
