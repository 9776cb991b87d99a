#include "tests/bench/Ratios.h"

#include <cstdio>

namespace conway {

void Ratios::ReportRuns(const std::vector<Run> &runs)
{
    for (const Run &run : runs) {
        if (run.error_occurred || run.iterations == 0)
            continue;
        const auto iterations = static_cast<double>(run.iterations);
        m_seconds[run.run_name.function_name] = {run.cpu_accumulated_time / iterations,
                                                 run.real_accumulated_time / iterations};
    }
    ConsoleReporter::ReportRuns(runs);
}

void Ratios::print(const std::string &what, const std::string &a, const std::string &b, Clock clock) const
{
    const auto first = m_seconds.find(a);
    const auto second = m_seconds.find(b);
    if (first == m_seconds.end() || second == m_seconds.end())
        return;
    const double ratio = clock == Clock::Wall ? first->second.wall / second->second.wall
                                              : first->second.processor / second->second.processor;
    std::printf("%-76s %7.2fx\n", what.c_str(), ratio);
}

void Ratios::printRate(const std::string &what, const std::string &name, double perSecond) const
{
    if (const auto found = m_seconds.find(name); found != m_seconds.end())
        std::printf("%-76s %7.0fx\n", what.c_str(), 1 / found->second.processor / perSecond);
}

} // namespace conway
