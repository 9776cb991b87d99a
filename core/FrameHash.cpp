#include "core/FrameHash.h"

namespace conway {

void FrameHash::drop()
{
    m_basis.reset();
    m_isKnown.store(false, std::memory_order_relaxed);
    m_own.reset();
}

void FrameHash::link(const FrameHash &before, const TileSet &changed)
{
    drop();
    if (before.m_isKnown.load(std::memory_order_acquire)) {
        m_basis = before.m_own;
        m_touched = changed;
    } else if (before.m_basis) {
        m_basis = before.m_basis;
        m_touched = before.m_touched;
        m_touched.markAll(changed);
    }
}

quint64 FrameHash::valueOf(const CellGrid &cells) const
{
    if (!m_isKnown.load(std::memory_order_acquire)) {
        const std::scoped_lock lock(m_asking);
        if (!m_own) {
            if (m_basis) {
                auto hash = std::make_shared<StateHash>(*m_basis);
                hash->update(cells, m_touched);
                m_own = std::move(hash);
            } else {
                m_own = std::make_shared<StateHash>(cells);
            }
            m_isKnown.store(true, std::memory_order_release);
        }
    }
    return m_own->value();
}

} // namespace conway
