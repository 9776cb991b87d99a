#include "core/MomentList.h"

namespace conway {

namespace {

constexpr qint64 kOwnBytes = sizeof(Moment) + sizeof(qint64);

} // namespace

/// Counts moment `i` anew, as it shares with the one before it.
void MomentList::account(std::size_t i)
{
    const Moment &moment = m_moments[i];
    m_bytes -= m_costs[i];
    m_costs[i] = kOwnBytes + (i == 0 ? moment.cells.bytes() : moment.cells.bytesBeyond(m_moments[i - 1].cells));
    if (i > 0 && moment.begun && moment.begun != m_moments[i - 1].begun)
        m_costs[i] += kOwnBytes + moment.begun->cells.bytesBeyond(moment.cells);
    m_bytes += m_costs[i];
}

void MomentList::append(const Moment &moment)
{
    m_moments.push_back(moment);
    m_costs.push_back(0);
    account(m_moments.size() - 1);
}

void MomentList::replace(std::size_t i, const Moment &moment)
{
    m_moments[i] = moment;
    account(i);
    if (i + 1 < m_moments.size())
        account(i + 1);
}

void MomentList::dropFirst()
{
    m_bytes -= m_costs.front();
    m_costs.pop_front();
    m_moments.pop_front();
    if (!m_moments.empty())
        account(0); // what it shared with that one is its own now
}

void MomentList::dropLast()
{
    m_bytes -= m_costs.back();
    m_costs.pop_back();
    m_moments.pop_back();
}

} // namespace conway
