#include "server/Outlet.h"

#include "server/DirectSend.h"

#include <QTcpSocket>

#include <numeric>
#include <utility>

namespace conway {

Outlet::Outlet(QTcpSocket &socket, qint64 &unsentInAll)
    : m_socket(&socket)
    , m_unsentInAll(unsentInAll)
{
    refresh();
}

qsizetype Outlet::send(std::span<const QByteArray> pieces)
{
    if (m_descriptor < 0)
        return 0;
    const auto size = std::accumulate(pieces.begin(), pieces.end(), qsizetype{0},
                                      [](qsizetype sum, const QByteArray &piece) { return sum + piece.size(); });
    // What waits already goes first.
    const qsizetype sent = m_unsent == 0 ? sendDirectly(m_descriptor, pieces) : 0;
    if (sent < size)
        queue(pieces, sent);
    return size;
}

/// What the kernel did not take, all but the first `sent` bytes.
void Outlet::queue(std::span<const QByteArray> pieces, qsizetype sent)
{
    qsizetype skip = sent;
    for (const QByteArray &piece : pieces) {
        if (skip >= piece.size())
            skip -= piece.size();
        else if (const qsizetype begun = std::exchange(skip, 0); begun > 0)
            m_socket->write(piece.constData() + begun, piece.size() - begun);
        else
            m_socket->write(piece); // from 4096 bytes up QTcpSocket shares it
    }
    // Perhaps it is dead. Better to know at once.
    const bool wasFree = m_unsent == 0;
    refresh();
    if (wasFree && sent == 0) {
        m_socket->flush();
        refresh();
    }
}

void Outlet::refresh()
{
    m_descriptor = m_socket->state() == QAbstractSocket::ConnectedState ? m_socket->socketDescriptor() : -1;
    const qint64 unsent = m_socket->bytesToWrite();
    m_unsentInAll += unsent - std::exchange(m_unsent, unsent);
}

} // namespace conway
