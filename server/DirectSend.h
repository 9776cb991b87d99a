#pragma once

#include <QByteArray>

#include <span>

namespace conway {

/// Gives `pieces` to the kernel in one call for all of them, and returns how many bytes it took: fewer than there are
/// when its buffer is full, 0 when it took none for whatever reason. Never waits. `socket` is the descriptor of a
/// QTcpSocket that has nothing of its own unsent.
[[nodiscard]] qsizetype sendDirectly(qintptr socket, std::span<const QByteArray> pieces);

} // namespace conway
