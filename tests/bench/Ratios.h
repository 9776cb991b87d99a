#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>

namespace conway {

/// Prints each measurement as it comes, and remembers it, so that two of the same run can be compared: on a busy
/// machine nothing else can.
class Ratios : public benchmark::ConsoleReporter
{
public:
    /// Processor time tells more of work on one thread while others want the processor, too; threads together need a
    /// wall clock, and an idle machine.
    enum class Clock { Processor, Wall };

    Ratios()
        : ConsoleReporter(OO_Tabular)
    {
    }

    void ReportRuns(const std::vector<Run> &runs) override;

    /// "WHAT: 12.3×", where `a` takes that many times as long as `b`; nothing unless both were measured.
    void print(const std::string &what, const std::string &a, const std::string &b,
               Clock clock = Clock::Processor) const;

    /// "WHAT: 12.3×", where `name` does so many times `perSecond` in a second of its processor time.
    void printRate(const std::string &what, const std::string &name, double perSecond) const;

private:
    struct Seconds {
        double processor;
        double wall;
    };
    std::map<std::string, Seconds> m_seconds; ///< an iteration, by the name it was registered with
};

} // namespace conway
