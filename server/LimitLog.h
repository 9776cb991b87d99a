#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

#include <array>
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

    /// What limits are called in /metrics and the log, in the words of Limits.h; docs/protocol.md explains each.
    static constexpr std::array kNames{
        "accepting",           "answer_time",      "behind_time",
        "bytes_per_second",    "commands_waiting", "connections",         "connections_per_address",
        "edit_cells",          "header_bytes",     "header_line_bytes",
        "header_lines",        "json_cells",       "message_bytes",
        "messages_per_second", "picture_pixels",   "pin_tries",
        "ping_time",           "request_body",     "request_line_bytes",
        "request_time",        "requests_per_second",        "rle_living_cells", "slow_bodies",
        "slow_body_bytes",     "universe_cells",   "unsent_bytes",
        "unsent_bytes_in_all",        "view_values",         "viewers",
    };

    /// `limit` is one of those names, `what` goes on the sentence "limit reached: connections, ".
    void reached(const QByteArray &limit, const QString &what, Clock::time_point now = Clock::now());

    [[nodiscard]] quint64 count(const QByteArray &limit) const { return m_entries.value(limit).total; }

    struct Entry {
        quint64 total = 0;
        quint64 untold = 0; ///< since its last line in the log
        Clock::time_point toldAt{};
    };
    /// Those that were reached at all.
    [[nodiscard]] const QMap<QByteArray, Entry> &entries() const { return m_entries; }

private:
    QMap<QByteArray, Entry> m_entries;
};

} // namespace conway
