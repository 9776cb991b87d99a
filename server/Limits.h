#pragma once

#include <QtGlobal>

#include <chrono>

/// The numbers at the door: everything a stranger can send, hold or cause has a limit, and all of them stand here.
/// docs/protocol.md tells the other side of the wire about each.
namespace conway::limits {

using namespace std::chrono_literals;

// --- Connections -----------------------------------------------------------------------------------------------------

/// Connections in all, HTTP and viewers together; one more is answered 503. A viewer costs some 16 KiB.
inline constexpr int kConnections = 5'000;
/// Open files that are not connections: the log, the resources, the event loops, the listening socket and some room. At
/// the process's limit accepting fails again and again, so places are given out only below it.
inline constexpr int kReservedFiles = 32;
/// How many may wait to be accepted. Qt's default of 50 makes a class that joins at once wait seconds for lost SYNs.
inline constexpr int kListenBacklog = 4'096;
/// Connections beyond that which are told so at one time. Further ones wait in the kernel.
inline constexpr int kRefusals = 16;
/// When accepting is paused, whether to go on is asked so often.
inline constexpr auto kAcceptRetry = 250ms;

// --- HTTP ------------------------------------------------------------------------------------------------------------

inline constexpr qsizetype kRequestLineBytes = 4 * 1024;
inline constexpr qsizetype kHeaderBytes = 16 * 1024;    ///< request line included
inline constexpr qsizetype kHeaderLineBytes = 8 * 1024; ///< what QWebSocketServer accepts, too
inline constexpr int kHeaderLines = 64;
/// Answers waiting unsent on one connection before its next pipelined request is looked at.
inline constexpr qint64 kHttpUnsentBytes = 64 * 1024;
/// What Qt may read ahead from one HTTP connection.
inline constexpr qint64 kHttpReadBuffer = 32 * 1024;

// --- What a viewer sends ---------------------------------------------------------------------------------------------

/// A message, and each fragment of one; above: close 1009. Larger than any command, smaller than a nuisance.
inline constexpr quint64 kMessageBytes = 64 * 1024;
/// What Qt may read ahead from one viewer. QWebSocket waits for whole fragments, so one must fit.
inline constexpr qint64 kViewerReadBuffer = 2 * static_cast<qint64>(kMessageBytes);
/// Text and binary frames, fragments counted singly; above: close 1008.
inline constexpr double kMessagesPerSecond = 50;
inline constexpr double kMessageBurst = 100;
/// Bytes of any kind: the only count that pings do not evade, since Qt answers them unseen.
inline constexpr double kBytesPerSecond = 256 * 1024;
inline constexpr double kByteBurst = 1024 * 1024;
/// Cells in one edit.
inline constexpr int kEditCells = 4'096;

// --- What a viewer does not take -------------------------------------------------------------------------------------

/// With more than this waiting unsent (or one message, if larger) a viewer is behind: no more deltas.
inline constexpr qint64 kBehindBytes = 64 * 1024;
/// With so much waiting it is cut off.
inline constexpr qint64 kUnsentBytes = 8 * 1024 * 1024;
/// The kernel's own buffer per viewer. Left to itself it grows to megabytes, and a slow phone watches the past.
inline constexpr int kKernelSendBuffer = 128 * 1024;

// --- What fits the JSON stream ---------------------------------------------------------------------------------------

/// Cells of the largest universe that is sent as JSON, 256×256: a snapshot of it takes 131 KB.
inline constexpr qint64 kJsonCells = 256 * 256;

} // namespace conway::limits

namespace conway {

/// How long the server waits for others. A value of the server's, not constants, so that tests need not wait as long.
struct Patience {
    /// From accept to the complete request (to the next one on a kept connection), and for taking the answer. Absolute:
    /// a byte now and then does not extend it.
    std::chrono::milliseconds http = std::chrono::seconds(10);
    /// After an error, so long what still comes in is read and thrown away: closing at once would make TCP reset the
    /// connection, and the peer might never see the answer.
    std::chrono::milliseconds linger{500};
    /// A viewer that is behind for longer is closed with 1013.
    std::chrono::milliseconds behind = std::chrono::seconds(10);
    /// A closing handshake that takes longer is cut off.
    std::chrono::milliseconds close = std::chrono::seconds(2);
    /// A viewer that has not answered a ping by the next one is gone.
    std::chrono::milliseconds ping = std::chrono::seconds(20);
};

} // namespace conway
