#include "server/AccessPolicy.h"
#include "server/FramePicture.h"
#include "server/HttpNegotiation.h"
#include "server/HttpRequest.h"
#include "server/WebSocketHandshake.h"
#include "tests/fuzz/Require.h"

#include <algorithm>

// The reader of HTTP requests under libFuzzer: what it says must not depend on how the bytes arrived, whoever reads a
// request's parts must cope with all that it lets through, and the answer to a handshake must hold nothing of what
// came.

using namespace conway;

namespace {

bool isSame(const HttpRequest &a, const HttpRequest &b)
{
    return a.method == b.method && a.path == b.path && a.query == b.query && a.host == b.host &&
           a.minorVersion == b.minorVersion &&
           std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                      [](const auto &x, const auto &y) { return x.name == y.name && x.value == y.value; });
}

/// What is told of the first bytes must hold for all of them. Only a line that is too long may be told before it turns
/// out to be wrong in another way, too.
void requireAgreement(const HttpParseResult &early, const HttpParseResult &late)
{
    if (std::holds_alternative<HttpIncomplete>(early))
        return;
    if (const auto *error = std::get_if<HttpError>(&early)) {
        const auto *same = std::get_if<HttpError>(&late);
        require(same && (same->status == error->status || error->limit));
        return;
    }
    const auto *parsed = std::get_if<HttpParsed>(&late);
    require(parsed && parsed->headBytes == std::get<HttpParsed>(early).headBytes &&
            isSame(parsed->request, std::get<HttpParsed>(early).request));
}

/// Everything that reads a request's parts.
void look(const HttpRequest &request)
{
    static const AccessPolicy policy(8000, {QStringLiteral("living-room")}, {QStringLiteral("life.example")},
                                     {QStringLiteral("https://a.example")});
    require(!request.host.isEmpty() || request.minorVersion == 0);
    if (policy.acceptsHost(request.host))
        require(policy.urlForOthers(request.host).size() <= request.host.size() + 9);
    (void)policy.acceptsOrigin(request.field("origin"), request.host);
    (void)acceptsGzip(request);
    (void)isKnownToClient(request, "\"ab-1\"");
    if (const auto scale = PictureScale::parse(request.query))
        require(PictureScale::parse(scale->toString()) == scale);

    if (checkWebSocketHandshake(request))
        return;
    // Of what came, the answer holds nothing but a hash.
    const QByteArray answer = acceptHandshake(request);
    require(answer.startsWith("HTTP/1.1 101 ") && answer.endsWith("\r\n\r\n") &&
            answer.count('\n') == (asksForBinaryStream(request) ? 6 : 5));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const HttpParseResult whole = parseHttpRequest(bytes);
    // At every byte of a short one, less often in a long one.
    const qsizetype stride = 1 + bytes.size() / 128;
    for (qsizetype end = 0; end < bytes.size(); end += stride)
        requireAgreement(parseHttpRequest(bytes.first(end)), whole);
    if (const auto *parsed = std::get_if<HttpParsed>(&whole)) {
        require(parsed->headBytes <= bytes.size());
        requireAgreement(parseHttpRequest(bytes.first(parsed->headBytes)), whole);
        require(std::holds_alternative<HttpIncomplete>(parseHttpRequest(bytes.first(parsed->headBytes - 1))));
        look(parsed->request);
    }
    return 0;
}
