#pragma once

#include "server/TokenBucket.h"

#include <QString>

#include <chrono>

namespace conway {

/// Tells in the log who comes and who goes: each at once while they are few, the rest as a number once a second, since
/// thousands may come and go in that time.
class VisitLog
{
public:
    using Clock = std::chrono::steady_clock;

    explicit VisitLog(Clock::time_point now);

    /// `viewers`: how many there are now.
    void came(const QString &address, qsizetype viewers, Clock::time_point now);
    void went(const QString &address, qsizetype viewers, Clock::time_point now);
    /// Once a second.
    void tend(qsizetype viewers);

private:
    void tell(const QString &line, Clock::time_point now);

    TokenBucket m_lines;
    qsizetype m_untold = 0;
};

} // namespace conway
