#pragma once

#include <QByteArray>

#include <span>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace conway {

/// The way out of a QTcpSocket: to the kernel at once where nothing waits already, and the rest through the socket.
/// Going past its buffer and its write notifier costs a small message half as much, and an idle socket has no buffer.
///
/// What sending must know of the socket is remembered here: among a thousand viewers each look into one is a wait for
/// memory. So its owner says when that may have changed, see refresh(). Nobody else may write to the socket meanwhile.
class Outlet
{
public:
    explicit Outlet(QTcpSocket &socket);

    /// Sends `pieces`, one behind the other, and returns their size; 0, and nothing is sent, once the connection is
    /// over. May find it dead, and the socket then tells so before this returns.
    qsizetype send(std::span<const QByteArray> pieces);

    /// What waits in the socket, in bytes.
    [[nodiscard]] qint64 unsent() const;

    /// Whenever the socket has emitted stateChanged() or bytesWritten(), at once.
    void refresh();

private:
    void queue(std::span<const QByteArray> pieces, qsizetype sent);

    QTcpSocket *m_socket;
    qintptr m_descriptor = -1; ///< while it is connected
    bool m_isFree = false;     ///< nothing waits
};

} // namespace conway
