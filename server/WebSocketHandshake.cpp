#include "server/WebSocketHandshake.h"

#include <algorithm>

namespace conway {

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

QByteArray canonicalHandshake(const HttpRequest &request)
{
    QByteArray text = "GET " + request.path + " HTTP/1.1\r\nHost: " + request.host +
                      "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: " +
                      request.field("sec-websocket-key") + "\r\n";
    if (request.has("origin"))
        text += "Origin: " + request.field("origin") + "\r\n";
    return text + "\r\n";
}

} // namespace conway
