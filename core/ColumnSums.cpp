#include "core/ColumnSums.h"

#include <algorithm>
#include <bit>

namespace conway {

using Word = CellGrid::Word;

namespace {

qint64 bits(const std::vector<Word> &plane, int from, int to)
{
    const auto first = static_cast<std::size_t>(from / CellGrid::kWordBits);
    const auto last = static_cast<std::size_t>((to - 1) / CellGrid::kWordBits);
    const Word head = ~Word{0} << (from % CellGrid::kWordBits);
    const Word tail = ~Word{0} >> (CellGrid::kWordBits - 1 - (to - 1) % CellGrid::kWordBits);
    if (first == last)
        return std::popcount(plane[first] & head & tail);
    qint64 sum = std::popcount(plane[first] & head) + std::popcount(plane[last] & tail);
    for (std::size_t i = first + 1; i < last; ++i)
        sum += std::popcount(plane[i]);
    return sum;
}

} // namespace

void ColumnSums::add(std::span<const Word> row)
{
    std::copy(row.begin(), row.end(), m_carry.begin());
    ++m_rows;
    const auto digits = static_cast<std::size_t>(std::bit_width(m_rows));
    while (m_used < digits) {
        if (m_planes.size() == m_used)
            m_planes.emplace_back(m_carry.size());
        std::fill(m_planes[m_used].begin(), m_planes[m_used].end(), Word{0});
        ++m_used;
    }
    for (std::size_t digit = 0; digit < digits; ++digit) {
        Word *plane = m_planes[digit].data();
        for (std::size_t i = 0; i < m_carry.size(); ++i) {
            const Word both = plane[i] & m_carry[i];
            plane[i] ^= m_carry[i];
            m_carry[i] = both;
        }
    }
}

qint64 ColumnSums::alive(int from, int to) const
{
    qint64 sum = 0;
    for (std::size_t digit = 0; digit < m_used; ++digit)
        sum += bits(m_planes[digit], from, to) << digit;
    return sum;
}

} // namespace conway
