#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace conway::wire {

/// The values of a tile as a viewer holds them: one byte each, row by row; at level 0 0 or 1, above 0 to 15.
struct V2Tile {
    int columns = 0;
    int rows = 0;
    bool isCells = true; ///< values of 1 bit on the wire, else of 4
    std::vector<quint8> values;

    /// All 0.
    V2Tile(int columns, int rows, bool isCells);

    [[nodiscard]] quint8 at(int x, int y) const { return values[static_cast<std::size_t>(y * columns + x)]; }
    [[nodiscard]] bool isZero() const;

    /// CRC-32 of the raw form.
    [[nodiscard]] quint32 check() const;

    friend bool operator==(const V2Tile &, const V2Tile &) = default;
};

/// Reads what a record holds into the values of a tile of that shape. Null when it is what the protocol says, to the
/// last bit, else what is wrong.
[[nodiscard]] const char *decodeValues(quint8 encoding, QByteArrayView bytes, V2Tile &tile);

/// CRC-32, a byte at a time.
[[nodiscard]] quint32 crc32Of(QByteArrayView bytes);

} // namespace conway::wire
