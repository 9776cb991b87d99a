#include "core/CellChanges.h"
#include "core/ConwayEngine.h"
#include "core/Soup.h"
#include "tests/bench/Benches.h"

#include <benchmark/benchmark.h>

namespace conway {

namespace {

/// Generations that are run. As many with the kernel alone as with all that step() does: a soup's later ones are
/// cheaper than its first. Enough that what the first steps take, memory and a picture, is a small part.
int generationsOf(int side)
{
    return side == 8 ? 4'000'000 : side == 1024 ? 20'000 : 2'000;
}

CellGrid universeOf(int side)
{
    return side == 8 ? gliderUniverse(side, side) : Soup{Soup::kFull / 3, 1}.universe(side, side);
}

/// Where two frames differ, one after the other, as cells to set.
void listChanges(const Frame &before, const Frame &after, QList<CellEdit> &changes)
{
    changes.resize(after.births + after.deaths);
    CellEdit *next = changes.data();
    forEachChange(before.cells, after.cells, after.changedTiles, [&next](int x, int y, bool isAlive) {
        *next++ = {x, y, isAlive};
    });
}

/// step() with all that belongs to it: the frame with its changed tiles, the past, the signal, and who wants the frame.
void step(benchmark::State &state, int side, Reader reader)
{
    ConwayEngine engine({universeOf(side), Rule()});
    FramePtr held = engine.frame();
    QList<CellEdit> changes;
    if (reader == Reader::Holds)
        QObject::connect(&engine, &ConwayEngine::published, &engine, [&held](const FramePtr &frame) { held = frame; });
    const QString by = QStringLiteral("bench");
    for ([[maybe_unused]] auto iteration : state) {
        engine.step(by);
        if (reader == Reader::Lists) {
            listChanges(*held, *engine.frame(), changes);
            held = engine.frame();
        }
    }
    benchmark::DoNotOptimize(changes.size());
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

std::string stepName(int side, Reader reader)
{
    constexpr const char *kNames[] = {"/alone", "/with a reader", "/with a list of changes"};
    return "step/" + std::to_string(side) + kNames[static_cast<int>(reader)];
}

std::string advanceName(int side)
{
    return "step/" + std::to_string(side) + "/its kernel alone";
}

void addEngineBenches()
{
    for (const int side : {8, 1024, 4096}) {
        for (const Reader reader : {Reader::Nobody, Reader::Holds, Reader::Lists}) {
            if (reader == Reader::Lists && side > 8)
                continue; // millions of cells: the list is all that would be measured
            benchmark::RegisterBenchmark(stepName(side, reader).c_str(),
                                         [side, reader](benchmark::State &state) { step(state, side, reader); })
                ->Iterations(generationsOf(side))
                ->MeasureProcessCPUTime();
        }
        benchmark::RegisterBenchmark(advanceName(side).c_str(),
                                     [side](benchmark::State &state) { advance(state, side); })
            ->Iterations(generationsOf(side))
            ->MeasureProcessCPUTime();
    }
}

} // namespace conway
