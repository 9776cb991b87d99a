#pragma once

#include <QtGlobal>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace conway {

/// The cells of a universe, one bit each.
///
/// Layout: rows from top to bottom; a row is wordsPerRow() words of 64 bits; the leftmost cell of a word is its lowest
/// bit. Bits past the width in a row's last word are always 0, so that words can be counted and compared as they are.
///
/// For LifeKernel, which reads a vector of words at a time and the words beside it: every row begins on a cache line,
/// and at least one word of zeros stands before and after it. From 8 cache lines on a row takes an odd number of them:
/// columns of a grid whose width is a power of two would otherwise compete for a few places in the cache.
///
/// The grid itself has no edges or neighbours: that it is a torus is LifeKernel's knowledge.
///
/// A value: copies are independent. Not thread-safe while it is written.
class CellGrid
{
public:
    using Word = std::uint64_t;
    static constexpr int kWordBits = 64;
    /// A row's stride is a multiple of this many words; so is its first word's address.
    static constexpr int kLineWords = 8;

    /// The longest side of a universe. How many cells it may have in all: UniverseSize.h.
    static constexpr int kMaxSide = 65536;

    /// One dead cell.
    CellGrid()
        : CellGrid(1, 1)
    {
    }

    /// All cells dead. Both sides must lie in 1..kMaxSide; whoever takes sizes from outside checks them there.
    CellGrid(int width, int height);

    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }
    [[nodiscard]] int wordsPerRow() const { return (m_width + kWordBits - 1) / kWordBits; }
    /// From a row's first word to the next row's.
    [[nodiscard]] std::ptrdiff_t stride() const { return m_stride; }

    /// 0 <= x < width(), 0 <= y < height().
    [[nodiscard]] bool contains(int x, int y) const { return x >= 0 && y >= 0 && x < m_width && y < m_height; }
    [[nodiscard]] bool alive(int x, int y) const { return (rowStart(y)[x / kWordBits] >> (x % kWordBits)) & 1U; }
    void set(int x, int y, bool alive);

    [[nodiscard]] std::span<const Word> row(int y) const
    {
        return {rowStart(y), static_cast<std::size_t>(wordsPerRow())};
    }
    /// Whoever writes here keeps the bits past the width at 0: see lastWordMask().
    [[nodiscard]] std::span<Word> row(int y)
    {
        return {m_lines.data()->words + kLineWords + y * m_stride, static_cast<std::size_t>(wordsPerRow())};
    }
    [[nodiscard]] Word lastWordMask() const { return ~Word{0} >> (kWordBits - 1 - (m_width - 1) % kWordBits); }

    /// All cells alive, or all dead.
    void fill(bool alive);

    /// Living cells. Counts them all: O(cells / 64).
    [[nodiscard]] qint64 population() const;

    friend bool operator==(const CellGrid &, const CellGrid &) = default;

private:
    struct alignas(kLineWords * sizeof(Word)) Line {
        Word words[kLineWords];

        friend bool operator==(const Line &, const Line &) = default;
    };

    [[nodiscard]] const Word *rowStart(int y) const { return m_lines.data()->words + kLineWords + y * m_stride; }

    int m_width;
    int m_height;
    std::ptrdiff_t m_stride;
    std::vector<Line> m_lines; ///< a line of zeros before the first row and after the last
};

} // namespace conway
