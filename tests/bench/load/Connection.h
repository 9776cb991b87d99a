#pragma once

#include "tests/bench/load/Poll.h"
#include "tests/bench/load/WebSocketWire.h"

#include <QByteArray>
#include <QString>

#include <chrono>

namespace conway::load {

/// Where the server is: IPv4, with the handshake that this crowd uses.
struct Target {
    quint32 address = 0; ///< in the machine's own order of bytes
    quint16 port = 0;
    Handshake handshake;
};

/// One WebSocket to the server, as a client of RFC 6455: handshake, frames, pongs.
///
/// Where the kernel tells when it had received the bytes (SO_TIMESTAMPNS), that is when they came: a crowd in one
/// process would otherwise measure how long it takes to read its own sockets.
class Connection final : public Pollable
{
public:
    using Time = std::chrono::nanoseconds; ///< since the epoch

    /// Whose calls may close the connection, but not destroy it.
    class Owner
    {
    public:
        virtual void onOpen() = 0;
        /// Text or binary. `payload` lives as long as the call.
        virtual void onMessage(Opcode opcode, QByteArrayView payload, Time received) = 0;
        /// The connection is gone, and not by close() or drop(): why, for a person.
        virtual void onLost(const QString &why) = 0;

    protected:
        ~Owner() = default;
    };

    enum class Ending { Close, Drop, Reset }; ///< a Close frame and FIN; FIN alone; RST

    /// Begins to connect. On the loopback interface viewers come from several addresses by turns: one address has
    /// 28,000 ports, of which each is in use for another minute. `number` says whose turn it is.
    Connection(Poll &poll, const Target &target, Owner &owner, int number);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    void onReady(bool readable, bool writable) override;

    [[nodiscard]] bool isOpen() const { return m_stage == Stage::Open; }
    [[nodiscard]] bool isClosed() const { return m_stage == Stage::Closed; }
    /// Of WebSocket frames, headers included.
    [[nodiscard]] qint64 bytesReceived() const { return m_bytesReceived; }

    /// Only while it is open.
    void sendText(QByteArrayView text);

    /// From now on nothing is read: what the server sends piles up. (The kernel's buffer here is made small, so that it
    /// piles up there.)
    void stall();
    /// Reads again.
    void goOn();

    void end(Ending how);

    [[nodiscard]] static Time now();

private:
    enum class Stage { Connecting, Handshake, Open, Closed };

    void openSocket(int number);
    void finishConnecting();
    void receive();
    void take(QByteArrayView bytes, Time when);
    void takeHandshake();
    /// Takes the whole frames at the start of `bytes`; how many bytes that were.
    qsizetype takeFrames(QByteArrayView bytes, Time when);
    void send(const QByteArray &bytes);
    void watch();
    void lose(const QString &why);
    void closeDescriptor();

    Poll &m_poll;
    const Target &m_target;
    Owner &m_owner;
    int m_descriptor = -1;
    Stage m_stage = Stage::Connecting;
    bool m_stalled = false;
    qint64 m_bytesReceived = 0;
    QByteArray m_received; ///< the start of a frame, or of the server's answer to the handshake
    QByteArray m_unsent;
};

} // namespace conway::load
