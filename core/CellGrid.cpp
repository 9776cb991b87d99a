#include "core/CellGrid.h"

#include <algorithm>
#include <bit>

namespace conway {

namespace {

std::ptrdiff_t linesPerRow(int width)
{
    const int words = (width + CellGrid::kWordBits - 1) / CellGrid::kWordBits;
    const std::ptrdiff_t lines = words / CellGrid::kLineWords + 1; // with a word of zeros at least
    constexpr std::ptrdiff_t kWideRow = 8;
    return lines >= kWideRow ? lines | 1 : lines;
}

} // namespace

CellGrid::CellGrid(int width, int height)
    : m_width(width)
    , m_height(height)
    , m_stride(linesPerRow(width) * kLineWords)
    , m_lines(static_cast<std::size_t>(linesPerRow(width) * height + 2))
{
    Q_ASSERT(width >= 1 && width <= kMaxSide && height >= 1 && height <= kMaxSide);
}

void CellGrid::set(int x, int y, bool alive)
{
    Q_ASSERT(contains(x, y));
    const Word bit = Word{1} << (x % kWordBits);
    Word &word = row(y)[static_cast<std::size_t>(x / kWordBits)];
    word = alive ? word | bit : word & ~bit;
}

void CellGrid::fill(bool alive)
{
    for (int y = 0; y < m_height; ++y) {
        const auto words = row(y);
        std::fill(words.begin(), words.end(), alive ? ~Word{0} : 0);
        if (alive)
            words.back() = lastWordMask();
    }
}

qint64 CellGrid::population() const
{
    qint64 count = 0;
    for (const Line &line : m_lines) {
        for (const Word word : line.words)
            count += std::popcount(word);
    }
    return count;
}

} // namespace conway
