#include "tests/wire/V2Tile.h"

#include <algorithm>
#include <array>

namespace conway::wire {

namespace {

constexpr quint8 kRaw = 0;
constexpr quint8 kGaps = 1;
constexpr quint8 kZero = 2;
constexpr int kMaxRice = 15;

constexpr std::array<quint32, 256> kTable = [] {
    std::array<quint32, 256> table{};
    for (quint32 i = 0; i < 256; ++i) {
        quint32 c = i;
        for (int bit = 0; bit < 8; ++bit)
            c = (c & 1U) != 0 ? 0xEDB88320U ^ (c >> 1U) : c >> 1U;
        table[i] = c;
    }
    return table;
}();

int rowBytes(const V2Tile &tile)
{
    return tile.isCells ? (tile.columns + 7) / 8 : (tile.columns + 1) / 2;
}

const char *readRaw(QByteArrayView bytes, V2Tile &tile)
{
    const int stride = rowBytes(tile);
    if (bytes.size() != qsizetype{stride} * tile.rows)
        return "a raw form of the wrong length";
    const int bits = tile.isCells ? 1 : 4;
    const int perByte = 8 / bits;
    const unsigned mask = tile.isCells ? 1 : 15;
    auto *to = tile.values.data();
    for (int y = 0; y < tile.rows; ++y) {
        for (int x = 0; x < stride * perByte; ++x) {
            const auto byte = static_cast<quint8>(bytes[qsizetype{y} * stride + x / perByte]);
            const auto value = static_cast<quint8>((byte >> static_cast<unsigned>(x % perByte * bits)) & mask);
            if (x < tile.columns)
                *to++ = value;
            else if (value != 0)
                return "padding that is not 0";
        }
    }
    return nullptr;
}

/// Bits of a byte from the lowest on; past the end they are 0, and hasOverrun().
class BitReader
{
public:
    explicit BitReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    unsigned bit()
    {
        const qsizetype byte = m_at / 8;
        const auto shift = static_cast<unsigned>(m_at % 8);
        ++m_at;
        return byte < m_bytes.size() ? (static_cast<quint8>(m_bytes[byte]) >> shift) & 1U : 0;
    }

    int number(int bits)
    {
        unsigned number = 0;
        for (int i = 0; i < bits; ++i)
            number |= bit() << static_cast<unsigned>(i);
        return static_cast<int>(number);
    }

    [[nodiscard]] bool hasOverrun() const { return m_at > m_bytes.size() * 8; }
    [[nodiscard]] qsizetype left() const { return m_bytes.size() * 8 - m_at; }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
};

const char *readGaps(QByteArrayView bytes, V2Tile &tile)
{
    if (bytes.isEmpty())
        return "gaps without a first byte";
    const int r = static_cast<quint8>(bytes[0]);
    if (r > kMaxRice)
        return "a Rice number over 15";
    std::fill(tile.values.begin(), tile.values.end(), quint8{0});
    BitReader reader(bytes.sliced(1));
    const int end = tile.columns * tile.rows;
    for (int place = 0;; ++place) {
        int high = 0;
        while (reader.bit() != 0)
            ++high; // ends with the bytes at the latest: at most 2¹⁹
        const qint64 gap = (qint64{high} << r) + reader.number(r);
        if (reader.hasOverrun())
            return "gaps that end early";
        if (gap > end - place)
            return "a gap beyond the tile";
        place += static_cast<int>(gap);
        if (place == end)
            break;
        const int value = tile.isCells ? 1 : reader.number(4);
        if (reader.hasOverrun())
            return "gaps that end early";
        if (value == 0)
            return "a 0 among the values that are not 0";
        tile.values[static_cast<std::size_t>(place)] = static_cast<quint8>(value);
    }
    if (reader.left() >= 8 || reader.number(static_cast<int>(reader.left())) != 0)
        return "bits behind the end";
    return nullptr;
}

} // namespace

V2Tile::V2Tile(int columns, int rows, bool isCells)
    : columns(columns)
    , rows(rows)
    , isCells(isCells)
    , values(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 0)
{
}

bool V2Tile::isZero() const
{
    return std::all_of(values.begin(), values.end(), [](quint8 value) { return value == 0; });
}

quint32 V2Tile::check() const
{
    const int bits = isCells ? 1 : 4;
    const int perByte = 8 / bits;
    QByteArray raw(qsizetype{rowBytes(*this)} * rows, '\0');
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            char &byte = raw.data()[qsizetype{y} * rowBytes(*this) + x / perByte];
            byte = static_cast<char>(byte | (at(x, y) << (x % perByte * bits)));
        }
    }
    return crc32Of(raw);
}

const char *decodeValues(quint8 encoding, QByteArrayView bytes, V2Tile &tile)
{
    switch (encoding) {
    case kRaw:
        return readRaw(bytes, tile);
    case kGaps:
        return readGaps(bytes, tile);
    case kZero:
        std::fill(tile.values.begin(), tile.values.end(), quint8{0});
        return bytes.isEmpty() ? nullptr : "bytes in a tile that is 0";
    default:
        return "an encoding that does not exist";
    }
}

quint32 crc32Of(QByteArrayView bytes)
{
    quint32 c = 0xFFFFFFFF;
    for (const char byte : bytes)
        c = kTable[(c ^ static_cast<quint8>(byte)) & 0xffU] ^ (c >> 8U);
    return c ^ 0xFFFFFFFF;
}

} // namespace conway::wire
