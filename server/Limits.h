#pragma once

#include <QtGlobal>

#include <chrono>

/// The numbers at the door: everything a stranger can send, hold or cause has a limit, and all of them stand here.
/// docs/protocol.md tells the other side of the wire about each.
namespace conway::limits {

using namespace std::chrono_literals;

// --- Connections -----------------------------------------------------------------------------------------------------

/// Viewers in all, unless --max-viewers says otherwise; one more is answered 503. An idle viewer costs some 5 KiB.
inline constexpr int kViewers = 5'000;
/// Connections beside them, for the page and for machines: however many watch, /metrics can be asked.
inline constexpr int kHttpConnections = 1'000;
/// Connections in all, HTTP and viewers together; one more is answered 503.
inline constexpr int kConnections = kViewers + kHttpConnections;
/// Connections of one address, HTTP and viewers together, unless --max-per-address says otherwise; one more is answered
/// 503. Of IPv6 a network of 64 bits counts as one address. Loopback addresses are free of it.
inline constexpr int kConnectionsPerAddress = 256;
/// What those two options take at most.
inline constexpr int kViewersMax = 1'000'000;
/// How many may wait to be accepted. Qt's default of 50 makes a class that joins at once wait seconds for lost SYNs.
inline constexpr int kListenBacklog = 4'096;
/// Connections beyond these which are told so at one time. Further ones wait in the kernel; those of an address that
/// has too many are closed without a word.
inline constexpr int kRefusals = 16;
/// Open files that are not connections with a place: those being refused, the log, the resources, the event loops, the
/// listening socket and some room. At the process's limit accepting fails again and again, and so does much else, so
/// places are given out only below it.
inline constexpr int kReservedFiles = kRefusals + 32;
/// Lines in the log about single viewers that come and go; beyond, they are told as a number.
inline constexpr double kVisitLinesPerSecond = 5;
inline constexpr double kVisitLineBurst = 50;
/// Whether there is a file left to open is asked so often, and after each connection.
inline constexpr auto kOpenFilesWatch = 1s;
/// When accepting is paused, whether to go on is asked so often.
inline constexpr auto kAcceptRetry = 250ms;

// --- HTTP ------------------------------------------------------------------------------------------------------------

inline constexpr qsizetype kRequestLineBytes = 4 * 1024;
inline constexpr qsizetype kHeaderBytes = 16 * 1024; ///< request line included
inline constexpr qsizetype kHeaderLineBytes = 8 * 1024;
inline constexpr int kHeaderLines = 64;
/// Answers waiting unsent on one connection before its next pipelined request is looked at.
inline constexpr qint64 kHttpUnsentBytes = 64 * 1024;
/// What Qt may read ahead from one HTTP connection.
inline constexpr qint64 kHttpReadBuffer = 32 * 1024;

/// Requests from one address, on all its connections; one more is answered 429. Loopback is free of it. The burst is
/// a class behind one address that opens the page at once, 35 files each.
inline constexpr double kRequestsPerSecond = 100;
inline constexpr double kRequestBurst = 2'000;
/// QR codes that are kept: of as many addresses as a machine has, and one more. Another takes a millisecond.
inline constexpr int kQrCodesKept = 8;

/// How fast an answer has to be taken, in bytes a second, beyond the time that every answer is given (Patience::http).
inline constexpr qint64 kHttpLeastSpeed = 64 * 1024;

// --- The universe as a file ------------------------------------------------------------------------------------------

/// Living cells of the largest universe that is written as RLE: 30 to 60 MB, and up to a second's work.
inline constexpr qint64 kRleLivingCells = qint64{1} << 24U;
/// Pixels of a picture, 4096×4096.
inline constexpr qint64 kPicturePixels = qint64{1} << 24U;
/// And on a side; one universe's side at scale 1.
inline constexpr int kPictureSide = 65'536;
/// Pixels of a picture whose scale nobody chose, 1024×1024: the largest scale is taken that fits.
inline constexpr qint64 kUnscaledPicturePixels = qint64{1} << 20U;
/// Files that are being made or wait to be made; one more is answered 503.
inline constexpr int kSlowBodies = 4;
/// Bytes of files that are held because somebody still takes them; with more, the next one is answered 503.
inline constexpr qint64 kSlowBodyBytes = 256 * 1024 * 1024;
/// Files of the newest frame that are kept for whoever asks next.
inline constexpr int kSlowBodiesKept = 16;
/// Cells of the largest universe whose state hash is told in /api/stats, 1024×1024: the first time it takes some 50 µs
/// of the server's thread, and then what changed since. Of the largest universe the first would take 4,096 times as
/// long.
inline constexpr qint64 kHashedCells = qint64{1} << 20U;

// --- What a viewer sends ---------------------------------------------------------------------------------------------

/// A message, and each fragment of one; above: close 1009. Larger than any command, smaller than a nuisance.
inline constexpr qsizetype kMessageBytes = 64 * 1024;
/// What Qt may read ahead from one viewer.
inline constexpr qint64 kViewerReadBuffer = 64 * 1024;
/// Frames of every kind, fragments and pings counted singly; above: close 1008.
inline constexpr double kMessagesPerSecond = 50;
inline constexpr double kMessageBurst = 100;
/// What a message counts for that costs the server or every viewer more than its bytes: a view, another universe.
inline constexpr int kHeavyMessage = 4;
/// Bytes of any kind.
inline constexpr double kBytesPerSecond = 256 * 1024;
inline constexpr double kByteBurst = 1024 * 1024;
/// What may be asked of the engine and not yet done, each command counted like its message. It is enough for a class
/// that presses at once; beyond, waiting would be longer than anybody's patience, and each may hold a pattern of 2 MiB.
inline constexpr int kCommandsWaiting = 256;
/// Changes of state that follow each other faster are told as one: else N viewers that each command would cost N times
/// N messages.
inline constexpr auto kStateGrain = 50ms;
/// Cells in one edit.
inline constexpr int kEditCells = 4'096;
/// Cells of a universe that a viewer may make, 4096×4096, and of a pattern it may stamp. Every viewer has to look at
/// it.
inline constexpr qint64 kViewerUniverseCells = qint64{1} << 24U;

// --- Who may operate -------------------------------------------------------------------------------------------------

/// Digits of a PIN, and of one that nobody chose.
inline constexpr int kPinDigitsMin = 4;
inline constexpr int kPinDigitsMax = 12;
inline constexpr int kPinDigitsRandom = 6;
/// Wrong PINs from one address; then it has to pause, each time twice as long as before.
inline constexpr int kPinTries = 5;
inline constexpr auto kPinPause = 1min;
inline constexpr auto kPinPauseMax = 1h;
/// So long after its last wrong PIN (and its pause) an address starts anew. Longer than the longest pause by far, so
/// that nobody gets more tries by waiting for this.
inline constexpr auto kPinForget = 24h;
/// Addresses whose wrong PINs are counted singly; all beyond are counted as one.
inline constexpr qsizetype kPinAddresses = 1'024;

// --- What a viewer does not take -------------------------------------------------------------------------------------

/// With more than this waiting unsent (or one message, if larger) a viewer is behind: no more deltas.
inline constexpr qint64 kBehindBytes = 64 * 1024;
/// With so much waiting it is cut off.
inline constexpr qint64 kUnsentBytes = 8 * 1024 * 1024;
/// With more than this waiting for all viewers together, one that has taken all but a byte is behind, and of who has
/// more than kBehindBytes waiting nothing is read: it costs no more by what it asks.
inline constexpr qint64 kUnsentBytesInAll = 256 * 1024 * 1024;
/// The kernel's own buffer per viewer. Left to itself it grows to megabytes, and a slow phone watches the past.
inline constexpr int kKernelSendBuffer = 128 * 1024;

// --- What fits the JSON stream ---------------------------------------------------------------------------------------

/// Cells of the largest universe that is sent as JSON, 256×256: a snapshot of it takes 131 KB.
inline constexpr qint64 kJsonCells = 256 * 256;

// --- What a viewer of the binary stream sees -------------------------------------------------------------------------

/// The coarsest level: a value for each 512×512 cells. At that level the largest universe there can be is one tile.
inline constexpr int kMaxLevel = 9;
/// A view that does not name its level gets the finest at which it is no wider and no higher than this.
inline constexpr int kDefaultViewSide = 1'024;
/// Values in the tiles of one view: 576 whole ones, which are enough for a screen of 3840×2160 at a cell a pixel
/// wherever it lies. Raw, 1.1 MiB of cells or 4.5 MiB of densities.
inline constexpr qint64 kViewValues = qint64{9} << 20;
/// More the eye does not see.
inline constexpr int kMaxFps = 60;
/// What a BinaryStream keeps of what it computed, for others who ask for the same. There is one for each rate at which
/// somebody watches (Cadence::kRates).
inline constexpr qsizetype kSharedBytes = 64 * 1024 * 1024;

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
