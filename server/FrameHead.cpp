#include "server/FrameHead.h"

#include "core/TileSet.h"
#include "server/LittleEndian.h"

#include <algorithm>
#include <limits>

namespace conway {

namespace {

constexpr quint8 kMagic = 0x43;
constexpr quint8 kVersion = 2;

} // namespace

QByteArray encoded(const FrameHead &head)
{
    QByteArray bytes;
    bytes.reserve(FrameHead::kBytes);
    append(bytes, kMagic);
    append(bytes, kVersion);
    append(bytes, static_cast<quint8>(head.type));
    append(bytes, static_cast<quint8>(head.isConflated ? 1 : 0));
    append(bytes, head.epoch);
    append(bytes, head.sequence);
    append(bytes, head.previous);
    append(bytes, head.generation);
    append(bytes, head.time);
    append(bytes, static_cast<quint32>(std::min<qint64>(head.population, std::numeric_limits<quint32>::max())));
    append(bytes, static_cast<quint8>(head.level));
    append(bytes, static_cast<quint8>(TileSet::kTileShift));
    append(bytes, static_cast<quint16>(head.tiles));
    append(bytes, static_cast<quint16>(head.width - 1));
    append(bytes, static_cast<quint16>(head.height - 1));
    return bytes;
}

} // namespace conway
