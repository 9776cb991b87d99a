#pragma once

#include "tests/wire/V2Tile.h"

#include <QByteArray>
#include <QByteArrayView>

#include <limits>
#include <map>
#include <utility>

namespace conway::wire {

/// The header of a frame, as it came.
struct V2Head {
    quint8 type = 0; ///< 1 snapshot, 2 delta, 3 tiles
    quint8 flags = 0;
    quint32 epoch = 0;
    quint32 sequence = 0;
    quint32 previous = 0;
    quint64 generation = 0;
    quint32 time = 0;
    quint32 population = 0;
    int level = 0;
    int tileCount = 0;
    int width = 0;
    int height = 0;
};

enum class V2Outcome {
    Applied,   ///< the viewer now holds what the server holds
    Ignored,   ///< a delta that is not later than what is held, or any frame but a snapshot while one is awaited
    Gap,       ///< a frame that does not fit, or a check that is wrong: resync
    Malformed, ///< bytes that the protocol does not allow
};

/// A viewer of conway.v2, strict and slow: holds the tiles of its view and does with frames what docs/protocol.md asks
/// of viewers. Whatever the bytes are, it never reads or writes where it should not. Independent of the server's code,
/// so that one is proof of the other.
///
/// After Gap and Malformed it awaits a snapshot, and holds nothing.
class V2Decoder
{
public:
    /// Takes a binary message, without its WebSocket head.
    V2Outcome take(QByteArrayView message);

    /// What a `view` event says, as tiles in columns [left, right) and rows [top, bottom): lets go of what lies
    /// outside, and from now on takes no record from there. Without it the view is taken to be the universe.
    void setView(int left, int top, int right, int bottom);

    /// What was wrong, after Gap and Malformed; a sentence in English.
    [[nodiscard]] const QByteArray &reason() const { return m_reason; }
    [[nodiscard]] bool awaitsSnapshot() const { return m_awaitsSnapshot; }

    /// Of the newest frame applied.
    [[nodiscard]] const V2Head &head() const { return m_head; }

    /// Whether both hold the same values of the same state.
    [[nodiscard]] bool holdsSame(const V2Decoder &other) const;

    /// A value of the level held. 0 <= x, y; past the edge, or where no record ever said more, it is 0.
    [[nodiscard]] int value(int x, int y) const;

    /// Values that are not 0, of all tiles held.
    [[nodiscard]] qint64 valuesNotZero() const;

private:
    using Place = std::pair<int, int>; // row, column
    using Tiles = std::map<Place, V2Tile>;

    V2Outcome fail(V2Outcome outcome, const char *reason);
    [[nodiscard]] static const char *readHead(QByteArrayView message, V2Head &head);

    [[nodiscard]] bool isInView(const Place &place) const;
    [[nodiscard]] const char *readRecords(QByteArrayView records, const V2Head &head, Tiles &tiles,
                                          bool &isInSync) const;

    V2Head m_head;
    int m_left = 0;
    int m_top = 0;
    int m_right = std::numeric_limits<int>::max();
    int m_bottom = std::numeric_limits<int>::max();
    Tiles m_tiles;
    bool m_awaitsSnapshot = true;
    QByteArray m_reason = "no snapshot yet";
};

} // namespace conway::wire
