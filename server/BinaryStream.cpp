#include "server/BinaryStream.h"

#include "server/Crc32.h"
#include "server/Limits.h"
#include "server/LittleEndian.h"
#include "server/TileCode.h"
#include "server/WebSocketFrame.h"

#include <QList>

#include <utility>

namespace conway {

namespace {

bool haveDelta(const Frame &from, const Frame &to)
{
    return from.epoch == to.epoch && from.cells.width() == to.cells.width() && from.cells.height() == to.cells.height();
}

/// Of what is written, with the check of what it leads to.
QByteArray recordOf(const LevelTile &tile, const TileValues &written, const TileValues &after)
{
    const TileCode code = encodeTile(written);
    QByteArray record;
    record.reserve(11 + code.bytes.size());
    append(record, static_cast<quint16>(tile.column));
    append(record, static_cast<quint16>(tile.row));
    append(record, static_cast<quint8>(code.encoding));
    append(record, crc32(after.rawForm()));
    append(record, static_cast<quint16>(code.bytes.size()));
    record += code.bytes;
    return record;
}

} // namespace

BinaryStream::BinaryStream(FramePtr frame, quint32 time)
    : m_frame(std::move(frame))
    , m_time(time)
{
}

void BinaryStream::advance(FramePtr next, TileSet touched, quint32 time)
{
    dropBase();
    m_messages.clear();
    m_wholeRecords.clear();
    if (haveDelta(*m_frame, *next)) {
        m_base = std::exchange(m_frame, std::move(next));
        m_touched = std::move(touched);
        m_valuesBefore = std::exchange(m_valuesNow, {});
    } else {
        m_frame = std::move(next);
        m_valuesNow.clear();
    }
    m_time = time;
    m_bytes = 0;
    for (const Values &values : std::as_const(m_valuesBefore))
        m_bytes += values->bytes();
}

void BinaryStream::advance(FramePtr next, quint32 time)
{
    TileSet touched = next->changedTiles;
    if (next->sequence != m_frame->sequence + 1)
        touched.markAll();
    advance(std::move(next), std::move(touched), time);
}

void BinaryStream::dropBase()
{
    if (!m_base)
        return;
    m_base.reset();
    m_deltaRecords.clear();
    m_valuesBefore.clear();
    m_messages.removeIf([](const auto &entry) { return entry.key().type == FrameType::Delta; });
}

QByteArray BinaryStream::delta(const ViewArea &area)
{
    Q_ASSERT(hasDelta());
    return message({FrameType::Delta, area, {}});
}

QByteArray BinaryStream::snapshot(const ViewArea &area)
{
    return message({FrameType::Snapshot, area, {}});
}

QByteArray BinaryStream::tiles(const ViewArea &area, const ViewArea &held)
{
    Q_ASSERT(area.level == held.level);
    return message({FrameType::Tiles, area, held.tiles});
}

QByteArray BinaryStream::message(const Message &message)
{
    const auto known = m_messages.constFind(message);
    if (known != m_messages.cend())
        return *known;
    QByteArray bytes = made(message);
    makeRoom(bytes.size());
    m_messages.insert(message, bytes);
    return bytes;
}

QByteArray BinaryStream::made(const Message &message)
{
    const ViewArea &area = message.area;
    QList<QByteArray> records;
    qsizetype size = FrameHead::kBytes;
    for (int row = area.tiles.top; row < area.tiles.bottom; ++row) {
        for (int column = area.tiles.left; column < area.tiles.right; ++column) {
            if (message.held.contains(column, row))
                continue;
            const LevelTile tile{area.level, column, row};
            const QByteArray record = message.type == FrameType::Delta ? deltaRecord(tile) : wholeRecord(tile);
            if (record.isEmpty())
                continue;
            records += record;
            size += record.size();
        }
    }
    FrameHead head = headOf(message);
    head.tiles = records.size();
    QByteArray bytes = binaryFrameHead(size);
    bytes.reserve(bytes.size() + size);
    bytes += encoded(head);
    for (const QByteArray &record : std::as_const(records))
        bytes += record;
    return bytes;
}

FrameHead BinaryStream::headOf(const Message &message) const
{
    FrameHead head;
    head.type = message.type;
    head.epoch = m_frame->epoch;
    head.sequence = static_cast<quint32>(m_frame->sequence);
    head.previous = head.sequence;
    head.generation = m_frame->generation;
    head.time = m_time;
    head.population = m_frame->population;
    head.level = message.area.level;
    head.width = m_frame->cells.width();
    head.height = m_frame->cells.height();
    if (message.type == FrameType::Delta) {
        head.previous = static_cast<quint32>(m_base->sequence);
        head.isConflated = m_frame->generation > m_base->generation + 1;
    }
    return head;
}

QByteArray BinaryStream::deltaRecord(const LevelTile &tile)
{
    const auto known = m_deltaRecords.constFind(tile);
    if (known != m_deltaRecords.cend())
        return *known;
    QByteArray record;
    const bool touched = isTouched(tile, m_touched);
    // Densities are asked for at rest, too: so they stay known.
    const Values now = touched || tile.level > 0 ? valuesNow(tile) : nullptr;
    if (touched) {
        TileValues difference = *valuesBefore(tile);
        difference ^= *now;
        if (!difference.isZero())
            record = recordOf(tile, difference, *now);
    }
    makeRoom(record.size());
    m_deltaRecords.insert(tile, record);
    return record;
}

QByteArray BinaryStream::wholeRecord(const LevelTile &tile)
{
    const auto known = m_wholeRecords.constFind(tile);
    if (known != m_wholeRecords.cend())
        return *known;
    QByteArray record;
    const Values now = valuesNow(tile);
    if (!now->isZero())
        record = recordOf(tile, *now, *now);
    makeRoom(record.size());
    m_wholeRecords.insert(tile, record);
    return record;
}

BinaryStream::Values BinaryStream::valuesBefore(const LevelTile &tile)
{
    const auto known = m_valuesBefore.constFind(tile);
    return known != m_valuesBefore.cend() ? *known : std::make_shared<const TileValues>(readTile(m_base->cells, tile));
}

BinaryStream::Values BinaryStream::valuesNow(const LevelTile &tile)
{
    if (tile.level == 0)
        return std::make_shared<const TileValues>(readTile(m_frame->cells, tile));
    if (const auto known = m_valuesNow.constFind(tile); known != m_valuesNow.cend())
        return *known;
    Values values;
    const auto before = m_valuesBefore.constFind(tile);
    if (before == m_valuesBefore.cend()) {
        values = std::make_shared<const TileValues>(readTile(m_frame->cells, tile));
    } else if (!isTouched(tile, m_touched)) {
        values = *before;
    } else {
        auto updated = std::make_shared<TileValues>(**before);
        updateTile(*updated, m_frame->cells, tile, m_touched);
        values = std::move(updated);
    }
    makeRoom(values->bytes());
    m_valuesNow.insert(tile, values);
    return values;
}

void BinaryStream::makeRoom(qsizetype bytes)
{
    if (m_bytes + bytes > limits::kSharedBytes) {
        m_messages.clear();
        m_deltaRecords.clear();
        m_wholeRecords.clear();
        m_valuesNow.clear();
        m_valuesBefore.clear();
        m_bytes = 0;
    }
    m_bytes += bytes;
}

} // namespace conway
