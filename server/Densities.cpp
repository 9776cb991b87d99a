#include "server/Densities.h"

#include "server/Limits.h"

#include <hwy/cache_control.h>

#include <algorithm>

// All of it in words of 64 bits, whose fields are counted side by side; compilers make vectors of the loops.

namespace conway {

namespace {

using Word = CellGrid::Word;

// The lower half of each field of 2, 4, 8, 16 and 32 bits.
constexpr Word kOdd1 = 0x5555'5555'5555'5555;
constexpr Word kOdd2 = 0x3333'3333'3333'3333;
constexpr Word kOdd4 = 0x0f0f'0f0f'0f0f'0f0f;
constexpr Word kOdd8 = 0x00ff'00ff'00ff'00ff;
constexpr Word kOdd16 = 0x0000'ffff'0000'ffff;
// 1 in each field of 4 and 16 bits.
constexpr Word kOnes4 = 0x1111'1111'1111'1111;
constexpr Word kOnes16 = 0x0001'0001'0001'0001;

constexpr int kDense = 15;
constexpr int kNibblesPerWord = 16;

// --- Counting side by side -------------------------------------------------------------------------------------------

/// Living cells of each two.
Word countPairs(Word cells)
{
    return cells - ((cells >> 1U) & kOdd1);
}

/// Living cells of each four.
Word countFours(Word cells)
{
    const Word pairs = countPairs(cells);
    return (pairs & kOdd2) + ((pairs >> 2U) & kOdd2);
}

/// Adds the living cells of each eight, in two rows, to `sums`.
void addEights(const Word *upper, const Word *lower, int words, Word *sums)
{
    for (int i = 0; i < words; ++i) {
        const Word fours = countFours(upper[i]) + countFours(lower[i]); // 8 at most
        sums[i] += (fours & kOdd4) + ((fours >> 4U) & kOdd4);
    }
}

// --- From counts to densities ----------------------------------------------------------------------------------------

/// Of fields of 4 bits with counts of up to 4.
Word densitiesOf2x2(Word counts)
{
    return ((counts & kOdd2) << 2U) | (((counts >> 2U) & kOnes4) * kDense); // 0, 4, 8, 12, 15
}

/// Of fields of 16 bits with counts of up to 4^level, for levels 3 and 4.
Word densitiesOfSixteens(Word counts, int level)
{
    const auto shift = static_cast<unsigned>(2 * level);
    return ((counts * kDense + kOnes16 * ((Word{1} << shift) - 1)) >> shift) & (kOnes16 * 0xfU);
}

Word densityOf(Word count, int level)
{
    const auto shift = static_cast<unsigned>(2 * level);
    return (count * kDense + (Word{1} << shift) - 1) >> shift;
}

// --- Moving fields ---------------------------------------------------------------------------------------------------

/// The nibbles of the lower half, each in a byte of its own.
Word nibblesApart(Word word)
{
    word = (word | (word << 16U)) & kOdd16;
    word = (word | (word << 8U)) & kOdd8;
    return (word | (word << 4U)) & kOdd4;
}

/// The lower byte of each 16 bits, four of them in a row.
Word bytesTogether(Word word)
{
    word = (word | (word >> 8U)) & kOdd16;
    return (word | (word >> 16U)) & 0xffff'ffffU;
}

/// The lowest nibble of each 16 bits, four of them in a row.
Word nibblesTogether(Word word)
{
    return (word | (word >> 12U) | (word >> 24U) | (word >> 36U)) & 0xffffU;
}

/// A row of values, written in groups that never cross the border of a word.
class RowWriter
{
public:
    RowWriter(Word *to, int first, int columns)
        : m_to(to)
        , m_place(first)
        , m_columns(columns)
    {
    }

    void put(Word nibbles, int count)
    {
        if (m_place < m_columns) { // a word of cells at the edge may be worth more values than there are
            Word &word = m_to[m_place / kNibblesPerWord];
            const auto shift = static_cast<unsigned>(m_place % kNibblesPerWord * 4);
            const Word mask = ~Word{0} >> static_cast<unsigned>(CellGrid::kWordBits - 4 * count);
            word = (word & ~(mask << shift)) | (nibbles << shift);
        }
        m_place += count;
    }

private:
    Word *m_to;
    int m_place;
    int m_columns;
};

// --- The rows of cells -----------------------------------------------------------------------------------------------

constexpr Word kNoLife[DensitySource::kMaxWords] = {};

const Word *rowOf(const DensitySource &source, int y)
{
    return y < source.cells.height() ? source.cells.row(y).data() + source.firstWord : kNoLife;
}

void readLevel1(const DensitySource &source, RowWriter &writer)
{
    const Word *upper = rowOf(source, source.firstRow);
    const Word *lower = rowOf(source, source.firstRow + 1);
    for (int i = 0; i < source.words; ++i) {
        const Word a = countPairs(upper[i]);
        const Word b = countPairs(lower[i]);
        const Word evens = densitiesOf2x2((a & kOdd2) + (b & kOdd2));
        const Word odds = densitiesOf2x2(((a >> 2U) & kOdd2) + ((b >> 2U) & kOdd2));
        writer.put(nibblesApart(evens & 0xffff'ffffU) | (nibblesApart(odds & 0xffff'ffffU) << 4U), kNibblesPerWord);
        writer.put(nibblesApart(evens >> 32U) | (nibblesApart(odds >> 32U) << 4U), kNibblesPerWord);
    }
}

void readLevel2(const DensitySource &source, RowWriter &writer)
{
    const Word *rows[4];
    for (int y = 0; y < 4; ++y)
        rows[y] = rowOf(source, source.firstRow + y);
    for (int i = 0; i < source.words; ++i) {
        const Word upper = countFours(rows[0][i]) + countFours(rows[1][i]);
        const Word lower = countFours(rows[2][i]) + countFours(rows[3][i]);
        // Up to 15 the count is the density. Sixteen is 15 too, and would not fit.
        writer.put(upper - (((upper & lower) >> 3U) & kOnes4) + lower, kNibblesPerWord);
    }
}

using Sums = Word[DensitySource::kMaxWords];

/// A tile's rows are short and lie far apart, and a processor cannot guess where a walk down them goes on.
void fetch(const Word *row, int words)
{
    for (int i = 0; i < words; i += CellGrid::kLineWords)
        hwy::Prefetch(row + i);
}

/// Living cells of each eight in up to 16 rows, while the rows below them are fetched into the cache.
void sumEights(const DensitySource &source, int firstRow, int rows, Sums &sums)
{
    std::fill_n(sums, source.words, 0);
    const int end = std::min(firstRow + rows, source.cells.height());
    for (int y = firstRow; y < end; y += 2) {
        fetch(rowOf(source, y + rows), source.words);
        fetch(rowOf(source, y + rows + 1), source.words);
        addEights(rowOf(source, y), rowOf(source, y + 1), source.words, sums);
    }
}

void readLevel3(const DensitySource &source, RowWriter &writer)
{
    Sums eights;
    sumEights(source, source.firstRow, 8, eights);
    for (int i = 0; i < source.words; ++i) {
        const Word evens = densitiesOfSixteens(eights[i] & kOdd8, 3);
        const Word odds = densitiesOfSixteens((eights[i] >> 8U) & kOdd8, 3);
        writer.put(bytesTogether(evens | (odds << 4U)), 8);
    }
}

void readLevel4(const DensitySource &source, RowWriter &writer)
{
    Sums eights;
    sumEights(source, source.firstRow, 16, eights);
    for (int i = 0; i < source.words; ++i) {
        const Word word = eights[i];
        writer.put(nibblesTogether(densitiesOfSixteens((word & kOdd8) + ((word >> 8U) & kOdd8), 4)), 4);
    }
}

/// Sixteen rows at a time, whose counts fit into fields of 16 bits; then values are sums of fields.
void readCoarse(const DensitySource &source, RowWriter &writer)
{
    Word counts[128] = {};
    const int side = 1 << source.level;
    const int values = (source.words * CellGrid::kWordBits + side - 1) / side;
    Sums eights;
    for (int y = 0; y < side; y += 16) {
        sumEights(source, source.firstRow + y, 16, eights);
        for (int i = 0; i < source.words; ++i) {
            const Word word = eights[i];
            const Word sixteens = (word & kOdd8) + ((word >> 8U) & kOdd8);
            if (source.level == 5) {
                const Word halves = (sixteens & kOdd16) + ((sixteens >> 16U) & kOdd16);
                counts[2 * i] += halves & 0xffff'ffffU;
                counts[2 * i + 1] += halves >> 32U;
            } else {
                counts[i >> (source.level - 6)] += (sixteens * kOnes16) >> 48U;
            }
        }
    }
    for (int i = 0; i < values; ++i)
        writer.put(densityOf(counts[i], source.level), 1);
}

} // namespace

void readDensities(const DensitySource &source, int firstValue, int columns, CellGrid::Word *to)
{
    Q_ASSERT(source.level >= 1 && source.level <= limits::kMaxLevel && source.words <= DensitySource::kMaxWords);
    RowWriter writer(to, firstValue, columns);
    switch (source.level) {
    case 1:
        return readLevel1(source, writer);
    case 2:
        return readLevel2(source, writer);
    case 3:
        return readLevel3(source, writer);
    case 4:
        return readLevel4(source, writer);
    default:
        return readCoarse(source, writer);
    }
}

} // namespace conway
