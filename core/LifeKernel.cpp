#include "core/LifeKernel.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <thread>

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
    setThreads(static_cast<int>(std::thread::hardware_concurrency()));
}

void LifeKernel::setThreads(int threads, qint64 leastCells)
{
    m_crew = threads > 1 ? std::make_unique<Crew>(threads - 1) : nullptr;
    m_cellsWorthThreads = leastCells;
}

void LifeKernel::fit(int width, int height)
{
    if (width == m_width && height == m_height)
        return;
    m_width = width;
    m_height = height;
    const int blocks = (height + sweep::kBlockRows - 1) / sweep::kBlockRows;
    const CellGrid none(width, blocks);
    for (Restless &restless : m_restless)
        restless = {none, none, none};
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

    const Restless &restless = m_restless[m_newest];
    Restless &nextRestless = m_restless[1 - m_newest];
    const sweep::Job job{&last,
                         &now,
                         &next,
                         &restless.anywhere,
                         &restless.top,
                         &restless.bottom,
                         &nextRestless.anywhere,
                         &nextRestless.top,
                         &nextRestless.bottom,
                         &m_changed,
                         m_tallies.data(),
                         &m_dead,
                         &m_outcomes,
                         m_topology == Topology::Torus,
                         m_skips && m_unknown == 0};
    const int blocks = m_changed.height();
    const bool isLarge = qint64{m_width} * m_height >= m_cellsWorthThreads;
    const sweep::Totals totals = m_crew && isLarge ? runTogether(job, blocks) : sweep::run(job, 0, blocks);
    m_newest = 1 - m_newest;
    if (m_unknown > 0)
        --m_unknown;
    m_population += totals.births - totals.deaths;
    return {m_population, totals.births, totals.deaths};
}

sweep::Totals LifeKernel::runTogether(const sweep::Job &job, int blocks)
{
    // Small bands, each taken by whoever is free: where half a universe rests, the other half is still shared out. But
    // each begins with a part of its own, the same in every generation: what is in one core's cache takes another one
    // as long as a whole generation to get at.
    constexpr int kBand = 4;
    struct alignas(64) Part {
        std::atomic<int> next;
        int end = 0;
    };
    const int parts = m_crew->size();
    std::vector<Part> shares(static_cast<std::size_t>(parts));
    for (int i = 0; i < parts; ++i) {
        shares[static_cast<std::size_t>(i)].next = blocks * i / parts;
        shares[static_cast<std::size_t>(i)].end = blocks * (i + 1) / parts;
    }
    std::atomic<qint64> births = 0;
    std::atomic<qint64> deaths = 0;
    m_crew->run([&](int number) {
        sweep::Totals own;
        for (int i = 0; i < parts; ++i) {
            Part &part = shares[static_cast<std::size_t>((number + i) % parts)];
            for (int begin = part.next.fetch_add(kBand); begin < part.end; begin = part.next.fetch_add(kBand)) {
                const sweep::Totals band = sweep::run(job, begin, std::min(begin + kBand, part.end));
                own.births += band.births;
                own.deaths += band.deaths;
            }
        }
        births += own.births;
        deaths += own.deaths;
    });
    return {births, deaths};
}

void LifeKernel::markChanged(TileSet &changed) const
{
    changed.clear();
    addChanged(changed);
}

void LifeKernel::addChanged(TileSet &changed) const
{
    constexpr int kBlocksPerTile = TileSet::kTileSide / sweep::kBlockRows;
    static_assert(TileSet::kTileSide == 2 * CellGrid::kWordBits);
    // Without branches and with whole rows: in a universe that has settled this would else be half of a generation. The
    // word after a row's last one is 0.
    for (int block = 0; block < m_changed.height(); ++block) {
        const Word *const words = m_changed.row(block).data();
        const auto marks = changed.row(block / kBlocksPerTile);
        for (std::size_t tile = 0; tile < marks.size(); ++tile)
            marks[tile] |= static_cast<quint8>((words[2 * tile] | words[2 * tile + 1]) != 0);
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
