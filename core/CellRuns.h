#pragma once

#include "core/CellGrid.h"

namespace conway {

/// Makes `length` cells alive, from (x, y) to the right; a word at a time. All of them lie in the grid; length >= 0.
void setRunAlive(CellGrid &cells, int x, int y, int length);

/// Where the run of equal cells ends to which (x, y) belongs: the next x with another cell, or the width.
[[nodiscard]] int runEnd(const CellGrid &cells, int x, int y);

} // namespace conway
