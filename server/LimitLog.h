#pragma once

#include "server/Limit.h"

#include <QMap>
#include <QString>

#include <chrono>

namespace conway {

/// Counts how often strangers ran into each limit, for /metrics, and tells it in the log: a line at once, and then at
/// most one a second for each limit, with how often it was since the line before. A flood so costs a count and no log.
///
/// Part of ServerCounters, so whoever refuses something has one at hand. Not thread-safe: the server's thread.
class LimitLog
{
public:
    using Clock = std::chrono::steady_clock;

    /// `what` goes on the sentence "limit reached: connections, ".
    void reached(Limit limit, const QString &what, Clock::time_point now = Clock::now());

    [[nodiscard]] quint64 count(Limit limit) const { return m_entries.value(limit).total; }

    struct Entry {
        quint64 total = 0;
        quint64 untold = 0; ///< since its last line in the log
        Clock::time_point toldAt{};
    };
    /// Those that were reached at all.
    [[nodiscard]] const QMap<Limit, Entry> &entries() const { return m_entries; }

private:
    QMap<Limit, Entry> m_entries;
};

} // namespace conway
