#include "server/WebSocketHandshake.h"

#include <QCryptographicHash>

#include <algorithm>

namespace conway {

namespace {

/// RFC 6455's own: whoever answers with its hash has understood that this is a WebSocket.
constexpr char kGuid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

} // namespace

std::optional<HttpError> checkWebSocketHandshake(const HttpRequest &request)
{
    for (const QByteArrayView name :
         {QByteArrayView("sec-websocket-key"), QByteArrayView("sec-websocket-version"), QByteArrayView("origin")}) {
        if (std::count_if(request.fields.begin(), request.fields.end(),
                          [name](const HttpRequest::Field &field) { return field.name == name; }) > 1)
            return HttpError{400, "A header line of the handshake stands there twice."};
    }
    if (!request.fieldHasToken("upgrade", "websocket") || !request.fieldHasToken("connection", "upgrade"))
        return HttpError{426, "This address is a WebSocket: connect with ws://, or open / for the page."};
    if (request.field("sec-websocket-version") != "13")
        return HttpError{426, "This server speaks WebSocket version 13."};
    if (request.method != "GET" || request.minorVersion < 1)
        return HttpError{400, "A WebSocket handshake is a GET with HTTP/1.1."};
    const auto nonce =
        QByteArray::fromBase64Encoding(request.field("sec-websocket-key"), QByteArray::AbortOnBase64DecodingErrors);
    if (!nonce || (*nonce).size() != 16)
        return HttpError{400, "Sec-WebSocket-Key is not 16 bytes in Base64."};
    return {};
}

bool asksForBinaryStream(const HttpRequest &request)
{
    // RFC 6455 §4.1: a client fails the connection if the answer is not, letter by letter, one of those it asked for.
    return request.fieldHasToken("sec-websocket-protocol", kBinarySubprotocol, Qt::CaseSensitive);
}

QByteArray acceptHandshake(const HttpRequest &request)
{
    const QByteArray question = request.field("sec-websocket-key") + kGuid;
    const QByteArray proof = QCryptographicHash::hash(question, QCryptographicHash::Sha1).toBase64();
    QByteArray answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: " +
                        proof + "\r\n";
    if (asksForBinaryStream(request))
        answer += QByteArray("Sec-WebSocket-Protocol: ") + kBinarySubprotocol + "\r\n";
    return answer + "\r\n";
}

} // namespace conway
