#pragma once

#include "tests/bench/load/Copy.h"

#include <QByteArray>

#include <deque>
#include <memory>

namespace conway::load {

/// Judges every message of every viewer, and each only once: the same bytes after the same copy have the same outcome.
/// That is what lets one process check thousands of viewers whole, every cell of every tick, for the price of comparing
/// bytes. And a copy that is the same as another's is given up for it, so that who comes later soon shares the crowd's.
class SharedJudge
{
public:
    explicit SharedJudge(std::unique_ptr<Judge> judge);

    /// The outcome stays where it is until the next call.
    [[nodiscard]] const Outcome &judge(const CopyPtr &held, Opcode opcode, QByteArrayView payload);

private:
    struct Known {
        CopyPtr held;
        Opcode opcode = Opcode::Text;
        QByteArray payload;
        Outcome outcome;
    };

    std::unique_ptr<Judge> m_judge;
    std::deque<Known> m_known; ///< newest in front
    Outcome m_event;
};

} // namespace conway::load
