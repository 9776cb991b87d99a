#pragma once

#include <QByteArray>

namespace conway {

/// A QR code (ISO/IEC 18004) as an SVG picture of one unit a module: black on white with a quiet zone of four modules,
/// whatever the colours around it. `text` is at most kQrBytes; empty when it is longer.
[[nodiscard]] QByteArray qrSvg(const QByteArray &text);

/// Longer than any address of this server; still a code that a phone reads across a room.
inline constexpr qsizetype kQrBytes = 200;

} // namespace conway
