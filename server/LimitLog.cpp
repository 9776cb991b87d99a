#include "server/LimitLog.h"

#include "server/Logging.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

void LimitLog::reached(Limit limit, const QString &what, Clock::time_point now)
{
    Entry &entry = m_entries[limit];
    ++entry.total;
    ++entry.untold;
    if (entry.total > 1 && now - entry.toldAt < std::chrono::seconds(1))
        return;
    entry.toldAt = now;
    const quint64 times = std::exchange(entry.untold, 0);
    qCWarning(lcServer).noquote() << u"limit reached: %1, %2%3"_s.arg(
        toString(limit), what, times > 1 ? u" (%1 times since the last such line)"_s.arg(times) : QString());
}

} // namespace conway
