#include "tests/validate/Observations.h"

#include "tests/validate/Limits.h"
#include "tests/validate/Options.h"
#include "tests/validate/Report.h"

namespace conway::validate {

using namespace Qt::StringLiterals;

namespace {

const auto kMs = u"ms"_s;
const auto kMegabytes = u"MB"_s; // of 1024² bytes, as in the brief

std::optional<double> ifAny(const Samples &samples, double value)
{
    return samples.isEmpty() ? std::nullopt : std::optional(value);
}

void judgePings(const Observations &seen, Report &report)
{
    const Samples &trips = seen.roundTripMs;
    const double average = seen.isLoopback ? limits::kPingAverageMs : limits::kRemotePingAverageMs;
    const double most = seen.isLoopback ? limits::kPingMaxMs : limits::kRemotePingMaxMs;
    report.below(u"ping round trip, average"_s, ifAny(trips, trips.average()), average, kMs);
    report.below(u"ping round trip, longest"_s, ifAny(trips, trips.max()), most, kMs);
    report.note(u"ping round trip, 99 of 100 within"_s, Report::withUnit(trips.quantile(0.99), kMs));
    const qint64 sent = seen.pingsSent + seen.barePingsSent;
    const qint64 answered = trips.count() + seen.barePongs;
    report.fact(u"pings answered"_s, QString::number(answered), QString::number(sent), answered == sent);
}

void judgeTicks(const Observations &seen, const Options &options, Report &report)
{
    if (seen.ticksDue) {
        report.figure(u"ticks seen"_s, QString::number(seen.ticks), u">= %1"_s.arg(*seen.ticksDue),
                      seen.ticks >= *seen.ticksDue);
        report.figure(u"ticks that came together with the next"_s, QString::number(seen.conflated), u"0"_s,
                      seen.conflated == 0);
        const Samples &late = seen.latenessMs;
        report.below(u"tick lateness, longest"_s, ifAny(late, late.max()), limits::kTickLatenessMs, kMs);
        report.note(u"tick lateness, average"_s, Report::withUnit(late.average(), kMs));
    } else {
        report.note(u"ticks seen"_s, QString::number(seen.ticks));
        report.note(u"tick lateness"_s, seen.foreignCommands > 0 ? u"not judged: others took a hand"_s
                                                                 : u"not judged: the universe stands still"_s);
    }
    const auto ownName = u"tick lateness, by the server's account"_s;
    if (options.startsServer())
        report.below(ownName, seen.ownLatenessMs, limits::kTickLatenessMs, kMs);
    else if (seen.ownLatenessMs)
        report.note(ownName, Report::withUnit(*seen.ownLatenessMs, kMs));
    report.fact(u"generations recomputed"_s, QString::number(seen.recomputed), u">= %1"_s.arg(seen.ticks),
                static_cast<quint64>(seen.recomputed) >= seen.ticks);
}

void judgeTraffic(const Observations &seen, Report &report)
{
    const Samples &sizes = seen.deltaBytes;
    const bool isBriefs = seen.width == limits::kSide && seen.height == limits::kSide;
    if (isBriefs && seen.ticksDue)
        report.below(u"delta size, largest"_s, ifAny(sizes, sizes.max()), limits::kDeltaBytes, u"B"_s);
    else
        report.note(u"delta size, largest"_s, Report::withUnit(sizes.max(), u"B"_s));
    report.note(u"delta size, average"_s, Report::withUnit(sizes.average(), u"B"_s));
    report.note(u"messages received"_s, QString::number(seen.messages));
    const double perViewer = static_cast<double>(seen.bytes) / static_cast<double>(seen.viewers) / seen.seconds;
    report.note(u"bandwidth for each viewer"_s, Report::withUnit(perViewer, u"B/s"_s));
}

void judgeServer(const Observations &seen, const Options &options, Report &report)
{
    if (seen.cpuSeconds)
        report.note(u"server CPU, of one core"_s, Report::withUnit(*seen.cpuSeconds / seen.seconds * 100, u"%"_s));
    else
        report.note(u"server CPU"_s, u"not told"_s);
    const double limit = options.startsServer() && !options.window ? limits::kMemoryMiB : limits::kWindowMemoryMiB;
    const auto name = u"server memory with %1 viewers"_s.arg(seen.viewers);
    report.below(name, ifAny(seen.memoryMiB, seen.memoryMiB.max()), limit, kMegabytes);
}

} // namespace

void judge(const Observations &seen, const Options &options, Report &report)
{
    if (options.startsServer()) {
        const bool isBriefs =
            seen.width == limits::kSide && seen.height == limits::kSide && seen.intervalMs == limits::kIntervalMs;
        report.fact(u"universe of a fresh server"_s,
                    u"%1×%2, %3 ms"_s.arg(seen.width).arg(seen.height).arg(seen.intervalMs),
                    u"%1×%1, %2 ms"_s.arg(limits::kSide).arg(limits::kIntervalMs), isBriefs);
    }
    report.note(u"watched"_s, Report::withUnit(seen.seconds, u"s"_s));
    judgePings(seen, report);
    judgeTicks(seen, options, report);
    judgeTraffic(seen, report);
    judgeServer(seen, options, report);
}

} // namespace conway::validate
