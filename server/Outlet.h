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
    /// `unsentInAll` is where its owner counts what waits in all sockets that have one; outlives this.
    Outlet(QTcpSocket &socket, qint64 &unsentInAll);
    Outlet(const Outlet &) = delete;
    Outlet &operator=(const Outlet &) = delete;
    ~Outlet() { m_unsentInAll -= m_unsent; }

    /// Sends `pieces`, one behind the other, and returns their size; 0, and nothing is sent, once the connection is
    /// over. May find it dead, and the socket then tells so before this returns.
    qsizetype send(std::span<const QByteArray> pieces);

    /// What waits in the socket, in bytes.
    [[nodiscard]] qint64 unsent() const { return m_unsent; }

    /// Whenever the socket has emitted stateChanged() or bytesWritten(), at once.
    void refresh();

private:
    void queue(std::span<const QByteArray> pieces, qsizetype sent);

    QTcpSocket *m_socket;
    qintptr m_descriptor = -1; ///< while it is connected
    qint64 m_unsent = 0;       ///< what waits; if nothing does, the kernel is asked first
    qint64 &m_unsentInAll;
};

} // namespace conway
