#pragma once

#include "core/CellGrid.h"

#include <QByteArray>
#include <QList>

/// The inner loops of LifeKernel: one generation of some rows of blocks, in the widest vectors that this processor has.
///
/// A *strip* is a vector wide (64 to 512 cells), a *block* is kBlockRows rows of a strip. A strip is swept from top to
/// bottom, so that what was summed for one row serves the two below it; a block that cannot change is not swept.
///
/// What is known of the last generation's changes has the layout of the cells, a row of words for each row of blocks:
///  - *restless*: in which columns a cell of the block differs from two generations before; also those of its first row
///    and its last row alone, which the blocks above and below look at;
///  - *changed*: in which columns a cell differs from the generation before.
/// A block that is not restless, and whose neighbours are not where they touch it, repeats the generation before the
/// last: still lifes and everything of period two.
namespace conway::sweep {

using Word = CellGrid::Word;

inline constexpr int kBlockRows = 32;

/// The rule, for totals 0..9 of the living cells in a 3×3 square, its middle included: what becomes of a dead middle
/// and of a living one; all bits of a word are set, or none.
struct Outcomes {
    Word ifDead[10];
    Word ifAlive[10];
    bool isConways; ///< B3/S23, which has a shorter form
};

/// Births of a block in the lower half, deaths in the upper.
using Tally = quint64;

struct Job {
    const CellGrid *last; ///< the generation before `now`
    const CellGrid *now;
    CellGrid *next; ///< may be `last`
    const CellGrid *restless;
    const CellGrid *restlessTop;
    const CellGrid *restlessBottom;
    CellGrid *nextRestless;
    CellGrid *nextRestlessTop;
    CellGrid *nextRestlessBottom;
    CellGrid *changed;    ///< of the last generation, becomes that of this one
    Tally *tallies;       ///< the same; wordsPerRow for each row of blocks
    const CellGrid *dead; ///< as wide as the others, one row, all dead: what lies beyond a plane
    const Outcomes *outcomes;
    bool isTorus;
    bool skips; ///< false: nothing is known, every block is swept
};

/// Births and deaths in all.
struct Totals {
    qint64 births = 0;
    qint64 deaths = 0;
};

/// The instruction sets that this program was compiled for and this processor has, by Highway's names, the best first.
[[nodiscard]] QList<QByteArray> targets();

/// From now on that one of targets() is used, on all threads; an empty name stands for the best. For tests and
/// benchmarks, and not while run() is under way.
void useTarget(const QByteArray &name);

/// Does rows of blocks `begin` to before `end`. Different rows may be done on different threads.
Totals run(const Job &job, int begin, int end);

} // namespace conway::sweep
