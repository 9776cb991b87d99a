#pragma once

#include "tests/bench/load/Viewer.h"

#include <memory>
#include <vector>

namespace conway::load {

/// Many viewers of one stream, who come, stay, stop reading or go. One thread.
class Crowd
{
public:
    /// All viewers share one judge that is asked for messages it has not seen.
    Crowd(Poll &poll, Target target, std::unique_ptr<Judge> judge);
    ~Crowd();
    Q_DISABLE_COPY_MOVE(Crowd)

    /// Only the first `count` viewers are judged by the judge of the constructor, all others by this one.
    void judgeOthers(int count, std::unique_ptr<Judge> judge);
    void setFirstWords(const QByteArray &words) { m_common.firstWords = words; }
    void setOnEvent(std::function<void(Viewer &, QByteArrayView)> onEvent) { m_common.onEvent = std::move(onEvent); }

    /// So many viewers more; some thousand of them knock at a time.
    void join(int count) { m_toJoin += count; }
    /// So many pings a second, of one viewer after the other; 0 for none.
    void setPings(double perSecond);
    /// So many viewers a second leave, one way or another, and as many join; 0 for none.
    void setChurn(double perSecond);
    /// The first `count` viewers stop reading.
    void stall(int count);
    /// They read again.
    void goOn();
    void leaveAll();

    /// Does what is due, and says when the next is.
    Clock::time_point work(Clock::time_point now);

    [[nodiscard]] const std::vector<std::unique_ptr<Viewer>> &viewers() const { return m_viewers; }
    /// Viewers that hold the universe; each has a copy.
    [[nodiscard]] int served() const;
    /// Whether nobody is on the way any more: all that were to join hold the universe, or have failed.
    [[nodiscard]] bool isSettled() const;

    [[nodiscard]] Tally &tally() { return m_tally; }
    /// Begins to count anew and hands over what was counted.
    Tally takeTally() { return std::exchange(m_tally, {}); }

private:
    /// Something that happens so many times a second.
    class Pace
    {
    public:
        void set(double perSecond, Clock::time_point now);
        [[nodiscard]] bool isDue(Clock::time_point now);
        [[nodiscard]] Clock::time_point next() const { return m_next; }

    private:
        Clock::duration m_interval{};
        Clock::time_point m_next = Clock::time_point::max();
    };

    void welcome();
    void bury();
    void leaveOne();
    void pingOne();

    const Target m_target;
    Tally m_tally;
    Viewer::Common m_common;
    SharedJudge m_judge;
    std::unique_ptr<SharedJudge> m_otherJudge;
    int m_judgedFully;
    std::vector<std::unique_ptr<Viewer>> m_viewers;
    int m_toJoin = 0;
    int m_joined = 0; ///< ever
    int m_left = 0;   ///< ever
    std::size_t m_turn = 0;
    Pace m_pings;
    Pace m_churn;
};

} // namespace conway::load
