#include "core/MomentList.h"

namespace conway {

namespace {

constexpr qint64 kOwnBytes = sizeof(Moment) + sizeof(qint64);

} // namespace

void MomentList::append(const Moment &moment)
{
    const Snapshot &cells = moment.cells;
    m_costs.push_back(kOwnBytes + (m_moments.empty() ? cells.bytes() : cells.bytesBeyond(m_moments.back().cells)));
    m_moments.push_back(moment);
    m_bytes += m_costs.back();
}

void MomentList::dropFirst()
{
    m_bytes -= m_costs.front();
    m_costs.pop_front();
    m_moments.pop_front();
    if (m_moments.empty())
        return;
    // What the next one shared with it is its own now.
    m_bytes -= m_costs.front();
    m_costs.front() = kOwnBytes + m_moments.front().cells.bytes();
    m_bytes += m_costs.front();
}

void MomentList::dropLast()
{
    m_bytes -= m_costs.back();
    m_costs.pop_back();
    m_moments.pop_back();
}

} // namespace conway
