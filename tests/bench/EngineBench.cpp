#include "core/ConwayEngine.h"
#include "core/Soup.h"
#include "tests/bench/Benches.h"

#include <benchmark/benchmark.h>

namespace conway {

namespace {

constexpr double kLeastSeconds = 0.2;

CellGrid universeOf(int side)
{
    return side == 8 ? gliderUniverse(side, side) : Soup{Soup::kFull / 3, 1}.universe(side, side);
}

/// step() with all that belongs to it: the frame with its changed tiles, the past, the signal, and a reader that holds
/// the newest frame as the server does.
void step(benchmark::State &state, int side, bool hasReader)
{
    ConwayEngine engine({universeOf(side), Rule()});
    FramePtr held;
    if (hasReader)
        QObject::connect(&engine, &ConwayEngine::published, &engine, [&held](const FramePtr &frame) { held = frame; });
    const QString by = QStringLiteral("bench");
    for ([[maybe_unused]] auto iteration : state)
        engine.step(by);
    state.counters["steps/s"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

/// The same generations by the kernel alone.
void advance(benchmark::State &state, int side)
{
    CellGrid now = universeOf(side);
    CellGrid last = now;
    LifeKernel kernel{Rule()};
    for ([[maybe_unused]] auto iteration : state) {
        kernel.advance(last, now, last);
        std::swap(last, now);
    }
}

} // namespace

std::string stepName(int side, bool hasReader)
{
    return "step/" + std::to_string(side) + (hasReader ? "/with a reader" : "/alone");
}

std::string advanceName(int side)
{
    return "its kernel/" + std::to_string(side);
}

void addEngineBenches()
{
    for (const int side : {8, 1024, 4096}) {
        for (const bool hasReader : {false, true}) {
            benchmark::RegisterBenchmark(stepName(side, hasReader).c_str(), [side, hasReader](benchmark::State &state) {
                step(state, side, hasReader);
            })->MinTime(kLeastSeconds);
        }
        benchmark::RegisterBenchmark(advanceName(side).c_str(), [side](benchmark::State &state) {
            advance(state, side);
        })->MinTime(kLeastSeconds);
    }
}

} // namespace conway
