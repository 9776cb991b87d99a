#pragma once

#include "server/TileValues.h"

#include <QByteArray>

namespace conway {

/// How a tile's values are written (docs/protocol.md). The numbers are the wire's.
enum class TileEncoding : quint8 {
    Raw = 0,
    Gaps = 1,
    Zero = 2,
};

struct TileCode {
    TileEncoding encoding = TileEncoding::Zero;
    QByteArray bytes;
};

/// The shortest way to write them.
[[nodiscard]] TileCode encodeTile(const TileValues &values);

} // namespace conway
