#include "core/Timeline.h"

namespace conway {

void Timeline::begin(const Frame *before, const Frame &frame, const Rule &rule, Topology topology)
{
    if (before != nullptr)
        m_undo.record(momentOf(*before));
    m_rule = rule;
    m_topology = topology;
    m_latest = momentOf(frame);
    m_history.clear();
    m_history.begin(*m_latest);
    m_undo.record(*m_latest);
    m_furthest = frame.generation;
}

void Timeline::edited(const Frame &before, const Frame &after, const Rule &rule, Topology topology)
{
    m_latest = momentOf(before);
    m_undo.record(*m_latest);
    m_rule = rule;
    m_topology = topology;
    m_latest = momentOf(after, after.changedTiles);
    m_undo.record(*m_latest);
    m_history.begin(*m_latest);
    m_furthest = after.generation;
}

std::optional<Moment> Timeline::undo(const Frame &now)
{
    m_latest = momentOf(now);
    return goTo(m_undo.undo(*m_latest));
}

std::optional<Moment> Timeline::redo()
{
    return goTo(m_undo.redo());
}

std::optional<Moment> Timeline::before(quint64 generation) const
{
    return generation <= m_furthest ? m_history.floor(generation) : std::nullopt;
}

Moment Timeline::momentOf(const Frame &frame, const TileSet &changed) const
{
    return {m_latest ? Snapshot(frame.cells, m_latest->cells, changed) : Snapshot(frame.cells), frame.generation,
            m_rule, m_topology};
}

Moment Timeline::momentOf(const Frame &frame) const
{
    TileSet all(frame.cells.width(), frame.cells.height());
    all.markAll();
    return momentOf(frame, all);
}

void Timeline::record(const Frame &frame)
{
    m_latest = momentOf(frame);
    m_history.record(*m_latest);
}

std::optional<Moment> Timeline::goTo(const std::optional<Moment> &moment)
{
    if (!moment)
        return {};
    m_latest = moment;
    m_rule = moment->rule;
    m_topology = moment->topology;
    // What is known of the past may be another universe's.
    m_history.clear();
    m_history.begin(*moment);
    m_furthest = moment->generation;
    return moment;
}

} // namespace conway
