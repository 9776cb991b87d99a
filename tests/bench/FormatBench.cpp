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

using Writer = QByteArray (*)(const Pattern &);

QByteArray rleOf(const Pattern &pattern)
{
    return writeRle(pattern);
}

/// The two that are only read: there is no writer but this.
QByteArray life105Of(const Pattern &pattern)
{
    QByteArray text = "#Life 1.05\n#P 0 0\n";
    for (int y = 0; y < pattern.cells.height(); ++y) {
        for (int x = 0; x < pattern.cells.width(); ++x)
            text += pattern.cells.alive(x, y) ? '*' : '.';
        text += '\n';
    }
    return text;
}

QByteArray life106Of(const Pattern &pattern)
{
    QByteArray text = "#Life 1.06\n";
    for (int y = 0; y < pattern.cells.height(); ++y) {
        for (int x = 0; x < pattern.cells.width(); ++x) {
            if (pattern.cells.alive(x, y))
                text += QByteArray::number(x) + ' ' + QByteArray::number(y) + '\n';
        }
    }
    return text;
}

void writePattern(benchmark::State &state, Writer write, bool isSettled)
{
    const Pattern pattern = patternOf(isSettled);
    int64_t bytes = 0;
    for ([[maybe_unused]] auto iteration : state)
        bytes += write(pattern).size();
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
    struct Format {
        const char *name;
        Writer write;
        bool isOurs; ///< written by the program, too
    };
    constexpr Format kFormats[] = {{"RLE", rleOf, true},
                                   {"plaintext", writePlaintext, true},
                                   {"Life 1.05", life105Of, false},
                                   {"Life 1.06", life106Of, false}};
    for (const bool isSettled : {false, true}) {
        for (const Format &format : kFormats) {
            const std::string what = std::string(format.name) + "/2048/" + (isSettled ? "settled" : "soup");
            const auto write = format.write;
            if (format.isOurs) {
                benchmark::RegisterBenchmark(("write " + what).c_str(), [write, isSettled](benchmark::State &state) {
                    writePattern(state, write, isSettled);
                });
            }
            benchmark::RegisterBenchmark(("read " + what).c_str(), [write, isSettled](benchmark::State &state) {
                readBack(state, write(patternOf(isSettled)));
            });
        }
    }
}

} // namespace conway
