#include "core/StateHash.h"

#include "core/SplitMix64.h"

#include <algorithm>

namespace conway {

namespace {

using Word = CellGrid::Word;

constexpr int kWordsPerTile = TileSet::kTileSide / CellGrid::kWordBits;
constexpr quint64 kWordsPerLongestRow = CellGrid::kMaxSide / CellGrid::kWordBits;

/// One to one in the word, as odd numbers have an inverse modulo 2⁶⁴, and 0 for none alive. The word is mixed before
/// its place comes in: three times a 1 in one place must not be once a 3 in another.
quint64 hashOf(Word word, quint64 place)
{
    return SplitMix64::finalise(SplitMix64::finalise(word) * (2 * place + 1));
}

quint64 hashOfTile(const CellGrid &cells, int column, int row)
{
    const int begin = column * kWordsPerTile;
    const int end = std::min(begin + kWordsPerTile, cells.wordsPerRow());
    const int bottom = std::min((row + 1) * TileSet::kTileSide, cells.height());
    quint64 sum = 0;
    for (int y = row * TileSet::kTileSide; y < bottom; ++y) {
        const Word *words = cells.row(y).data();
        for (int x = begin; x < end; ++x) {
            if (words[x] != 0)
                sum += hashOf(words[x], static_cast<quint64>(y) * kWordsPerLongestRow + static_cast<quint64>(x));
        }
    }
    return sum;
}

} // namespace

void StateHash::reset(const CellGrid &cells)
{
    m_width = cells.width();
    m_height = cells.height();
    m_sum = 0;
    TileSet all(m_width, m_height);
    all.markAll();
    m_tileSums.assign(static_cast<std::size_t>(all.columns()) * static_cast<std::size_t>(all.rows()), 0);
    update(cells, all);
}

void StateHash::update(const CellGrid &cells, const TileSet &changed)
{
    Q_ASSERT(cells.width() == m_width && cells.height() == m_height);
    std::size_t tile = 0;
    for (int row = 0; row < changed.rows(); ++row) {
        for (int column = 0; column < changed.columns(); ++column, ++tile) {
            if (!changed.contains(column, row))
                continue;
            const quint64 sum = hashOfTile(cells, column, row);
            m_sum += sum - m_tileSums[tile];
            m_tileSums[tile] = sum;
        }
    }
}

quint64 StateHash::value() const
{
    const quint64 sides = static_cast<quint64>(m_width) << 32U | static_cast<quint64>(m_height);
    return SplitMix64::finalise(m_sum + SplitMix64::finalise(sides));
}

} // namespace conway
