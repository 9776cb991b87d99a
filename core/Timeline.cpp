#include "core/Timeline.h"

namespace conway {

void Timeline::begin(const Frame *before, const Moment &moment)
{
    if (before != nullptr)
        m_undo.edited(momentOf(*before), moment);
    beginAt(moment);
}

void Timeline::edited(const Frame &before, const Frame &after, const Rule &rule, Topology topology)
{
    const Moment was = momentOf(before);
    m_latest = was;
    m_rule = rule;
    m_topology = topology;
    const Moment is = momentOf(after, after.changedTiles);
    m_undo.edited(was, is);
    m_history.begin(is);
    standAt(is);
    ++m_linked;
}

std::optional<Moment> Timeline::undo(const Frame &now)
{
    auto moment = m_undo.undo(momentOf(now));
    if (!moment)
        return {};
    if (m_linked > 0) {
        --m_linked;
        m_history.begin(*moment);
        standAt(*moment);
    } else {
        beginAt(*moment);
    }
    return moment;
}

std::optional<Moment> Timeline::redo()
{
    auto moment = m_undo.redo();
    if (moment)
        beginAt(*moment);
    return moment;
}

std::optional<Moment> Timeline::rewind(quint64 generation)
{
    auto moment = generation <= m_furthest ? m_history.floor(generation) : std::nullopt;
    if (moment) {
        takeLaw(*moment);
        m_position = generation;
        m_linked = 0;
    }
    return moment;
}

/// From a generation that was gone back to, Life goes the way it went; but edits that came later have not been made
/// now.
void Timeline::leaveWhatWas()
{
    if (const auto edit = m_history.forgetEditsAfter(m_position))
        m_furthest = *edit;
}

Moment Timeline::momentOf(const Frame &frame, const TileSet &changed) const
{
    return {m_latest ? Snapshot(frame.cells, m_latest->cells, changed) : Snapshot(frame.cells), frame.generation,
            m_rule, m_topology, m_beginning};
}

Moment Timeline::momentOf(const Frame &frame) const
{
    TileSet all(frame.cells.width(), frame.cells.height());
    all.markAll();
    return momentOf(frame, all);
}

void Timeline::record(const Frame &frame)
{
    // Where only the new picture will stay, since two are more than the budget, the old one goes before: the two are
    // never in memory together. To tell that exactly takes reading all cells, and is for universes that large.
    const qint64 twiceItsCells = qint64{frame.cells.width()} * frame.cells.height() / 4;
    if (!m_history.hasRoomFor(twiceItsCells) && !m_history.hasRoomFor(m_latest->cells.bytesOfNext(frame.cells))) {
        m_history.makeRoom();
        m_latest.reset();
    }
    m_latest = momentOf(frame);
    m_history.record(*m_latest);
}

/// A universe to which nothing that is known leads: what there is of the past may be another one's.
void Timeline::beginAt(const Moment &moment)
{
    m_history.clear();
    m_history.begin(moment);
    standAt(moment);
    m_linked = 0;
}

/// At a moment that is the newest in m_history.
void Timeline::standAt(const Moment &moment)
{
    m_latest = moment;
    takeLaw(moment);
    m_position = m_furthest = moment.generation;
}

/// What a moment knows besides its cells.
void Timeline::takeLaw(const Moment &moment)
{
    m_rule = moment.rule;
    m_topology = moment.topology;
    m_beginning = moment.begun ? moment.begun : std::make_shared<const Moment>(moment);
}

} // namespace conway
