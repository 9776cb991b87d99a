#include "core/LifeKernel.h"

#include <bit>
#include <utility>

namespace conway {

namespace {

using Word = CellGrid::Word;

constexpr Word all(bool condition)
{
    return condition ? ~Word{0} : Word{0};
}

/// A full adder on 64 columns at once: a + b + c = 2·carry + sum.
struct Sum {
    Word sum;
    Word carry;
};

constexpr Sum add(Word a, Word b, Word c)
{
    const Word either = a ^ b;
    return {either ^ c, (a & b) | (either & c)};
}

/// Books what happened to one word of row y.
void account(Word before, Word after, std::size_t word, int y, LifeKernel::Counts &counts, TileSet &changed)
{
    const Word difference = before ^ after;
    if (difference != 0) {
        changed.mark(static_cast<int>(word * CellGrid::kWordBits) >> TileSet::kTileShift, y >> TileSet::kTileShift);
        counts.births += std::popcount(difference & after);
        counts.deaths += std::popcount(difference & before);
    }
    counts.population += std::popcount(after);
}

} // namespace

LifeKernel::LifeKernel(const Rule &rule)
{
    for (unsigned total = 0; total <= Rule::kMaxNeighbours + 1; ++total) {
        // The total counts the cell itself: alive, it has one neighbour fewer.
        const int count = static_cast<int>(total);
        const bool ifDead = count <= Rule::kMaxNeighbours && rule.births(count);
        const bool ifAlive = count >= 1 && rule.survives(count - 1);
        if (ifDead || ifAlive) {
            m_outcomes.push_back(
                {{all(total & 1U), all(total & 2U), all(total & 4U), all(total & 8U)}, all(ifDead), all(ifAlive)});
        }
    }
}

void LifeKernel::sumTriples(const CellGrid &grid, int y, TripleSums &sums)
{
    const auto cells = grid.row(y);
    const std::size_t last = cells.size() - 1;
    const int lastBit = (grid.width() - 1) % CellGrid::kWordBits;
    const Word rightmost = (cells[last] >> lastBit) & 1U;
    const Word leftmost = cells[0] & 1U;

    sums.low.resize(cells.size());
    sums.high.resize(cells.size());
    Word before = rightmost; // the torus: the cell left of column 0 is the last one
    for (std::size_t i = 0; i <= last; ++i) {
        const Word own = cells[i];
        const Word left = own << 1U | before;
        // ... and the cell right of the last column is the first one.
        const Word right = own >> 1U | (i < last ? cells[i + 1] << 63U : leftmost << lastBit);
        const Sum triple = add(left, own, right);
        sums.low[i] = triple.sum;
        sums.high[i] = triple.carry;
        before = own >> 63U;
    }
}

Word LifeKernel::next(Word above0, Word above1, Word own0, Word own1, Word below0, Word below1, Word cells) const
{
    const Sum ones = add(above0, own0, below0);
    const Sum twos = add(above1, own1, below1);
    // ones.carry and twos.sum both weigh two; twos.carry and what they carry weigh four.
    const Word bit0 = ones.sum;
    const Word bit1 = ones.carry ^ twos.sum;
    const Word carry = ones.carry & twos.sum;
    const Word bit2 = twos.carry ^ carry;
    const Word bit3 = twos.carry & carry;

    Word alive = 0;
    for (const Outcome &outcome : m_outcomes) {
        const Word differs = (bit0 ^ outcome.totalBits[0]) | (bit1 ^ outcome.totalBits[1]) |
                             (bit2 ^ outcome.totalBits[2]) | (bit3 ^ outcome.totalBits[3]);
        alive |= ~differs & ((cells & outcome.ifAlive) | (~cells & outcome.ifDead));
    }
    return alive;
}

LifeKernel::Counts LifeKernel::advance(const CellGrid &from, CellGrid &to, TileSet &changed)
{
    Q_ASSERT(to.width() == from.width() && to.height() == from.height() && &to != &from);
    changed.clear();

    Counts counts;
    const int height = from.height();
    const std::size_t last = static_cast<std::size_t>(from.wordsPerRow()) - 1;
    const Word mask = from.lastWordMask();
    TripleSums *above = &m_rows[0];
    TripleSums *own = &m_rows[1];
    TripleSums *below = &m_rows[2];
    sumTriples(from, height - 1, *above);
    sumTriples(from, 0, *own);

    for (int y = 0; y < height; ++y) {
        sumTriples(from, y + 1 < height ? y + 1 : 0, *below);
        const auto before = from.row(y);
        const auto after = to.row(y);
        for (std::size_t i = 0; i <= last; ++i) {
            const Word cells = before[i];
            Word result =
                next(above->low[i], above->high[i], own->low[i], own->high[i], below->low[i], below->high[i], cells);
            if (i == last)
                result &= mask;
            after[i] = result;
            account(cells, result, i, y, counts, changed);
        }
        std::swap(above, own);
        std::swap(own, below);
    }
    return counts;
}

LifeKernel::Counts LifeKernel::compare(const CellGrid &from, const CellGrid &to, TileSet &changed)
{
    Q_ASSERT(to.width() == from.width() && to.height() == from.height());
    changed.clear();
    Counts counts;
    for (int y = 0; y < from.height(); ++y) {
        const auto before = from.row(y);
        const auto after = to.row(y);
        for (std::size_t i = 0; i < before.size(); ++i)
            account(before[i], after[i], i, y, counts, changed);
    }
    return counts;
}

} // namespace conway
