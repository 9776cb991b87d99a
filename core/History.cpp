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
    while (!m_moments.all().empty() && m_moments.all().back().generation >= moment.generation)
        m_moments.dropLast();
    while (!m_beginnings.empty() && m_beginnings.back() >= moment.generation)
        m_beginnings.pop_back();
    m_beginnings.push_back(moment.generation);
    append(moment);
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
        if (mayThinOut())
            thinOut();
        else
            m_moments.dropFirst();
    }
    while (!m_beginnings.empty() && m_beginnings.front() < oldest())
        m_beginnings.pop_front();
    // A file may claim any generation, the last one there is too.
    const quint64 newest = m_moments.all().back().generation;
    m_due = newest + std::min(m_spacing, std::numeric_limits<quint64>::max() - newest);
}

bool History::mayThinOut() const
{
    const Snapshot &cells = m_moments.all().back().cells;
    const qint64 work = std::max(qint64{cells.width()} * cells.height(), kLeastCells);
    return m_spacing * 2 <= static_cast<quint64>(kMaxGapWork / work);
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
