#pragma once

#include <QLatin1StringView>

#include <cstddef>
#include <iterator>

namespace conway {

/// What a stranger can run into, in the words of Limits.h; docs/protocol.md explains each. In the order of their names.
enum class Limit {
    Accepting,
    AnswerTime,
    BehindTime,
    BytesPerSecond,
    CommandsWaiting,
    Connections,
    ConnectionsPerAddress,
    EditCells,
    HeaderBytes,
    HeaderLineBytes,
    HeaderLines,
    JsonCells,
    MessageBytes,
    MessagesPerSecond,
    PicturePixels,
    PinTries,
    PingTime,
    RequestBody,
    RequestLineBytes,
    RequestTime,
    RequestsPerSecond,
    RleLivingCells,
    SlowBodies,
    SlowBodyBytes,
    UniverseCells,
    UnsentBytes,
    UnsentBytesInAll,
    ViewValues,
    Viewers,
};

/// What each is called in /metrics and the log.
inline constexpr QLatin1StringView kLimitNames[] = {
    QLatin1StringView("accepting"),
    QLatin1StringView("answer_time"),
    QLatin1StringView("behind_time"),
    QLatin1StringView("bytes_per_second"),
    QLatin1StringView("commands_waiting"),
    QLatin1StringView("connections"),
    QLatin1StringView("connections_per_address"),
    QLatin1StringView("edit_cells"),
    QLatin1StringView("header_bytes"),
    QLatin1StringView("header_line_bytes"),
    QLatin1StringView("header_lines"),
    QLatin1StringView("json_cells"),
    QLatin1StringView("message_bytes"),
    QLatin1StringView("messages_per_second"),
    QLatin1StringView("picture_pixels"),
    QLatin1StringView("pin_tries"),
    QLatin1StringView("ping_time"),
    QLatin1StringView("request_body"),
    QLatin1StringView("request_line_bytes"),
    QLatin1StringView("request_time"),
    QLatin1StringView("requests_per_second"),
    QLatin1StringView("rle_living_cells"),
    QLatin1StringView("slow_bodies"),
    QLatin1StringView("slow_body_bytes"),
    QLatin1StringView("universe_cells"),
    QLatin1StringView("unsent_bytes"),
    QLatin1StringView("unsent_bytes_in_all"),
    QLatin1StringView("view_values"),
    QLatin1StringView("viewers"),
};
static_assert(std::size(kLimitNames) == static_cast<std::size_t>(Limit::Viewers) + 1);

[[nodiscard]] constexpr QLatin1StringView toString(Limit limit)
{
    return kLimitNames[static_cast<std::size_t>(limit)];
}

} // namespace conway
