#include "tests/wire/V2Decoder.h"

#include <QtEndian>

#include <algorithm>

namespace conway::wire {

namespace {

constexpr qsizetype kHeadBytes = 40;
constexpr qsizetype kRecordHeadBytes = 11;
constexpr int kTileSide = 128;
constexpr quint8 kSnapshot = 1;
constexpr quint8 kDelta = 2;
constexpr quint8 kTiles = 3;

template <typename Number>
Number read(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<Number>(bytes.data() + at);
}

int valuesAlong(int cells, int level)
{
    return (cells - 1) / (1 << level) + 1;
}

/// A tile's length along one axis; not positive where there is no such tile.
int lengthOf(int tile, int cells, int level)
{
    return std::min(kTileSide, valuesAlong(cells, level) - tile * kTileSide);
}

} // namespace

const char *V2Decoder::readHead(QByteArrayView message, V2Head &head)
{
    if (message.size() < kHeadBytes)
        return "shorter than a header";
    if (read<quint8>(message, 0) != 0x43 || read<quint8>(message, 1) != 2)
        return "neither our magic nor our version";
    head.type = read<quint8>(message, 2);
    head.flags = read<quint8>(message, 3);
    head.epoch = read<quint32>(message, 4);
    head.sequence = read<quint32>(message, 8);
    head.previous = read<quint32>(message, 12);
    head.generation = read<quint64>(message, 16);
    head.time = read<quint32>(message, 24);
    head.population = read<quint32>(message, 28);
    head.level = read<quint8>(message, 32);
    head.tileCount = read<quint16>(message, 34);
    head.width = read<quint16>(message, 36) + 1;
    head.height = read<quint16>(message, 38) + 1;
    if (head.type < kSnapshot || head.type > kTiles)
        return "a type that does not exist";
    if (head.flags > 1)
        return "flags that do not exist";
    if (head.type != kDelta && (head.previous != head.sequence || head.flags != 0))
        return "a state before, in a frame that needs none";
    if (head.level > 9)
        return "a level over 9";
    if (read<quint8>(message, 33) != 7)
        return "tiles that are not 128 values wide";
    return nullptr;
}

V2Outcome V2Decoder::take(QByteArrayView message)
{
    V2Head head;
    if (const char *wrong = readHead(message, head))
        return fail(V2Outcome::Malformed, wrong);
    if (head.type != kSnapshot) {
        if (m_awaitsSnapshot || head.epoch != m_head.epoch)
            return V2Outcome::Ignored;
        if (head.level != m_head.level || head.width != m_head.width || head.height != m_head.height)
            return fail(V2Outcome::Malformed, "another level or size without a snapshot");
        if (head.type == kDelta && head.previous != m_head.sequence) {
            if (static_cast<qint32>(head.sequence - m_head.sequence) <= 0)
                return V2Outcome::Ignored;
            return fail(V2Outcome::Gap, "a delta from a state that is not held");
        }
        if (head.type == kTiles && head.sequence != m_head.sequence)
            return fail(V2Outcome::Gap, "tiles of a state that is not held");
    }

    Tiles tiles = head.type == kSnapshot ? Tiles() : std::move(m_tiles);
    bool isInSync = true;
    if (const char *wrong = readRecords(message.sliced(kHeadBytes), head, tiles, isInSync))
        return fail(V2Outcome::Malformed, wrong);
    if (!isInSync)
        return fail(V2Outcome::Gap, "a check that is wrong");
    m_tiles = std::move(tiles);
    m_head = head;
    m_awaitsSnapshot = false;
    m_reason.clear();
    return V2Outcome::Applied;
}

const char *V2Decoder::readRecords(QByteArrayView records, const V2Head &head, Tiles &tiles, bool &isInSync) const
{
    Place last{-1, -1};
    for (int i = 0; i < head.tileCount; ++i) {
        if (records.size() < kRecordHeadBytes)
            return "fewer records than it says";
        const Place place{read<quint16>(records, 2), read<quint16>(records, 0)};
        const auto encoding = read<quint8>(records, 4);
        const auto check = read<quint32>(records, 5);
        const auto length = qsizetype{read<quint16>(records, 9)};
        records = records.sliced(kRecordHeadBytes);
        if (records.size() < length)
            return "a record longer than the message";
        const int columns = lengthOf(place.second, head.width, head.level);
        const int rows = lengthOf(place.first, head.height, head.level);
        if (columns <= 0 || rows <= 0 || !isInView(place))
            return "a tile outside the view";
        if (place <= last)
            return "tiles that are not in order";
        last = place;
        V2Tile tile(columns, rows, head.level == 0);
        if (const char *wrong = decodeValues(encoding, records.first(length), tile))
            return wrong;
        records = records.sliced(length);
        const auto held = tiles.find(place);
        if (head.type == kDelta && held != tiles.end()) {
            std::transform(tile.values.begin(), tile.values.end(), held->second.values.begin(), tile.values.begin(),
                           [](quint8 a, quint8 b) { return static_cast<quint8>(a ^ b); });
        }
        isInSync = isInSync && tile.check() == check;
        if (tile.isZero()) // a few bytes must not become 16 KiB for each tile there is
            tiles.erase(place);
        else
            tiles.insert_or_assign(place, std::move(tile));
    }
    return records.isEmpty() ? nullptr : "bytes after the last record";
}

void V2Decoder::setView(int left, int top, int right, int bottom)
{
    m_left = left;
    m_top = top;
    m_right = right;
    m_bottom = bottom;
    std::erase_if(m_tiles, [this](const auto &entry) { return !isInView(entry.first); });
}

bool V2Decoder::isInView(const Place &place) const
{
    return place.first >= m_top && place.first < m_bottom && place.second >= m_left && place.second < m_right;
}

bool V2Decoder::holdsSame(const V2Decoder &other) const
{
    return m_awaitsSnapshot == other.m_awaitsSnapshot && m_head.epoch == other.m_head.epoch &&
           m_head.sequence == other.m_head.sequence && m_head.level == other.m_head.level &&
           m_head.width == other.m_head.width && m_head.height == other.m_head.height && m_tiles == other.m_tiles;
}

int V2Decoder::value(int x, int y) const
{
    const auto found = m_tiles.find({y / kTileSide, x / kTileSide});
    if (found == m_tiles.end())
        return 0;
    const V2Tile &tile = found->second;
    x %= kTileSide;
    y %= kTileSide;
    return x < tile.columns && y < tile.rows ? tile.at(x, y) : 0;
}

qint64 V2Decoder::valuesNotZero() const
{
    qint64 count = 0;
    for (const auto &[place, tile] : m_tiles)
        count += std::count_if(tile.values.begin(), tile.values.end(), [](quint8 value) { return value != 0; });
    return count;
}

V2Outcome V2Decoder::fail(V2Outcome outcome, const char *reason)
{
    m_tiles.clear();
    m_awaitsSnapshot = true;
    m_reason = reason;
    return outcome;
}

} // namespace conway::wire
