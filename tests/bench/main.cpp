#include "core/LifeSweep.h"
#include "tests/bench/Benches.h"
#include "tests/bench/Ratios.h"

#include <benchmark/benchmark.h>

using namespace conway;

namespace {

void printRatios(const Ratios &ratios)
{
    const QList<QByteArray> targets = sweep::targets();
    const QByteArray &best = targets.constFirst();
    const std::string name = best.toStdString();
    const std::string huge = kernelName(best, 16384, false, true);
    const std::string hugeTogether = kernelName(best, 16384, false, false);
    for (const int side : kSides) {
        const std::string size = std::to_string(side) + "^2, one thread: ";
        for (const QByteArray &target : targets.sliced(1))
            ratios.print(size + target.toStdString() + " takes, in times of " + name,
                         kernelName(target, side, false, true), kernelName(best, side, false, true));
        ratios.print(size + "active takes, in times of settled", kernelName(best, side, false, true),
                     kernelName(best, side, true, true));
        ratios.print(std::to_string(side) + "^2, active: one thread takes, in times of all",
                     kernelName(best, side, false, true), kernelName(best, side, false, false), Ratios::Clock::Wall);
    }
    for (const int side : {8, 1024, 4096})
        ratios.print(std::to_string(side) + "^2: a step with a reader takes, in times of its kernel's generation",
                     stepName(side, Reader::Holds), advanceName(side));
    ratios.printRate("8^2, steps in a second, in times of the brief's 11,186", stepName(8, Reader::Nobody), 11'186);
    ratios.printRate("8^2, the same with a list of the cells that changed", stepName(8, Reader::Lists), 11'186);
    ratios.print("16384^2, active, one thread takes, in times of a copy of its 32 MiB", huge, kCopyName);
    ratios.print("16384^2, active, all threads take, in times of that copy", hugeTogether, kCopyName,
                 Ratios::Clock::Wall);
    ratios.print("16384^2, settled, one thread takes, in times of that copy", kernelName(best, 16384, true, true),
                 kCopyName);
}

} // namespace

int main(int argc, char *argv[])
{
    addKernelBenches();
    addEngineBenches();
    addFormatBenches();
    addStreamBenches();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    Ratios ratios;
    benchmark::RunSpecifiedBenchmarks(&ratios);
    printRatios(ratios);
    return 0;
}
