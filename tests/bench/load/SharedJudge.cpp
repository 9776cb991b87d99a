#include "tests/bench/load/SharedJudge.h"

#include <algorithm>
#include <utility>

namespace conway::load {

namespace {

// Viewers are a few messages apart; one that is further behind is judged by itself.
constexpr std::size_t kRemembered = 32;

} // namespace

SharedJudge::SharedJudge(std::unique_ptr<Judge> judge)
    : m_judge(std::move(judge))
{
}

const Outcome &SharedJudge::judge(const CopyPtr &held, Opcode opcode, QByteArrayView payload)
{
    const auto known = std::find_if(m_known.begin(), m_known.end(), [&](const Known &one) {
        return one.held == held && one.opcode == opcode && one.payload == payload;
    });
    if (known != m_known.end())
        return known->outcome;

    Outcome outcome = m_judge->judge(held, opcode, payload);
    if (outcome.copy == held) {
        m_event = std::move(outcome); // pongs and the like, of which no two are the same
        return m_event;
    }
    const auto same = std::find_if(m_known.begin(), m_known.end(), [&outcome](const Known &one) {
        return one.outcome.copy->moment() == outcome.copy->moment() && one.outcome.copy->agrees(*outcome.copy);
    });
    if (same != m_known.end())
        outcome.copy = same->outcome.copy;
    if (m_known.size() == kRemembered)
        m_known.pop_back();
    m_known.push_front(
        {.held = held, .opcode = opcode, .payload = payload.toByteArray(), .outcome = std::move(outcome)});
    return m_known.front().outcome;
}

} // namespace conway::load
