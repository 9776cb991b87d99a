#pragma once

#include <QObject>
#include <QTcpSocket>

#include <utility>

namespace conway {

/// Counts the bytes that arrive on a viewer's TCP socket. QWebSocket answers pings and collects fragments without
/// telling anybody, so a flood of those shows only here.
///
/// Must be made before QWebSocket gets the socket, so that its slot runs first at each readyRead. A child of the
/// socket.
class InboundMeter : public QObject
{
    Q_OBJECT

public:
    explicit InboundMeter(QTcpSocket *socket)
        : QObject(socket)
        , m_socket(socket)
    {
        connect(socket, &QTcpSocket::readyRead, this, [this] {
            m_arrived += m_socket->bytesAvailable() - m_unread;
            m_unread = m_socket->bytesAvailable();
        });
    }

    /// Bytes since the last call. Call it when QWebSocket has read: what is still there then will not count again.
    [[nodiscard]] qint64 takeArrived()
    {
        m_unread = m_socket->bytesAvailable();
        return std::exchange(m_arrived, 0);
    }

private:
    QTcpSocket *m_socket;
    qint64 m_arrived = 0;
    qint64 m_unread = 0;
};

} // namespace conway
