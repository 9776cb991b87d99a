#pragma once

#include <QByteArrayView>

namespace conway {

/// The CRC-32 of zlib, PNG and Ethernet: polynomial 0xEDB88320 reflected, begun with and inverted by 0xFFFFFFFF.
[[nodiscard]] quint32 crc32(QByteArrayView bytes);

} // namespace conway
