#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace conway {

/// The cells of a universe, one bit each.
///
/// Layout: rows from top to bottom; a row is wordsPerRow() words of 64 bits; the leftmost cell of a word is its lowest
/// bit. Bits past the width in a row's last word are always 0, so that words can be counted and compared as they are.
/// The grid itself has no edges or neighbours: that it is a torus is LifeKernel's knowledge.
///
/// A value: copies are independent. Not thread-safe while it is written.
class CellGrid
{
public:
    using Word = quint64;
    static constexpr int kWordBits = 64;

    /// The longest side of a universe. A grid of this size squared takes 32 MiB.
    static constexpr int kMaxSide = 16384;

    /// One dead cell.
    CellGrid()
        : CellGrid(1, 1)
    {
    }

    /// All cells dead. Both sides must lie in 1..kMaxSide; whoever takes sizes from outside checks them there.
    CellGrid(int width, int height);

    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }
    [[nodiscard]] int wordsPerRow() const { return m_wordsPerRow; }

    /// 0 <= x < width(), 0 <= y < height().
    [[nodiscard]] bool contains(int x, int y) const { return x >= 0 && y >= 0 && x < m_width && y < m_height; }
    [[nodiscard]] bool alive(int x, int y) const { return (m_words[wordAt(x, y)] >> (x % kWordBits)) & 1U; }
    void set(int x, int y, bool alive);

    [[nodiscard]] std::span<const Word> row(int y) const;
    /// Whoever writes here keeps the bits past the width at 0: see lastWordMask().
    [[nodiscard]] std::span<Word> row(int y);
    [[nodiscard]] Word lastWordMask() const;

    /// Living cells. Counts them all: O(cells / 64).
    [[nodiscard]] qint64 population() const;

    friend bool operator==(const CellGrid &, const CellGrid &) = default;

private:
    [[nodiscard]] std::size_t wordAt(int x, int y) const
    {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_wordsPerRow) +
               static_cast<std::size_t>(x / kWordBits);
    }

    int m_width;
    int m_height;
    int m_wordsPerRow;
    std::vector<Word> m_words;
};

} // namespace conway
