#pragma once

#include <QByteArray>

namespace conway {

/// What a frame of the binary stream does to what its viewer holds. The numbers are the wire's.
enum class FrameType : quint8 {
    Snapshot = 1,
    Delta = 2,
    Tiles = 3,
};

/// The header of a frame of the binary stream (docs/protocol.md).
struct FrameHead {
    static constexpr qsizetype kBytes = 40;

    FrameType type = FrameType::Snapshot;
    bool isConflated = false;
    quint32 epoch = 0;
    quint32 sequence = 0;
    quint32 previous = 0;
    quint64 generation = 0;
    quint32 time = 0; ///< milliseconds
    qint64 population = 0;
    int level = 0;
    qsizetype tiles = 0; ///< up to 65535
    int width = 1;       ///< of the universe, in cells
    int height = 1;
};

/// Its kBytes bytes.
[[nodiscard]] QByteArray encoded(const FrameHead &head);

} // namespace conway
