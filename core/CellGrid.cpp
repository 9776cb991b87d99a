#include "core/CellGrid.h"

#include <bit>

namespace conway {

CellGrid::CellGrid(int width, int height)
    : m_width(width)
    , m_height(height)
    , m_wordsPerRow((width + kWordBits - 1) / kWordBits)
    , m_words(static_cast<std::size_t>(m_wordsPerRow) * static_cast<std::size_t>(height))
{
    Q_ASSERT(width >= 1 && width <= kMaxSide && height >= 1 && height <= kMaxSide);
}

void CellGrid::set(int x, int y, bool alive)
{
    Q_ASSERT(contains(x, y));
    const Word bit = Word{1} << (x % kWordBits);
    Word &word = m_words[wordAt(x, y)];
    word = alive ? word | bit : word & ~bit;
}

std::span<const CellGrid::Word> CellGrid::row(int y) const
{
    return std::span(m_words).subspan(wordAt(0, y), static_cast<std::size_t>(m_wordsPerRow));
}

std::span<CellGrid::Word> CellGrid::row(int y)
{
    return std::span(m_words).subspan(wordAt(0, y), static_cast<std::size_t>(m_wordsPerRow));
}

CellGrid::Word CellGrid::lastWordMask() const
{
    const int used = m_width - (m_wordsPerRow - 1) * kWordBits;
    return ~Word{0} >> (kWordBits - used);
}

qint64 CellGrid::population() const
{
    qint64 count = 0;
    for (const Word word : m_words)
        count += std::popcount(word);
    return count;
}

} // namespace conway
