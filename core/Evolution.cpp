#include "core/Evolution.h"

#include <algorithm>
#include <utility>

namespace conway {

namespace {

bool differInTile(const CellGrid &one, const CellGrid &other, int column, int row)
{
    constexpr std::size_t kTileWords = TileSet::kTileSide / CellGrid::kWordBits;
    const auto begin = static_cast<std::size_t>(column) * kTileWords;
    const auto count = std::min(kTileWords, static_cast<std::size_t>(one.wordsPerRow()) - begin);
    const int end = std::min((row + 1) * TileSet::kTileSide, one.height());
    for (int y = row * TileSet::kTileSide; y < end; ++y) {
        if (!std::ranges::equal(one.row(y).subspan(begin, count), other.row(y).subspan(begin, count)))
            return true;
    }
    return false;
}

} // namespace

void Evolution::setLaw(const Rule &rule, Topology topology)
{
    m_kernel = LifeKernel(rule, topology);
}

FramePtr Evolution::blank(int width, int height)
{
    FramePtr next = m_pool.take(width, height);
    Frame &frame = FramePool::write(next);
    if (m_now) {
        frame.epoch = m_now->epoch;
        frame.sequence = m_now->sequence;
        frame.tick = m_now->tick;
        frame.generation = m_now->generation;
        frame.population = m_now->population;
    }
    frame.births = 0;
    frame.deaths = 0;
    frame.lateness = {};
    frame.computeTime = {};
    frame.generationsPerSecond = 0;
    frame.hash.forget();
    return next;
}

void Evolution::restart(FramePtr frame)
{
    m_pool.keep(std::exchange(m_last, {}));
    m_pool.keep(std::exchange(m_published, {}));
    m_pool.keep(std::exchange(m_now, std::move(frame)));
    m_isPublished = true;
    m_kernel.disturb();
}

/// A second change since the newest published frame: from here on that one is held, and what is touched is noted.
void Evolution::keepPublished()
{
    if (m_isPublished || m_published)
        return;
    m_published = m_last;
    m_touched = m_now->changedTiles;
}

void Evolution::edit(FramePtr frame)
{
    keepPublished();
    if (m_published)
        m_touched.markAll(frame->changedTiles);
    if (m_last != m_published)
        m_pool.keep(std::move(m_last));
    m_last = std::exchange(m_now, std::move(frame));
    m_isPublished = false;
    m_kernel.disturb();
}

void Evolution::advance()
{
    keepPublished();
    FramePtr next =
        FramePool::isFree(m_last) ? std::move(m_last) : m_pool.take(m_now->cells.width(), m_now->cells.height());
    Frame &frame = FramePool::write(next);
    const CellGrid &last = m_last ? m_last->cells : frame.cells;
    const LifeKernel::Counts counts = m_kernel.advance(last, m_now->cells, frame.cells);
    if (m_published)
        m_kernel.addChanged(m_touched);
    else
        m_kernel.markChanged(frame.changedTiles);
    frame.epoch = m_now->epoch;
    frame.sequence = m_now->sequence;
    frame.tick = m_now->tick;
    frame.generation = m_now->generation + 1;
    frame.population = counts.population;
    frame.births = counts.births;
    frame.deaths = counts.deaths;
    if (m_last && m_last != m_published) // which is given back when its successor is published
        m_pool.keep(std::move(m_last));
    m_last = std::exchange(m_now, std::move(next));
    m_isPublished = false;
}

Frame &Evolution::publish()
{
    Frame &frame = FramePool::write(m_now);
    if (m_published) {
        frame.changedTiles.clear();
        for (int row = 0; row < m_touched.rows(); ++row) {
            for (int column = 0; column < m_touched.columns(); ++column) {
                if (m_touched.contains(column, row) && differInTile(m_published->cells, frame.cells, column, row))
                    frame.changedTiles.mark(column, row);
            }
        }
        frame.hash.follow(m_published->hash, frame.changedTiles);
        m_pool.keep(std::exchange(m_published, {}));
    } else if (!m_isPublished) {
        frame.hash.follow(m_last->hash, frame.changedTiles);
    }
    m_isPublished = true;
    return frame;
}

} // namespace conway
