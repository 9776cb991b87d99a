#include "core/LifeKernel.h"
#include "core/Soup.h"
#include "core/StateHash.h"
#include "tests/bench/Benches.h"
#include "tests/bench/Settled.h"

#include <benchmark/benchmark.h>

#include <cstring>
#include <thread>
#include <vector>

namespace conway {

namespace {

constexpr double kLeastSeconds = 0.2;

/// One generation of B3/S23 on a torus. Active: every block is swept, as if nothing ever came to rest; so the work is
/// the same in each generation. Settled: what rests is skipped.
struct KernelBench {
    QByteArray target;
    int side;
    bool isSettled;
    int threads;

    void operator()(benchmark::State &state) const
    {
        sweep::useTarget(target);
        CellGrid now = isSettled ? settledUniverse(side) : Soup{Soup::kFull / 3, 1}.universe(side, side);
        CellGrid last = now;
        LifeKernel kernel{Rule()};
        kernel.setThreads(threads);
        kernel.setSkipping(isSettled);
        const auto advance = [&] {
            kernel.advance(last, now, last);
            std::swap(last, now);
        };
        for (int i = 0; i < 3; ++i) // until it knows what rests
            advance();
        for ([[maybe_unused]] auto iteration : state)
            advance();
        state.counters["cells/s"] = benchmark::Counter(
            static_cast<double>(side) * side * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
        sweep::useTarget({});
    }
};

/// The floor under everything: the cells of a 16384×16384 universe, copied.
void copyMemory(benchmark::State &state)
{
    constexpr std::size_t kBytes = std::size_t{32} << 20U;
    std::vector<char> from(kBytes, 1);
    std::vector<char> to(kBytes, 2);
    for ([[maybe_unused]] auto iteration : state) {
        std::memcpy(to.data(), from.data(), kBytes);
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(static_cast<int64_t>(kBytes) * state.iterations());
}

void hashState(benchmark::State &state)
{
    const CellGrid cells = Soup{Soup::kFull / 3, 1}.universe(4096, 4096);
    for ([[maybe_unused]] auto iteration : state)
        benchmark::DoNotOptimize(StateHash(cells).value());
}

void add(const KernelBench &bench, const std::string &name)
{
    benchmark::RegisterBenchmark(name.c_str(), bench)->UseRealTime()->MinTime(kLeastSeconds);
}

} // namespace

std::string kernelName(const QByteArray &target, int side, bool isSettled, bool isAlone)
{
    return "generation/" + std::to_string(side) + (isSettled ? "/settled/" : "/active/") + target.toStdString() +
           (isAlone ? "/1 thread" : "/all threads");
}

void addKernelBenches()
{
    const int all = static_cast<int>(std::thread::hardware_concurrency());
    const QList<QByteArray> targets = sweep::targets();
    for (const int side : kSides) {
        for (const bool isSettled : {false, true}) {
            for (const QByteArray &target : targets)
                add({target, side, isSettled, 1}, kernelName(target, side, isSettled, true));
            if (all > 1) {
                const QByteArray &best = targets.constFirst();
                add({best, side, isSettled, all}, kernelName(best, side, isSettled, false));
            }
        }
    }
    benchmark::RegisterBenchmark(kCopyName, copyMemory)->UseRealTime()->MinTime(kLeastSeconds);
    benchmark::RegisterBenchmark("state hash/4096", hashState)->MinTime(kLeastSeconds);
}

} // namespace conway
