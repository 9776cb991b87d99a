#include "server/DirectSend.h"

#include <winsock2.h>

#include <algorithm>
#include <array>

namespace conway {

qsizetype sendDirectly(qintptr socket, std::span<const QByteArray> pieces)
{
    // Little enough for the stack. More pieces than that take more than one call.
    std::array<WSABUF, 64> parts;
    // A WSABUF's size is 32 bits; what is larger is QTcpSocket's.
    constexpr qsizetype kMostBytes = 0x7fff'ffff;
    qsizetype total = 0;
    while (!pieces.empty()) {
        const auto some = pieces.first(std::min(pieces.size(), parts.size()));
        qsizetype size = 0;
        for (std::size_t i = 0; i < some.size(); ++i) {
            // WSASend() only reads them, but WSABUF is for WSARecv(), too.
            parts[i] = {static_cast<ULONG>(std::min(some[i].size(), kMostBytes)),
                        const_cast<char *>(some[i].constData())};
            size += some[i].size();
        }
        if (size > kMostBytes)
            break;
        DWORD sent = 0;
        // Qt's sockets do not block, so without an OVERLAPPED this call takes what fits and returns.
        const bool took = WSASend(static_cast<SOCKET>(socket), parts.data(), static_cast<DWORD>(some.size()), &sent, 0,
                                  nullptr, nullptr) == 0;
        total += took ? static_cast<qsizetype>(sent) : 0;
        if (!took || static_cast<qsizetype>(sent) < size)
            break;
        pieces = pieces.subspan(some.size());
    }
    return total;
}

} // namespace conway
