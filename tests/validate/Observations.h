#pragma once

#include "tests/validate/Samples.h"

#include <QtGlobal>

#include <optional>

namespace conway::validate {

class Report;
struct Options;

/// What was seen while the viewers watched.
struct Observations {
    int width = 0;
    int height = 0;
    int intervalMs = 0;
    bool isLoopback = false; ///< the server is on this machine
    qsizetype viewers = 0;

    double seconds = 0;
    qint64 messages = 0;
    qint64 bytes = 0; ///< payload, of all viewers
    Samples deltaBytes;

    Samples roundTripMs;
    qint64 pingsSent = 0;
    qint64 barePingsSent = 0;
    qint64 barePongs = 0;

    quint64 ticks = 0;
    /// None while the universe stood still or somebody else took a hand in it.
    std::optional<quint64> ticksDue;
    Samples latenessMs;
    std::optional<double> ownLatenessMs; ///< the longest by the server's own account, since its start
    qint64 recomputed = 0;
    qint64 conflated = 0; ///< ticks without a delta of their own
    qint64 foreignCommands = 0;

    Samples memoryMiB;
    std::optional<double> cpuSeconds;
};

/// Holds what was seen against the limits.
void judge(const Observations &seen, const Options &options, Report &report);

} // namespace conway::validate
