#include "tests/bench/load/Connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QtEndian>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <vector>

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSourceAddresses = 8;
constexpr quint32 kLoopbackNet = 127;
constexpr std::size_t kReadBytes = 256 * 1024;

QString systemError(const char *call, int error)
{
    return QString::fromLatin1(call) + u": "_s +
           QString::fromLocal8Bit(std::strerror(error)); // NOLINT(concurrency-mt-unsafe): one thread
}

void setOption(int descriptor, int level, int option, int value)
{
    setsockopt(descriptor, level, option, &value, sizeof value);
}

sockaddr_in socketAddress(quint32 address, quint16 port)
{
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = qToBigEndian(address);
    name.sin_port = qToBigEndian(port);
    return name;
}

/// When the kernel had received the newest of the bytes, if it says so.
Connection::Time stampOf(msghdr &message)
{
    for (const cmsghdr *part = CMSG_FIRSTHDR(&message); part != nullptr;
         part = CMSG_NXTHDR(&message, const_cast<cmsghdr *>(part))) { // NOLINT(cppcoreguidelines-pro-type-const-cast)
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_TIMESTAMPNS) {
            timespec time{};
            std::memcpy(&time, CMSG_DATA(part), sizeof time);
            return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
        }
    }
    return Connection::now();
}

/// "1013, try again later": what a Close frame says.
QString closeReason(QByteArrayView payload)
{
    if (payload.size() < 2)
        return u"closed without a code"_s;
    return u"closed with %1 %2"_s.arg(qFromBigEndian<quint16>(payload.data()))
        .arg(QString::fromUtf8(payload.sliced(2)))
        .trimmed();
}

} // namespace

Connection::Connection(Poll &poll, const Target &target, Owner &owner, int number)
    : m_poll(poll)
    , m_target(target)
    , m_owner(owner)
{
    openSocket(number);
}

Connection::~Connection()
{
    closeDescriptor();
}

Connection::Time Connection::now()
{
    return std::chrono::system_clock::now().time_since_epoch();
}

void Connection::openSocket(int number)
{
    m_descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0) {
        m_stage = Stage::Closed;
        return m_owner.onLost(systemError("socket", errno));
    }
    setOption(m_descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(m_descriptor, SOL_SOCKET, SO_TIMESTAMPNS, 1);
    if (m_target.address >> 24U == kLoopbackNet) {
        const auto source =
            socketAddress((kLoopbackNet << 24U) + 1 + static_cast<quint32>(number % kSourceAddresses), 0);
        setOption(m_descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
        bind(m_descriptor, reinterpret_cast<const sockaddr *>(&source), sizeof source);
    }
    m_poll.add(m_descriptor, this, false, true);
    const auto name = socketAddress(m_target.address, m_target.port);
    if (connect(m_descriptor, reinterpret_cast<const sockaddr *>(&name), sizeof name) != 0 && errno != EINPROGRESS)
        lose(systemError("connect", errno));
}

void Connection::onReady(bool readable, bool writable)
{
    if (m_stage == Stage::Connecting)
        return finishConnecting();
    if (readable && m_stage != Stage::Closed)
        receive();
    if (writable && m_stage != Stage::Closed && !m_unsent.isEmpty()) {
        const QByteArray rest = std::exchange(m_unsent, {});
        send(rest);
        watch();
    }
}

void Connection::finishConnecting()
{
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
        return lose(systemError("connect", error));
    m_stage = Stage::Handshake;
    send(m_target.handshake.request());
    watch();
}

void Connection::receive()
{
    if (m_stalled)
        return lose(u"cut off while it did not read"_s); // nothing else wakes one that reads nothing
    static std::vector<char> buffer(kReadBytes);         // for all of them: what is kept is only the start of a frame
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(timespec))> control{};
    iovec place{buffer.data(), buffer.size()};
    msghdr message{};
    message.msg_iov = &place;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();

    const ssize_t count = recvmsg(m_descriptor, &message, 0);
    if (count > 0)
        return take(QByteArrayView(buffer.data(), count), stampOf(message));
    if (count == 0)
        return lose(u"the server ended the connection without a Close frame"_s);
    if (errno != EAGAIN && errno != EINTR)
        lose(systemError("recv", errno));
}

void Connection::take(QByteArrayView bytes, Time when)
{
    if (m_stage == Stage::Open && m_received.isEmpty()) {
        m_received = bytes.sliced(takeFrames(bytes, when)).toByteArray();
        return;
    }
    m_received += bytes;
    if (m_stage == Stage::Handshake)
        takeHandshake();
    if (m_stage == Stage::Open) {
        const QByteArray received = m_received; // the owner may end the connection
        if (const qsizetype taken = takeFrames(received, when); taken > 0)
            m_received = received.sliced(taken);
    }
}

void Connection::takeHandshake()
{
    const auto size = m_target.handshake.readAnswer(m_received);
    if (!size)
        return lose(size.error().message);
    if (*size == 0)
        return;
    m_received.remove(0, *size);
    m_stage = Stage::Open;
    m_owner.onOpen();
}

qsizetype Connection::takeFrames(QByteArrayView bytes, Time when)
{
    qsizetype taken = 0;
    while (m_stage == Stage::Open) {
        const auto frame = readServerFrame(bytes.sliced(taken));
        if (!frame) {
            lose(frame.error().message);
            break;
        }
        if (frame->bytes == 0)
            return taken;
        taken += frame->bytes;
        m_bytesReceived += frame->bytes;
        if (frame->opcode == Opcode::Ping)
            send(clientFrame(Opcode::Pong, frame->payload));
        else if (frame->opcode == Opcode::Close)
            lose(closeReason(frame->payload));
        else if (frame->opcode != Opcode::Pong)
            m_owner.onMessage(frame->opcode, frame->payload, when);
    }
    return bytes.size();
}

void Connection::sendText(QByteArrayView text)
{
    send(clientFrame(Opcode::Text, text));
}

void Connection::send(const QByteArray &bytes)
{
    if (m_unsent.isEmpty()) {
        const ssize_t count = ::send(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL);
        if (count == bytes.size())
            return;
        if (count < 0 && errno != EAGAIN)
            return lose(systemError("send", errno));
        m_unsent = bytes.sliced(count < 0 ? 0 : count);
        return watch();
    }
    m_unsent += bytes;
}

void Connection::watch()
{
    if (m_descriptor >= 0)
        m_poll.change(m_descriptor, this, !m_stalled, !m_unsent.isEmpty());
}

void Connection::stall()
{
    constexpr int kSmall = 4 * 1024;
    setOption(m_descriptor, SOL_SOCKET, SO_RCVBUF, kSmall);
    m_stalled = true;
    watch();
}

void Connection::goOn()
{
    constexpr int kLarge = 256 * 1024;
    setOption(m_descriptor, SOL_SOCKET, SO_RCVBUF,
              kLarge); // or what waits would come in small pieces, for many seconds
    m_stalled = false;
    watch();
}

void Connection::end(Ending how)
{
    if (m_stage == Stage::Closed)
        return;
    if (how == Ending::Close && m_stage == Stage::Open) {
        constexpr char kNormal[] = {0x03, static_cast<char>(0xe8)}; // 1000
        const QByteArray frame = clientFrame(Opcode::Close, QByteArrayView(kNormal, sizeof kNormal));
        if (m_unsent.isEmpty()) // in the middle of another frame it would only be garbage
            (void)::send(m_descriptor, frame.data(), static_cast<std::size_t>(frame.size()), MSG_NOSIGNAL);
    } else if (how == Ending::Reset) {
        const linger hard{1, 0};
        setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    }
    m_stage = Stage::Closed;
    closeDescriptor();
}

void Connection::lose(const QString &why)
{
    if (m_stage == Stage::Closed)
        return;
    m_stage = Stage::Closed;
    closeDescriptor();
    m_owner.onLost(why);
}

void Connection::closeDescriptor()
{
    if (m_descriptor < 0)
        return;
    m_poll.remove(m_descriptor);
    ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace conway::load
