#pragma once

#include "core/CellGrid.h"
#include "core/Result.h"

namespace conway::load {

/// The cells the engine of a server on this machine has right now, asked for as a program would: /api/state.rle.
/// Waits for the answer.
[[nodiscard]] Result<CellGrid> fetchCells(quint16 port);

} // namespace conway::load
