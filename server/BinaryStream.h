#pragma once

#include "core/Frame.h"
#include "server/FrameHead.h"
#include "server/LevelTile.h"
#include "server/ViewArea.h"

#include <QByteArray>
#include <QHash>

#include <memory>

namespace conway {

/// The binary messages of the stream conway.v2 (docs/protocol.md) for all viewers that are at the same frame. What they
/// see differs, so messages are made of tiles: a tile is encoded when the first viewer needs it and shared by all who
/// see it, and viewers of the same area share the whole message.
///
/// A message comes as one complete WebSocket frame, ready to be written to any number of sockets; writing it shares its
/// memory. One that is asked for again is the same.
///
/// For each frame published to these viewers: advance(), then delta() for each of them, then dropBase(). Between that
/// and the next, snapshot() and tiles() for whoever came, fell behind or moved.
///
/// Nothing is computed but what is asked for. What is kept is of this frame and the one before, never more than
/// limits::kSharedBytes, and can be computed again: forgetting costs time and never an answer. So a level or an area
/// that nobody looks at any more is gone with the next frame.
///
/// Belongs to one thread.
class BinaryStream
{
public:
    /// `time` is the clock that viewers are told, in milliseconds (modulo 2³²).
    BinaryStream(FramePtr frame, quint32 time);

    /// The frame that viewers hold who got this stream's newest message.
    [[nodiscard]] const Frame &frame() const { return *m_frame; }
    [[nodiscard]] QSize universe() const { return {m_frame->cells.width(), m_frame->cells.height()}; }

    /// The next frame, any number of published ones later. `touched`: the tiles of cells in which it may differ from
    /// the one before; of use only if both are of one epoch and size. dropBase() is implied.
    void advance(FramePtr next, TileSet touched, quint32 time);

    /// For who has not noted what was touched: takes the frame's own word if it follows directly, else all tiles.
    void advance(FramePtr next, quint32 time);

    /// Whether there is a delta: after advance(), until dropBase(); not to another epoch or size, for which viewers
    /// need a snapshot.
    [[nodiscard]] bool hasDelta() const { return m_base; }

    /// From the frame before to this one. Requires hasDelta().
    [[nodiscard]] QByteArray delta(const ViewArea &area);

    /// This frame.
    [[nodiscard]] QByteArray snapshot(const ViewArea &area);

    /// What is in `area` and not in `held`, an area of the same level, of this frame.
    [[nodiscard]] QByteArray tiles(const ViewArea &area, const ViewArea &held);

    /// Lets go of the frame before, once all have their deltas: the engine can use its memory again.
    void dropBase();

private:
    struct Message {
        FrameType type;
        ViewArea area;
        TileRect held;

        friend bool operator==(const Message &, const Message &) = default;
    };
    friend size_t qHash(const Message &message, size_t seed) noexcept
    {
        return qHashMulti(seed, static_cast<int>(message.type), message.area, message.held.left, message.held.top,
                          message.held.right, message.held.bottom);
    }
    using Values = std::shared_ptr<const TileValues>;

    [[nodiscard]] QByteArray message(const Message &message);
    [[nodiscard]] QByteArray made(const Message &message);
    [[nodiscard]] FrameHead headOf(const Message &message) const;
    [[nodiscard]] QByteArray deltaRecord(const LevelTile &tile);
    [[nodiscard]] QByteArray wholeRecord(const LevelTile &tile);
    [[nodiscard]] Values valuesBefore(const LevelTile &tile);
    [[nodiscard]] Values valuesNow(const LevelTile &tile);
    void makeRoom(qsizetype bytes);

    FramePtr m_base; ///< null when there is no delta
    FramePtr m_frame;
    TileSet m_touched; ///< where the two differ
    quint32 m_time;

    // Records, by tile; empty for "none", which is an answer too.
    QHash<LevelTile, QByteArray> m_deltaRecords;
    QHash<LevelTile, QByteArray> m_wholeRecords;
    QHash<Message, QByteArray> m_messages;
    // Densities, which take longer to make than cells to copy: of m_frame, and of the frame before it.
    QHash<LevelTile, Values> m_valuesNow;
    QHash<LevelTile, Values> m_valuesBefore;
    qsizetype m_bytes = 0; ///< in all of these, about
};

} // namespace conway
