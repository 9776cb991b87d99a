#pragma once

#include "server/BinaryStream.h"
#include "server/Cadence.h"

#include <QByteArray>

#include <optional>

namespace conway {

/// The viewers that get the same frames at the same time, and what is encoded for them.
struct Lane {
    explicit Lane(int rate)
        : cadence(rate)
    {
    }

    /// The clock that viewers of conway.v2 are told.
    [[nodiscard]] static quint32 milliseconds()
    {
        return static_cast<quint32>(
            std::chrono::duration_cast<std::chrono::milliseconds>(Cadence::Clock::now().time_since_epoch()).count());
    }

    void join(bool isBinary, const FramePtr &newest)
    {
        cadence.join(newest);
        if (isBinary && ++binaryViewers == 1)
            binary.emplace(cadence.frame(), milliseconds());
    }
    void leave(bool isBinary)
    {
        cadence.leave();
        if (isBinary && --binaryViewers == 0)
            binary.reset();
    }

    Cadence cadence;
    int binaryViewers = 0;
    std::optional<BinaryStream> binary; ///< while there are any
    QByteArray jsonSnapshot;            ///< of cadence.frame(), made when first needed
};

} // namespace conway
