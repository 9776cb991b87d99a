#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <QTest>
#include <QtEndian>

#ifdef Q_OS_WIN
#include <winsock2.h>
using NativeSocket = SOCKET;
#else
#include <sys/socket.h>
using NativeSocket = int;
#endif

namespace conway {

/// A TCP client that sends what no well-behaved library would, and keeps every byte it gets. Uses the test's event
/// loop: wait with QTRY_…
class RawClient
{
public:
    explicit RawClient(quint16 port, const QHostAddress &address = QHostAddress::LocalHost)
    {
        hear();
        QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [this] {
            if (socket.isReadable())
                received += socket.readAll();
        });
        socket.setProxy(QNetworkProxy::NoProxy); // this machine's own addresses, whatever the system's settings say
        socket.connectToHost(address, port);
        socket.waitForConnected();
    }

    /// Reads no more: what comes fills Qt's small buffer, then the kernel's, and then waits at the server.
    void turnDeaf()
    {
        socket.setReadBufferSize(1024);
        socket.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 65536);
        QObject::disconnect(&socket, &QTcpSocket::readyRead, nullptr, nullptr);
    }

    /// Reads again, and everything.
    void hear()
    {
        socket.setReadBufferSize(0);
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { received += socket.readAll(); });
        if (socket.isReadable())
            received += socket.readAll();
    }

    void send(const QByteArray &bytes)
    {
        socket.write(bytes);
        socket.flush();
    }

    /// Ends the connection with a reset, as a program does that dies, instead of an orderly end.
    void reset()
    {
        const linger atOnce{1, 0};
        setsockopt(static_cast<NativeSocket>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER,
                   reinterpret_cast<const char *>(&atOnce), sizeof atOnce);
        socket.abort();
    }

    [[nodiscard]] bool isClosed() const { return socket.state() == QAbstractSocket::UnconnectedState; }

    /// The status code of the first answer; 0 before there is one.
    [[nodiscard]] int status() const
    {
        return received.startsWith("HTTP/1.1 ") && received.contains("\r\n\r\n") ? received.mid(9, 3).toInt() : 0;
    }

    /// What stands after the first empty line.
    [[nodiscard]] QByteArray body() const
    {
        const qsizetype end = received.indexOf("\r\n\r\n");
        return end < 0 ? QByteArray() : received.sliced(end + 4);
    }

    /// The value of a field of the first answer, by its name as it is written there; empty when there is none.
    [[nodiscard]] QByteArray field(const QByteArray &name) const
    {
        const QByteArray head = received.first(received.indexOf("\r\n\r\n") + 2);
        const QByteArray line = "\r\n" + name + ": ";
        const qsizetype begin = head.indexOf(line);
        return begin < 0
                   ? QByteArray()
                   : head.sliced(begin + line.size(), head.indexOf('\r', begin + line.size()) - begin - line.size());
    }

    /// The opening handshake of RFC 6455 §1.3.
    [[nodiscard]] static QByteArray handshake(quint16 port, const QByteArray &fields = {})
    {
        return "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) +
               "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
               "Sec-WebSocket-Version: 13\r\n" +
               fields + "\r\n";
    }

    /// A frame as a client sends it, masked (with zeros, which leave the payload readable). `opcode` with its FIN bit.
    [[nodiscard]] static QByteArray frame(char opcode, const QByteArray &payload)
    {
        QByteArray bytes(1, opcode);
        char length[8];
        if (payload.size() < 126) {
            bytes += static_cast<char>(0x80 | payload.size());
        } else if (payload.size() <= 0xffff) {
            bytes += '\xfe';
            qToBigEndian(static_cast<quint16>(payload.size()), length);
            bytes.append(length, 2);
        } else {
            bytes += '\xff';
            qToBigEndian(static_cast<quint64>(payload.size()), length);
            bytes.append(length, 8);
        }
        bytes += QByteArray(4, '\0');
        bytes += payload;
        return bytes;
    }

    /// The status code of the Close frame that stands at the end of what came; 0 when there is none.
    [[nodiscard]] int closeCode() const
    {
        const qsizetype close = received.lastIndexOf('\x88');
        if (close < 0 || close + 4 > received.size())
            return 0;
        return qFromBigEndian<quint16>(received.constData() + close + 2);
    }

    QTcpSocket socket;
    QByteArray received;
};

} // namespace conway
