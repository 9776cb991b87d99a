#pragma once

#include "core/Result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace conway::load {

/// RFC 6455 §5.2.
enum class Opcode : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// A frame of the server's, whole. The payload points into the bytes it was read from.
struct ServerFrame {
    Opcode opcode = Opcode::Text;
    QByteArrayView payload;
    qsizetype bytes = 0; ///< header and payload; 0: there is no whole frame yet
};

/// Reads the frame that `bytes` begin with. The error names the rule of RFC 6455 that it breaks; a message in fragments
/// counts as one too: a server that frames a message once has no reason for it.
[[nodiscard]] Result<ServerFrame> readServerFrame(QByteArrayView bytes);

/// One frame, masked as §5.3 demands of a client; at most 64 KiB of payload, which is all the server takes.
[[nodiscard]] QByteArray clientFrame(Opcode opcode, QByteArrayView payload);

/// The opening handshake, and what the server has to answer. One nonce serves a whole crowd.
class Handshake
{
public:
    /// `host` as the Host field has it, "127.0.0.1:8000"; `subprotocol` may be empty.
    Handshake(const QByteArray &host, QByteArray subprotocol);

    [[nodiscard]] const QByteArray &request() const { return m_request; }

    /// How many bytes at the start of `received` are the server's answer; 0 if it is not whole yet. The error says why
    /// it is not an upgrade to what was asked for.
    [[nodiscard]] Result<qsizetype> readAnswer(const QByteArray &received) const;

private:
    QByteArray m_subprotocol;
    QByteArray m_request;
    QByteArray m_accept;
};

} // namespace conway::load
