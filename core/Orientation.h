#pragma once

#include "core/CellGrid.h"

namespace conway {

/// The eight ways a pattern can lie, as what is done to it. Turning by 90° or 270° exchanges width and height.
enum class Orientation {
    AsItIs,
    Turned90, ///< clockwise: what was at the top is at the right
    Turned180,
    Turned270,      ///< clockwise, which is a quarter to the left
    FlippedAcross,  ///< left and right exchanged
    FlippedDown,    ///< top and bottom exchanged
    Transposed,     ///< columns become rows: mirrored on the diagonal from the upper left
    AntiTransposed, ///< mirrored on the other diagonal
};

inline constexpr int kOrientations = 8;

/// A word, or 64×64 cells, at a time.
[[nodiscard]] CellGrid oriented(const CellGrid &cells, Orientation orientation);

/// One after the other, as one: oriented(oriented(cells, first), second) is oriented(cells, composed(first, second)).
[[nodiscard]] Orientation composed(Orientation first, Orientation second);

} // namespace conway
