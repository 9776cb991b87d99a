#include "core/LifeKernel.h"

#include <bit>
#include <utility>

namespace conway {

namespace {

using Word = CellGrid::Word;

constexpr Word all(bool condition)
{
    return condition ? ~Word{0} : Word{0};
}

constexpr int tileOf(std::size_t word)
{
    return static_cast<int>(word * CellGrid::kWordBits) >> TileSet::kTileShift;
}

} // namespace

LifeKernel::LifeKernel(const Rule &rule, Topology topology)
    : m_outcomes{{}, {}, rule == Rule()}
    , m_topology(topology)
{
    for (int total = 0; total <= Rule::kMaxNeighbours + 1; ++total) {
        // The total counts the cell itself: alive, it has one neighbour fewer.
        m_outcomes.ifDead[total] = all(total <= Rule::kMaxNeighbours && rule.births(total));
        m_outcomes.ifAlive[total] = all(total >= 1 && rule.survives(total - 1));
    }
}

void LifeKernel::fit(int width, int height)
{
    if (width == m_width && height == m_height)
        return;
    m_width = width;
    m_height = height;
    const int blocks = (height + sweep::kBlockRows - 1) / sweep::kBlockRows;
    const CellGrid none(width, blocks);
    m_restless = {none, none, none};
    m_nextRestless = {none, none, none};
    m_changed = none;
    m_dead = CellGrid(width, 1);
    m_tallies.assign(static_cast<std::size_t>(none.wordsPerRow()) * static_cast<std::size_t>(blocks), 0);
    disturb();
}

LifeKernel::Counts LifeKernel::advance(const CellGrid &last, const CellGrid &now, CellGrid &next)
{
    Q_ASSERT(next.width() == now.width() && next.height() == now.height() && &next != &now);
    Q_ASSERT(last.width() == now.width() && last.height() == now.height());
    fit(now.width(), now.height());
    if (m_unknown == kUnknown)
        m_population = now.population();

    const sweep::Job job{&last,
                         &now,
                         &next,
                         &m_restless.anywhere,
                         &m_restless.top,
                         &m_restless.bottom,
                         &m_nextRestless.anywhere,
                         &m_nextRestless.top,
                         &m_nextRestless.bottom,
                         &m_changed,
                         m_tallies.data(),
                         &m_dead,
                         &m_outcomes,
                         m_topology == Topology::Torus,
                         m_unknown == 0};
    const sweep::Totals totals = sweep::run(job, 0, m_changed.height());
    std::swap(m_restless, m_nextRestless);
    if (m_unknown > 0)
        --m_unknown;
    m_population += totals.births - totals.deaths;
    return {m_population, totals.births, totals.deaths};
}

void LifeKernel::markChanged(TileSet &changed) const
{
    constexpr int kBlocksPerTile = TileSet::kTileSide / sweep::kBlockRows;
    changed.clear();
    for (int block = 0; block < m_changed.height(); ++block) {
        const auto words = m_changed.row(block);
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i] != 0)
                changed.mark(tileOf(i), block / kBlocksPerTile);
        }
    }
}

LifeKernel::Counts LifeKernel::advance(const CellGrid &from, CellGrid &to, TileSet &changed)
{
    disturb();
    const Counts counts = advance(from, from, to);
    markChanged(changed);
    return counts;
}

LifeKernel::Counts LifeKernel::compare(const CellGrid &from, const CellGrid &to, TileSet &changed)
{
    Q_ASSERT(to.width() == from.width() && to.height() == from.height());
    changed.clear();
    Counts counts;
    for (int y = 0; y < from.height(); ++y) {
        const auto before = from.row(y);
        const auto after = to.row(y);
        for (std::size_t i = 0; i < before.size(); ++i) {
            const Word difference = before[i] ^ after[i];
            counts.population += std::popcount(after[i]);
            if (difference == 0)
                continue;
            counts.births += std::popcount(difference & after[i]);
            counts.deaths += std::popcount(difference & before[i]);
            changed.mark(tileOf(i), y >> TileSet::kTileShift);
        }
    }
    return counts;
}

} // namespace conway
