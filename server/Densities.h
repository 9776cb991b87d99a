#pragma once

#include "core/CellGrid.h"

namespace conway {

/// What one row of densities is made of: `words` words of cells from word `firstWord` on, in 2^level rows from row
/// `firstRow` on, or what there is of them. Whole values: `firstWord` is a multiple of a value's words.
struct DensitySource {
    const CellGrid &cells;
    int level; ///< 1..limits::kMaxLevel
    int firstRow;
    int firstWord;
    int words; ///< at most kMaxWords
    static constexpr int kMaxWords = 1024;
};

/// Writes their densities, ceil(15 · living / 4^level), one after another in 4 bits each, beginning with value
/// `firstValue` of `to`: a row of `columns` values, as in TileValues. Leaves the others as they are.
void readDensities(const DensitySource &source, int firstValue, int columns, CellGrid::Word *to);

} // namespace conway
