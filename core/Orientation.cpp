#include "core/Orientation.h"

#include <algorithm>
#include <array>

namespace conway {

namespace {

using Word = CellGrid::Word;
constexpr std::size_t kSide = CellGrid::kWordBits;

/// Each orientation is a transposition or none, and after it a flip across, down, both or neither.
struct Parts {
    bool transposes;
    bool flipsAcross;
    bool flipsDown;

    friend bool operator==(const Parts &, const Parts &) = default;
};

/// In the order of Orientation.
constexpr Parts kParts[kOrientations] = {
    {false, false, false}, // AsItIs
    {true, true, false},   // Turned90
    {false, true, true},   // Turned180
    {true, false, true},   // Turned270
    {false, true, false},  // FlippedAcross
    {false, false, true},  // FlippedDown
    {true, false, false},  // Transposed
    {true, true, true},    // AntiTransposed
};

constexpr Parts partsOf(Orientation orientation)
{
    return kParts[static_cast<int>(orientation)];
}

/// The bits of a word in reverse order: neighbours change places, then pairs, and so on (Hacker's Delight, 7-1).
Word reversed(Word word)
{
    constexpr Word kMasks[] = {0x5555555555555555, 0x3333333333333333, 0x0f0f0f0f0f0f0f0f,
                               0x00ff00ff00ff00ff, 0x0000ffff0000ffff, 0x00000000ffffffff};
    int distance = 1;
    for (const Word mask : kMasks) {
        word = (word >> distance & mask) | (word & mask) << distance;
        distance *= 2;
    }
    return word;
}

CellGrid flippedDown(const CellGrid &cells)
{
    CellGrid flipped(cells.width(), cells.height());
    for (int y = 0; y < cells.height(); ++y)
        std::ranges::copy(cells.row(y), flipped.row(cells.height() - 1 - y).begin());
    return flipped;
}

CellGrid flippedAcross(const CellGrid &cells)
{
    CellGrid flipped(cells.width(), cells.height());
    // Reversed as whole words, a row begins with the bits past its width; it moves to the left by as many.
    const int unused = cells.wordsPerRow() * CellGrid::kWordBits - cells.width();
    for (int y = 0; y < cells.height(); ++y) {
        const auto from = cells.row(y);
        const auto to = flipped.row(y);
        for (std::size_t i = 0; i < from.size(); ++i) {
            const std::size_t mirror = from.size() - 1 - i;
            to[i] = reversed(from[mirror]) >> unused;
            if (unused > 0 && mirror > 0)
                to[i] |= reversed(from[mirror - 1]) << (CellGrid::kWordBits - unused);
        }
    }
    return flipped;
}

/// 64×64 bits, row by row: quarters off the diagonal change places, then their quarters (Hacker's Delight, 7-3).
void transpose(std::array<Word, kSide> &block)
{
    Word mask = 0x00000000ffffffff;
    for (std::size_t half = kSide / 2; half > 0; half /= 2) {
        for (std::size_t row = 0; row < kSide; row = (row + half + 1) & ~half) {
            const Word exchanged = (block[row] >> half ^ block[row + half]) & mask;
            block[row] ^= exchanged << half;
            block[row + half] ^= exchanged;
        }
        mask ^= mask << (half / 2);
    }
}

CellGrid transposed(const CellGrid &cells)
{
    CellGrid result(cells.height(), cells.width());
    constexpr int kBits = CellGrid::kWordBits;
    for (int top = 0; top < cells.height(); top += kBits) {
        const int rows = std::min(kBits, cells.height() - top);
        for (int left = 0; left < cells.width(); left += kBits) {
            std::array<Word, kSide> block{};
            for (int i = 0; i < rows; ++i)
                block[static_cast<std::size_t>(i)] = cells.row(top + i)[static_cast<std::size_t>(left / kBits)];
            transpose(block);
            const int columns = std::min(kBits, cells.width() - left);
            for (int i = 0; i < columns; ++i)
                result.row(left + i)[static_cast<std::size_t>(top / kBits)] = block[static_cast<std::size_t>(i)];
        }
    }
    return result;
}

} // namespace

CellGrid oriented(const CellGrid &cells, Orientation orientation)
{
    const Parts parts = partsOf(orientation);
    CellGrid result = parts.transposes ? transposed(cells) : cells;
    if (parts.flipsAcross)
        result = flippedAcross(result);
    if (parts.flipsDown)
        result = flippedDown(result);
    return result;
}

Orientation composed(Orientation first, Orientation second)
{
    const Parts a = partsOf(first);
    const Parts b = partsOf(second);
    // Pulled past a transposition, a flip across becomes a flip down, and the other way round.
    const bool across = b.transposes ? a.flipsDown : a.flipsAcross;
    const bool down = b.transposes ? a.flipsAcross : a.flipsDown;
    const Parts both{a.transposes != b.transposes, across != b.flipsAcross, down != b.flipsDown};
    return static_cast<Orientation>(std::ranges::find(kParts, both) - std::begin(kParts));
}

} // namespace conway
