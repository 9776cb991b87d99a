#pragma once

#include "core/CellGrid.h"
#include "core/Rule.h"
#include "core/TileSet.h"

#include <vector>

namespace conway {

/// Computes generations of a torus.
///
/// Bit-sliced: 64 cells at a time, in words of CellGrid's layout. Each row is summed once with its left and right
/// neighbours into two bit planes; three such rows are added with full adders to the number of living cells, 0 to 9, in
/// the 3×3 square around each cell, itself included; the rule picks from those sums. There is no branch per cell, and
/// the torus costs nothing in the inner loop: the wrap is the carry into a row's first and last word. Source: "bit
/// slicing" as in LifeWiki's article on Life algorithms; derivation in docs/architecture.md.
///
/// Holds scratch rows, so one kernel serves one thread at a time.
class LifeKernel
{
public:
    /// What one generation did.
    struct Counts {
        qint64 population = 0; ///< living cells afterwards
        qint64 births = 0;     ///< cells dead before and alive afterwards
        qint64 deaths = 0;     ///< cells alive before and dead afterwards

        friend bool operator==(const Counts &, const Counts &) = default;
    };

    explicit LifeKernel(const Rule &rule);

    /// Writes the generation after `from` into `to`, and marks in `changed` exactly the tiles in which a cell differs.
    /// `to` is another grid of the same size, its content does not matter; `changed` fits that size and is overwritten.
    Counts advance(const CellGrid &from, CellGrid &to, TileSet &changed);

    /// The same account of two universes of one size that no generation links, before and after an edit say.
    static Counts compare(const CellGrid &from, const CellGrid &to, TileSet &changed);

private:
    using Word = CellGrid::Word;

    /// Two bit planes of a row: the number of living cells, 0 to 3, in each cell's left-own-right triple.
    struct TripleSums {
        std::vector<Word> low;
        std::vector<Word> high;
    };

    /// What becomes of a cell whose 3×3 square holds `total` living cells. All bits set or none, to mask with.
    struct Outcome {
        Word totalBits[4]; ///< the binary digits of the total, lowest first
        Word ifDead;
        Word ifAlive;
    };

    static void sumTriples(const CellGrid &grid, int y, TripleSums &sums);
    [[nodiscard]] Word next(Word above0, Word above1, Word own0, Word own1, Word below0, Word below1, Word cells) const;

    std::vector<Outcome> m_outcomes; ///< only totals after which a cell can be alive
    TripleSums m_rows[3];
};

} // namespace conway
