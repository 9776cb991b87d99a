#pragma once

#include "tests/bench/load/Connection.h"
#include "tests/validate/Samples.h"

#include <map>

namespace conway::load {

/// How far apart the viewers get the same tick: the time from the first of them to the last.
class TickSpread
{
public:
    /// A viewer got the tick of that moment.
    void add(quint64 moment, Connection::Time received);

    /// Of each tick that more than one viewer got, in ms.
    [[nodiscard]] validate::Samples samples() const;

private:
    struct Span {
        Connection::Time first{};
        Connection::Time last{};
        int viewers = 0;
    };

    std::map<quint64, Span> m_ticks;
};

} // namespace conway::load
