#pragma once

#include "server/Utf8Check.h"

#include <QByteArray>

#include <array>
#include <optional>

namespace conway {

/// One frame that came from a client, as far as it matters to whoever answers.
struct ClientFrame {
    enum class Kind {
        Fragment, ///< of a message that goes on; its payload comes with the whole message
        Text,     ///< a whole message in UTF-8
        Binary,   ///< a whole message
        Ping,
        Pong,
        Close, ///< the status code that it had, if it had one, is fit to be sent back
        Broken ///< the connection must be closed with `closeCode`; the payload is the reason, in ASCII
    };

    Kind kind = Kind::Fragment;
    QByteArray payload;
    std::optional<quint16> closeCode; ///< of Close and Broken
};

/// Reads what a client sends (RFC 6455 §5): takes off the masks, joins fragments, and refuses whatever breaks the RFC
/// or is too long, as early as it shows. Pure: it knows no socket, and bytes may come in any portions.
///
/// While nothing is half read it holds no memory of its own.
class ClientFrames
{
public:
    /// A message, and so each of its fragments, may have `maxMessage` bytes.
    explicit ClientFrames(qsizetype maxMessage)
        : m_maxMessage(maxMessage)
    {
    }

    /// Takes bytes off the front of `bytes` to the end of the next frame. Nothing: all are taken, and none has ended.
    /// What follows after Close or Broken is swallowed.
    [[nodiscard]] std::optional<ClientFrame> next(QByteArrayView &bytes);

private:
    [[nodiscard]] std::optional<ClientFrame> takeHead(QByteArrayView &bytes);
    [[nodiscard]] const char *faultOfStart() const;
    [[nodiscard]] std::optional<ClientFrame> measure();
    [[nodiscard]] std::optional<ClientFrame> takePayload(QByteArrayView &bytes);
    [[nodiscard]] std::optional<ClientFrame> end();
    [[nodiscard]] ClientFrame close();
    [[nodiscard]] ClientFrame broken(quint16 code, const char *reason);

    [[nodiscard]] quint8 opcode() const { return static_cast<quint8>(m_head[0]) & 0x0f; }
    [[nodiscard]] bool isControl() const { return (opcode() & 0x08) != 0; }
    [[nodiscard]] bool isFinal() const { return (static_cast<quint8>(m_head[0]) & 0x80) != 0; }
    [[nodiscard]] qsizetype shortLength() const { return m_head[1] & 0x7f; }
    [[nodiscard]] qsizetype maskBegin() const;

    const qsizetype m_maxMessage;
    std::array<char, 14> m_head{}; ///< of the frame that is being read
    qsizetype m_headSize = 0;
    bool m_headIsRead = false;
    bool m_isOver = false;                                               ///< Close or Broken came
    enum class Message { None, Text, Binary } m_message = Message::None; ///< what is being joined
    Utf8Check m_utf8;
    qsizetype m_payloadLeft = 0;
    qsizetype m_payloadTaken = 0;
    QByteArray m_data;    ///< of the message so far
    QByteArray m_control; ///< of a control frame, which may come between fragments
};

} // namespace conway
