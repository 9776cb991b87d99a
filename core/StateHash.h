#pragma once

#include "core/CellGrid.h"
#include "core/TileSet.h"

#include <vector>

namespace conway {

/// A fingerprint of a universe, 64 bits: the same for equal cells and sides, however they came about, on every platform
/// and in every release. Rule, topology and generation are no part of it.
///
/// The sum over all words of 64 cells of a number made of the word and its place. A word without life adds 0 and costs
/// a comparison. Two universes that differ in one word only never share a hash, any others one pair in 2⁶⁴; it is no
/// proof against somebody who looks for such a pair.
///
/// The sums are kept for each tile, so that after a generation only the tiles that changed are read.
class StateHash
{
public:
    /// Of one dead cell.
    StateHash()
        : StateHash(CellGrid())
    {
    }
    explicit StateHash(const CellGrid &cells) { reset(cells); }

    /// Of another universe, of any size: O(cells / 64).
    void reset(const CellGrid &cells);

    /// Of the same universe after a change: `cells` is of the size it was, and differs in no other tiles than those in
    /// `changed`, a set of that size. O(cells of the changed tiles / 64).
    void update(const CellGrid &cells, const TileSet &changed);

    [[nodiscard]] quint64 value() const;

private:
    int m_width = 0;
    int m_height = 0;
    quint64 m_sum = 0;
    std::vector<quint64> m_tileSums; ///< row by row, as TileSet counts them
};

} // namespace conway
