#include "server/VisitLog.h"

#include "server/Limits.h"
#include "server/Logging.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

VisitLog::VisitLog(Clock::time_point now)
    : m_lines(limits::kVisitLinesPerSecond, limits::kVisitLineBurst, now)
{
}

void VisitLog::came(const QString &address, qsizetype viewers, Clock::time_point now)
{
    tell(u"viewer connected from %1, now %2"_s.arg(address).arg(viewers), now);
}

void VisitLog::went(const QString &address, qsizetype viewers, Clock::time_point now)
{
    tell(u"viewer from %1 disconnected, now %2"_s.arg(address).arg(viewers), now);
}

void VisitLog::tell(const QString &line, Clock::time_point now)
{
    if (m_lines.take(1, now))
        qCInfo(lcServer).noquote() << line;
    else
        ++m_untold;
}

void VisitLog::tend(qsizetype viewers)
{
    if (const qsizetype untold = std::exchange(m_untold, 0); untold > 0)
        qCInfo(lcServer).noquote() << u"%1 more times a viewer came or went, now %2"_s.arg(untold).arg(viewers);
}

} // namespace conway
