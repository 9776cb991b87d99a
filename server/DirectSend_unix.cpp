#include "server/DirectSend.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

namespace conway {

namespace {

/// A peer that is gone is an error to see, no signal to die of.
int flags()
{
#ifdef MSG_NOSIGNAL
    return MSG_NOSIGNAL | MSG_DONTWAIT;
#else
    // Older macOS. Qt, too, turns the signal off for the whole process there.
    [[maybe_unused]] static const auto before = std::signal(SIGPIPE, SIG_IGN);
    return MSG_DONTWAIT;
#endif
}

/// How many bytes a system call sent, however often it is interrupted; 0 when it failed.
template <typename Call>
qsizetype insist(const Call &call)
{
    ssize_t sent = 0;
    do
        sent = call();
    while (sent < 0 && errno == EINTR);
    return std::max<ssize_t>(sent, 0);
}

} // namespace

qsizetype sendDirectly(qintptr socket, std::span<const QByteArray> pieces)
{
    const int descriptor = static_cast<int>(socket);
    // What nearly every message is, and the kernel has less to look at.
    if (pieces.size() == 1) {
        const QByteArray &piece = pieces.front();
        return insist(
            [&] { return send(descriptor, piece.constData(), static_cast<std::size_t>(piece.size()), flags()); });
    }
    // Well below IOV_MAX, and little enough for the stack. More pieces than that take more than one call.
    std::array<iovec, 64> parts; // NOLINT(cppcoreguidelines-pro-type-member-init): the first `count` are set
    qsizetype total = 0;
    while (!pieces.empty()) {
        const auto some = pieces.first(std::min(pieces.size(), parts.size()));
        qsizetype size = 0;
        for (std::size_t i = 0; i < some.size(); ++i) {
            // sendmsg() only reads them, but iovec is for readv(), too.
            // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
            parts[i] = {const_cast<char *>(some[i].constData()), static_cast<std::size_t>(some[i].size())};
            size += some[i].size();
        }
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(some.size());
        const qsizetype sent = insist([&] { return sendmsg(descriptor, &message, flags()); });
        total += sent;
        if (sent < size)
            break;
        pieces = pieces.subspan(some.size());
    }
    return total;
}

} // namespace conway
