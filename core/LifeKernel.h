#pragma once

#include "core/CellGrid.h"
#include "core/Crew.h"
#include "core/LifeSweep.h"
#include "core/Rule.h"
#include "core/TileSet.h"
#include "core/Topology.h"

#include <array>
#include <memory>
#include <vector>

namespace conway {

/// Computes generations of a universe.
///
/// Bit-sliced, up to 512 cells at a time (LifeSweep.h). Each row is summed once with its left and right neighbours into
/// two bit planes; three such rows are added with full adders to the number of living cells, 0 to 9, in the 3×3 square
/// around each cell, itself included; the rule picks from those sums. There is no branch per cell, and the torus costs
/// nothing but a few instructions at a row's ends. Derivation in docs/architecture.md.
///
/// What has come to rest, with period 1 or 2, is not computed again. So a kernel remembers where the last generation
/// was restless, and serves one universe on one thread.
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

    /// Below, a generation is done before a sleeping thread is awake.
    static constexpr qint64 kCellsWorthThreads = qint64{1} << 23U;

    explicit LifeKernel(const Rule &rule, Topology topology = Topology::Torus);

    /// Writes the generation after `now` into `next`, a grid of the same size.
    ///
    /// `last` and `now` must be the `now` and the `next` of the call before; where they are not, because cells were
    /// edited or this is another universe, disturb() comes first, and `last` may be any grid of that size. `next` may
    /// be `last`, which is fastest: what rests then stays where it is.
    Counts advance(const CellGrid &last, const CellGrid &now, CellGrid &next);

    /// Forgets what rested.
    void disturb() { m_unknown = kUnknown; }

    /// Whether what rests is left out: true unless set. Only tests and benchmarks want it otherwise.
    void setSkipping(bool skips) { m_skips = skips; }

    /// Computes universes of at least `leastCells` cells on so many threads, from 1. At first: as many as the processor
    /// has, from kCellsWorthThreads cells.
    void setThreads(int threads, qint64 leastCells = kCellsWorthThreads);

    /// Marks exactly the tiles in which the last advance() changed a cell; `changed` is of the universe's size.
    void markChanged(TileSet &changed) const;
    /// Marks them besides those that are marked already.
    void addChanged(TileSet &changed) const;

    /// One generation by itself, of any universe: `to` is of the size of `from`, as is `changed`.
    Counts advance(const CellGrid &from, CellGrid &to, TileSet &changed);

    /// The same account of two universes of one size that no generation links, before and after an edit say.
    static Counts compare(const CellGrid &from, const CellGrid &to, TileSet &changed);

private:
    /// Generations until it is known what rests: two differences make one, of two generations each.
    static constexpr int kUnknown = 2;

    /// Where a generation differs from the one before the last: LifeSweep.h.
    struct Restless {
        CellGrid anywhere;
        CellGrid top;
        CellGrid bottom;
    };

    void fit(int width, int height);
    sweep::Totals runTogether(const sweep::Job &job, int blocks);

    sweep::Outcomes m_outcomes;
    qint64 m_cellsWorthThreads = kCellsWorthThreads;
    std::unique_ptr<Crew> m_crew;
    Topology m_topology;
    int m_width = 0;
    int m_height = 0;
    int m_unknown = kUnknown;
    bool m_skips = true;
    qint64 m_population = 0; ///< of the newest generation

    std::array<Restless, 2> m_restless; ///< of the last generation, and room for that of the next
    std::size_t m_newest = 0;           ///< which of them is which
    CellGrid m_changed;
    CellGrid m_dead;
    std::vector<sweep::Tally> m_tallies;
};

} // namespace conway
