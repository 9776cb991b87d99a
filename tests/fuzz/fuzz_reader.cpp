#include "core/PatternFile.h"
#include "tests/fuzz/Require.h"

// A reader of pattern files under libFuzzer, with all that is checked of it: whatever a file holds, it is refused with
// a place in it, or it is a pattern that both writers write so that it is read back the same.

using namespace conway;

namespace {

void requireSame(const Pattern &pattern, const Result<Pattern> &again)
{
    require(bool(again));
    require(again->cells == pattern.cells);
    require(again->name == pattern.name && again->author == pattern.author && again->comments == pattern.comments);
    require(again->rule.value_or(Rule()) == pattern.rule.value_or(Rule()) && again->bounds == pattern.bounds);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, std::size_t size)
{
    const QByteArrayView file(data, static_cast<qsizetype>(size));
    PatternLimits limits;
    limits.maxCells = 4'096; // far corners cost time and find nothing
    limits.maxText = 1'000;
#ifdef CONWAY_FUZZED_FORMAT
    const auto pattern = readPatternAs(PatternFormat::CONWAY_FUZZED_FORMAT, file, limits);
#else
    const auto pattern = readPattern(file, limits);
#endif
    if (!pattern) {
        require(pattern.error().line > 0 && pattern.error().column > 0);
        return 0;
    }
    require(pattern->cells.width() * pattern->cells.height() <= limits.maxCells);
    const auto fromRle = readPattern(writeRle(*pattern));
    requireSame(*pattern, fromRle);
    require(fromRle->position == pattern->position && fromRle->generation == pattern->generation);
    requireSame(*pattern, readPattern(writePlaintext(*pattern)));
    return 0;
}
