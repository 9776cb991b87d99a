#pragma once

#include "core/Result.h"

#include <QtGlobal>

#include <optional>

namespace conway {

/// The largest universe that is made without being asked for more: 128 MiB a generation, of which a running universe
/// holds three or four.
inline constexpr qint64 kDefaultMaxCells = qint64{1} << 30;

/// Nothing when a universe may be that large, else why not: sides are from 1 to CellGrid::kMaxSide, and their product
/// is at most `maxCells`. Any values will do; nothing is computed that could overflow.
[[nodiscard]] std::optional<Error> checkUniverseSize(qint64 width, qint64 height, qint64 maxCells = kDefaultMaxCells);

} // namespace conway
