#pragma once

#include "core/CellGrid.h"

namespace conway {

/// What is left of a soup after 20,000 generations on a torus, `side` cells wide and high: blocks, blinkers and the
/// like, and perhaps a pulsar. A larger one than 512×512 is made of copies, which on a torus go on as they are; so
/// `side` is a power of two. The same at every run.
[[nodiscard]] CellGrid settledUniverse(int side);

} // namespace conway
