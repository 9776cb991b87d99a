#pragma once

#include "core/CellGrid.h"
#include "core/FrameHash.h"
#include "core/TileSet.h"

#include <QExplicitlySharedDataPointer>
#include <QMetaType>
#include <QSharedData>

#include <chrono>

namespace conway {

/// A tick that begins later than this is worth a line: the eye notices, and so do the brief's limits.
inline constexpr std::chrono::milliseconds kLateAfter{20};

/// A universe at one moment, as ConwayEngine publishes it. Never changes once published, so any thread may read it for
/// as long as it holds the pointer.
struct Frame : QSharedData {
    quint32 epoch = 0;      ///< a new one begins with reset, load and resize; cells of two epochs are unrelated
    quint64 sequence = 0;   ///< counts the frames an engine published: one more than that of the frame before
    quint64 tick = 0;       ///< published steps since reset, as in the brief
    quint64 generation = 0; ///< Life's own count
    CellGrid cells;
    qint64 population = 0;
    qint64 births = 0; ///< of the newest generation; an edit's, if an edit was published
    qint64 deaths = 0;
    /// Where `cells` differ from the frame published before; every tile in the first frame of an epoch.
    TileSet changedTiles;
    std::chrono::nanoseconds lateness{0}; ///< how long after its due time the tick began; 0 for what was not scheduled
    /// What the newest generation took; 0 where nobody looked at a clock: for single steps and in turbo.
    std::chrono::nanoseconds computeTime{0};
    double generationsPerSecond = 0; ///< attained while running; 0 before that can be told
    FrameHash hash;

    /// The same for equal universes, however they came about, on every platform: StateHash.h. Computed when it is asked
    /// for the first time, from the tiles that changed since an earlier frame that was asked, if there is one. Any
    /// thread.
    [[nodiscard]] quint64 stateHash() const { return hash.valueOf(cells); }
};

/// Intrusive, so that the engine can see whether it holds a frame alone, and then use its memory again: a pointer with
/// the count beside it would need a lock for that (FramePool).
using FramePtr = QExplicitlySharedDataPointer<const Frame>;

} // namespace conway

Q_DECLARE_METATYPE(conway::FramePtr)
