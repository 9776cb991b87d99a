#pragma once

#include "tests/bench/load/TickSpread.h"
#include "tests/validate/Faults.h"
#include "tests/validate/Samples.h"

#include <QtGlobal>

namespace conway::load {

/// What a crowd saw since somebody began to count.
struct Tally {
    qint64 messages = 0;        ///< text and binary, of any kind
    qint64 ticks = 0;           ///< deltas of a tick, all viewers together
    qint64 tickBytes = 0;       ///< of those, as WebSocket frames
    qint64 newestTickBytes = 0; ///< of the last that came
    qint64 wholes = 0;          ///< full states and snapshots
    qint64 conflated = 0;       ///< of those, the ones that cover several ticks
    qint64 gaps = 0;
    qint64 wrong = 0;
    qint64 lost = 0;         ///< connections that the server ended
    qint64 skipped = 0;      ///< viewers that had stalled, and so did not get something that the others got
    validate::Faults faults; ///< gaps, wrong messages, and connections lost without a reason of ours
    validate::Samples pongs; ///< round trips in ms
    TickSpread spread;
};

} // namespace conway::load
