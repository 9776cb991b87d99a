#include "server/DirectSend.h"

#include <QTcpSocket>

#include <utility>

namespace conway {

void sendThrough(QTcpSocket &socket, std::span<const QByteArray> pieces)
{
    // What waits already goes first.
    const bool isFree = socket.bytesToWrite() == 0;
    const qsizetype sent = isFree ? sendDirectly(socket.socketDescriptor(), pieces) : 0;
    qsizetype skip = sent;
    for (const QByteArray &piece : pieces) {
        if (skip >= piece.size())
            skip -= piece.size();
        else if (const qsizetype begun = std::exchange(skip, 0); begun > 0)
            socket.write(piece.constData() + begun, piece.size() - begun);
        else
            socket.write(piece); // from 4096 bytes up QTcpSocket shares it
    }
    // Perhaps it is dead. Better to know at once.
    if (isFree && sent == 0)
        socket.flush();
}

} // namespace conway
