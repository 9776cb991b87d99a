#include "tests/bench/load/Crowd.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace conway::load {

namespace {

/// Who knock at a time: fewer than the kernel lets wait (net.core.somaxconn), more than make a server wait.
constexpr std::ptrdiff_t kKnocking = 2'000;

} // namespace

void Crowd::Pace::set(double perSecond, Clock::time_point now)
{
    if (perSecond <= 0) {
        m_next = Clock::time_point::max();
        return;
    }
    m_interval = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1.0 / perSecond));
    m_next = now + m_interval;
}

bool Crowd::Pace::isDue(Clock::time_point now)
{
    if (now < m_next)
        return false;
    m_next += m_interval;
    return true;
}

Crowd::Crowd(Poll &poll, Target target, std::unique_ptr<Judge> judge)
    : m_target(std::move(target))
    , m_common{.poll = poll, .target = m_target, .tally = m_tally, .firstWords = {}, .onEvent = {}}
    , m_judge(std::move(judge))
    , m_judgedFully(std::numeric_limits<int>::max())
{
}

Crowd::~Crowd() = default;

void Crowd::judgeOthers(int count, std::unique_ptr<Judge> judge)
{
    m_judgedFully = count;
    m_otherJudge = std::make_unique<SharedJudge>(std::move(judge));
}

void Crowd::setPings(double perSecond)
{
    m_pings.set(perSecond, Clock::now());
}

void Crowd::setChurn(double perSecond)
{
    m_churn.set(perSecond, Clock::now());
}

void Crowd::stall(int count)
{
    for (const auto &viewer : m_viewers) {
        if (count > 0 && viewer->isOpen() && !viewer->isStalled()) {
            viewer->stall();
            --count;
        }
    }
}

void Crowd::goOn()
{
    for (const auto &viewer : m_viewers)
        viewer->goOn();
}

void Crowd::leaveAll()
{
    m_toJoin = 0;
    setPings(0);
    setChurn(0);
    for (const auto &viewer : m_viewers)
        viewer->leave(Connection::Ending::Close);
    bury();
}

Clock::time_point Crowd::work(Clock::time_point now)
{
    while (m_churn.isDue(now))
        leaveOne();
    while (m_pings.isDue(now))
        pingOne();
    bury();
    welcome();
    return std::min(m_pings.next(), m_churn.next());
}

void Crowd::welcome()
{
    if (m_toJoin == 0)
        return;
    auto knocking =
        std::count_if(m_viewers.begin(), m_viewers.end(), [](const auto &viewer) { return !viewer->isServed(); });
    for (; m_toJoin > 0 && knocking < kKnocking; ++knocking, --m_toJoin) {
        SharedJudge &judge = m_joined < m_judgedFully ? m_judge : *m_otherJudge;
        m_viewers.push_back(std::make_unique<Viewer>(m_common, judge, m_joined++));
    }
}

void Crowd::bury()
{
    std::erase_if(m_viewers, [](const auto &viewer) { return viewer->isGone(); });
}

void Crowd::leaveOne()
{
    if (m_viewers.empty())
        return;
    constexpr std::array kEndings{Connection::Ending::Close, Connection::Ending::Drop, Connection::Ending::Reset};
    const auto chosen = QRandomGenerator::global()->bounded(static_cast<quint32>(m_viewers.size()));
    Viewer &viewer = *m_viewers[chosen];
    if (!viewer.isStalled() && !viewer.isGone()) {
        viewer.leave(kEndings.at(static_cast<std::size_t>(m_left++) % kEndings.size()));
        ++m_toJoin;
    }
}

void Crowd::pingOne()
{
    if (m_viewers.empty())
        return;
    Viewer &viewer = *m_viewers[++m_turn % m_viewers.size()];
    if (viewer.isServed() && viewer.isOpen() && !viewer.isStalled())
        viewer.ping();
}

int Crowd::served() const
{
    return static_cast<int>(std::count_if(m_viewers.begin(), m_viewers.end(),
                                          [](const auto &viewer) { return viewer->isServed() && !viewer->isGone(); }));
}

bool Crowd::isSettled() const
{
    return m_toJoin == 0 && std::all_of(m_viewers.begin(), m_viewers.end(),
                                        [](const auto &viewer) { return viewer->isServed() || viewer->isGone(); });
}

} // namespace conway::load
