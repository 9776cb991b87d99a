#include "core/LifeKernel.h"
#include "core/Soup.h"
#include "server/BinaryStream.h"
#include "server/Crc32.h"
#include "tests/bench/Benches.h"

#include <benchmark/benchmark.h>

#include <array>

namespace conway {

namespace {

constexpr int kGeneration = 100;

/// Two frames that follow each other: generation 100 of a soup of 35 %, and 101.
struct Pair {
    FramePtr first;
    FramePtr second;
};

Pair framesOf(int side)
{
    CellGrid now = Soup{Soup::kFull / 20 * 7, 1}.universe(side, side);
    CellGrid last = now;
    LifeKernel kernel{Rule()};
    for (int generation = 0; generation < kGeneration; ++generation) {
        kernel.advance(last, now, last);
        std::swap(last, now);
    }
    auto *first = new Frame;
    first->generation = kGeneration;
    first->cells = now;
    first->population = now.population();
    first->changedTiles = TileSet(side, side);
    auto *second = new Frame(*first);
    ++second->generation;
    ++second->sequence;
    kernel.advance(first->cells, second->cells, second->changedTiles);
    return {FramePtr(first), FramePtr(second)};
}

/// As a server at work: what it knows of the frame before is from the delta before. To and fro between two frames.
void encodeDelta(benchmark::State &state, int side, int level)
{
    const Pair frames = framesOf(side);
    BinaryStream stream(frames.first, 0);
    const ViewArea area = ViewArea::whole(level, stream.universe());
    bool isSecond = false;
    qsizetype bytes = stream.snapshot(area).size();
    for ([[maybe_unused]] auto iteration : state) {
        isSecond = !isSecond;
        stream.advance(isSecond ? frames.second : frames.first, frames.second->changedTiles, 0);
        bytes = stream.delta(area).size();
    }
    state.counters["bytes"] = static_cast<double>(bytes);
}

/// For somebody who is the first to look.
void encodeSnapshot(benchmark::State &state, int side, int level)
{
    const Pair frames = framesOf(side);
    qsizetype bytes = 0;
    for ([[maybe_unused]] auto iteration : state) {
        BinaryStream stream(frames.first, 0);
        bytes = stream.snapshot(ViewArea::whole(level, stream.universe())).size();
    }
    state.counters["bytes"] = static_cast<double>(bytes);
}

void checkBytes(benchmark::State &state)
{
    const QByteArray bytes(64 * 1024, 'x');
    for ([[maybe_unused]] auto iteration : state)
        benchmark::DoNotOptimize(crc32(bytes));
    state.SetBytesProcessed(bytes.size() * state.iterations());
}

} // namespace

void addStreamBenches()
{
    for (const auto &[side, level] : {std::array{1024, 0}, {1024, 1}, {4096, 2}, {8192, 3}, {16384, 4}, {16384, 5}}) {
        const std::string name = std::to_string(side) + "/level " + std::to_string(level);
        const auto add = [side = side, level = level](const std::string &name, auto *bench) {
            benchmark::RegisterBenchmark(name.c_str(), [side, level, bench](benchmark::State &state) {
                bench(state, side, level);
            })->Unit(benchmark::kMicrosecond);
        };
        add("stream delta/" + name, encodeDelta);
        add("stream snapshot/" + name, encodeSnapshot);
    }
    benchmark::RegisterBenchmark("CRC-32", checkBytes);
}

} // namespace conway
