#include "core/History.h"

#include <algorithm>

namespace conway {

void History::record(const Moment &moment)
{
    if (m_moments.all().empty() || moment.generation > m_moments.all().back().generation)
        append(moment);
}

void History::begin(const Moment &moment)
{
    forgetFrom(moment.generation);
    m_beginnings.push_back(moment.generation);
    append(moment);
}

std::optional<quint64> History::forgetEditsAfter(quint64 generation)
{
    const auto edit = std::upper_bound(m_beginnings.begin(), m_beginnings.end(), generation);
    if (edit == m_beginnings.end())
        return {};
    const quint64 furthest = *edit;
    forgetFrom(furthest);
    expectNext();
    return furthest;
}

void History::forgetFrom(quint64 generation)
{
    while (!m_moments.all().empty() && m_moments.all().back().generation >= generation)
        m_moments.dropLast();
    while (!m_beginnings.empty() && m_beginnings.back() >= generation)
        m_beginnings.pop_back();
}

bool History::hasRoomFor(qint64 bytes) const
{
    const auto &all = m_moments.all();
    return all.empty() || bytes <= m_budget - all.back().cells.bytes();
}

void History::makeRoom()
{
    m_moments = {};
    m_beginnings.clear();
}

void History::clear()
{
    *this = History(m_budget);
}

std::optional<Moment> History::floor(quint64 generation) const
{
    const auto isLater = [](quint64 wanted, const Moment &moment) { return wanted < moment.generation; };
    const auto &all = m_moments.all();
    const auto later = std::upper_bound(all.begin(), all.end(), generation, isLater);
    if (later == all.begin())
        return {};
    return *(later - 1);
}

std::optional<quint64> History::oldest() const
{
    if (m_moments.all().empty())
        return {};
    return m_moments.all().front().generation;
}

void History::append(const Moment &moment)
{
    m_moments.append(moment);
    while (m_moments.bytes() > m_budget && keyframes() > 1) {
        if (m_spacing * 2 <= longestGap())
            thinOut();
        else
            m_moments.dropFirst();
    }
    while (!m_beginnings.empty() && m_beginnings.front() < oldest())
        m_beginnings.pop_front();
    expectNext();
}

void History::expectNext()
{
    // A file may claim any generation, the last one there is too.
    const quint64 newest = m_moments.all().back().generation;
    m_due = newest + std::min(spacing(), std::numeric_limits<quint64>::max() - newest);
}

/// What kMaxGapWork allows in a universe of the newest keyframe's size.
quint64 History::longestGap() const
{
    if (m_moments.all().empty())
        return std::numeric_limits<quint64>::max();
    const Snapshot &cells = m_moments.all().back().cells;
    const qint64 work = std::max(qint64{cells.width()} * cells.height(), kLeastCells);
    return std::max(static_cast<quint64>(kMaxGapWork / work), kLeastSpacing);
}

void History::thinOut()
{
    m_spacing *= 2;
    MomentList kept;
    for (const Moment &moment : m_moments.all()) {
        if (kept.all().empty() || moment.generation - kept.all().back().generation >= m_spacing ||
            std::binary_search(m_beginnings.begin(), m_beginnings.end(), moment.generation))
            kept.append(moment);
    }
    m_moments = std::move(kept);
}

} // namespace conway
