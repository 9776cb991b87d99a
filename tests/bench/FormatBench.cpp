#include "core/PatternFile.h"
#include "core/Soup.h"
#include "tests/bench/Benches.h"
#include "tests/bench/Settled.h"

#include <benchmark/benchmark.h>

namespace conway {

namespace {

constexpr int kSide = 2048;

Pattern patternOf(bool isSettled)
{
    Pattern pattern;
    pattern.cells = isSettled ? settledUniverse(kSide) : Soup{Soup::kFull / 3, 1}.universe(kSide, kSide);
    return pattern;
}

void writePattern(benchmark::State &state, bool isSettled)
{
    const Pattern pattern = patternOf(isSettled);
    int64_t bytes = 0;
    for ([[maybe_unused]] auto iteration : state)
        bytes += writeRle(pattern).size();
    state.SetBytesProcessed(bytes);
}

void readBack(benchmark::State &state, const QByteArray &file)
{
    for ([[maybe_unused]] auto iteration : state) {
        const auto pattern = readPattern(file);
        if (!pattern)
            state.SkipWithError("it was not read");
    }
    state.SetBytesProcessed(file.size() * state.iterations());
}

} // namespace

void addFormatBenches()
{
    for (const bool isSettled : {false, true}) {
        const std::string kind = isSettled ? "settled" : "soup";
        benchmark::RegisterBenchmark(("write RLE/2048/" + kind).c_str(),
                                     [isSettled](benchmark::State &state) { writePattern(state, isSettled); });
        benchmark::RegisterBenchmark(("read RLE/2048/" + kind).c_str(), [isSettled](benchmark::State &state) {
            readBack(state, writeRle(patternOf(isSettled)));
        });
    }
    benchmark::RegisterBenchmark("read plaintext/2048/soup",
                                 [](benchmark::State &state) { readBack(state, writePlaintext(patternOf(false))); });
}

} // namespace conway
