#include "core/LifeSweep.h"

#include <algorithm>
#include <cstring>

// Vectors are kept in structures and passed by reference, which the sizeless ones of SVE and RVV do not allow; such
// processors take NEON or the portable form instead.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#define HWY_WANT_AVX3_DL // AVX-512 with population count and funnel shifts
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/LifeSweep.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/cache_control.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace conway::sweep::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Lanes = hn::CappedTag<Word, CellGrid::kLineWords>;
using Vector = hn::Vec<Lanes>;

constexpr Lanes kLanes;

// --- Logic of three
// ---------------------------------------------------------------------------------------------------

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3

/// Any function of three bits is one instruction. Its number is the function applied to these three.
constexpr int kA = 0xf0;
constexpr int kB = 0xcc;
constexpr int kC = 0xaa;

template <int kFunction>
HWY_INLINE Vector ternary(Vector a, Vector b, Vector c)
{
    return Vector{_mm512_ternarylogic_epi64(a.raw, b.raw, c.raw, kFunction & 0xff)};
}

HWY_INLINE Vector oddOf(Vector a, Vector b, Vector c)
{
    return ternary<kA ^ kB ^ kC>(a, b, c);
}
HWY_INLINE Vector twoOf(Vector a, Vector b, Vector c)
{
    return ternary<(kA & kB) | (kC & (kA | kB))>(a, b, c);
}
HWY_INLINE Vector select(Vector choice, Vector a, Vector b)
{
    return ternary<(kA & kB) | (~kA & kC)>(choice, a, b);
}
HWY_INLINE Vector addDifference(Vector sum, Vector a, Vector b)
{
    return ternary<kA | (kB ^ kC)>(sum, a, b);
}
/// own & A ^ D: dead cells get D's bit, living ones A ^ D's.
HWY_INLINE Vector andThenXor(Vector own, Vector a, Vector d)
{
    return ternary<(kA & kB) ^ kC>(own, a, d);
}

/// The total of the square is ones + 2 (carry + twos) + 4 fours. Alive where it is 3, and where it is 4 and it was
/// alive.
HWY_INLINE Vector conways(Vector ones, Vector carry, Vector twos, Vector fours, Vector own)
{
    const Vector three = ternary<kA &(kB ^ kC)>(ones, carry, twos);          // or seven
    const Vector four = ternary<(kA ^ kB) & ~(kB ^ kC)>(fours, carry, twos); // or five
    const Vector lives = ternary<kA & kB & ~kC>(own, four, ones);            // four
    return ternary<kA | (kB & ~kC)>(lives, three, fours);                    // without seven
}

#else

HWY_INLINE Vector oddOf(Vector a, Vector b, Vector c)
{
    return hn::Xor(hn::Xor(a, b), c);
}
HWY_INLINE Vector twoOf(Vector a, Vector b, Vector c)
{
    return hn::Or(hn::And(a, b), hn::And(c, hn::Xor(a, b)));
}
HWY_INLINE Vector select(Vector choice, Vector a, Vector b)
{
    // Not IfVecThenElse: on AVX2 that looks at the top bit of each byte only.
    return hn::Xor(b, hn::And(choice, hn::Xor(a, b)));
}
HWY_INLINE Vector addDifference(Vector sum, Vector a, Vector b)
{
    return hn::Or(sum, hn::Xor(a, b));
}
HWY_INLINE Vector andThenXor(Vector own, Vector a, Vector d)
{
    return hn::Xor(hn::And(own, a), d);
}

HWY_INLINE Vector conways(Vector ones, Vector carry, Vector twos, Vector fours, Vector own)
{
    const Vector odd = hn::Xor(carry, twos);
    const Vector three = hn::AndNot(fours, hn::And(ones, odd));
    const Vector four = hn::AndNot(hn::Or(ones, odd), hn::Xor(fours, carry));
    return hn::Or(three, hn::And(four, own));
}

#endif

// --- Neighbours in a row
// ----------------------------------------------------------------------------------------------

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3_DL
HWY_INLINE Vector fromLeft(Vector own, Vector before)
{
    return Vector{_mm512_shldi_epi64(own.raw, before.raw, 1)};
}
HWY_INLINE Vector fromRight(Vector own, Vector after)
{
    return Vector{_mm512_shrdi_epi64(own.raw, after.raw, 1)};
}
#else
HWY_INLINE Vector fromLeft(Vector own, Vector before)
{
    return hn::Or(hn::ShiftLeft<1>(own), hn::ShiftRight<63>(before));
}
HWY_INLINE Vector fromRight(Vector own, Vector after)
{
    return hn::Or(hn::ShiftRight<1>(own), hn::ShiftLeft<63>(after));
}
#endif

// --- Counting
// ---------------------------------------------------------------------------------------------------------

#if (HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3_DL) || HWY_TARGET == HWY_SCALAR

class Counter
{
public:
    // Written out, here and below: gcc compiles an implicit constructor for the baseline target.
    HWY_INLINE Counter()
        : m_births(hn::Zero(kLanes))
        , m_deaths(hn::Zero(kLanes))
    {
    }
    HWY_INLINE void count(Vector births, Vector deaths)
    {
        m_births = hn::Add(m_births, hn::PopulationCount(births));
        m_deaths = hn::Add(m_deaths, hn::PopulationCount(deaths));
    }
    HWY_INLINE Tally tally() const
    {
        return hn::GetLane(hn::SumOfLanes(kLanes, hn::Add(m_births, hn::ShiftLeft<32>(m_deaths))));
    }

private:
    Vector m_births;
    Vector m_deaths;
};

#else

/// In bytes, whose counts are cheaper; they are emptied before they can overflow.
class Counter
{
public:
    HWY_INLINE Counter()
        : m_births(hn::Zero(kBytes))
        , m_deaths(hn::Zero(kBytes))
        , m_sum(hn::Zero(kLanes))
    {
    }
    HWY_INLINE void count(Vector births, Vector deaths)
    {
        m_births = hn::Add(m_births, hn::PopulationCount(hn::BitCast(kBytes, births)));
        m_deaths = hn::Add(m_deaths, hn::PopulationCount(hn::BitCast(kBytes, deaths)));
        if (++m_rows == kRows)
            empty();
    }
    HWY_INLINE Tally tally()
    {
        empty();
        return hn::GetLane(hn::SumOfLanes(kLanes, m_sum));
    }

private:
    using Bytes = hn::Repartition<quint8, Lanes>;
    static constexpr Bytes kBytes{};
    static constexpr int kRows = 31; // of at most 8 each

    HWY_INLINE void empty()
    {
        m_sum = hn::Add(m_sum, hn::Add(hn::SumsOf8(m_births), hn::ShiftLeft<32>(hn::SumsOf8(m_deaths))));
        m_births = hn::Zero(kBytes);
        m_deaths = hn::Zero(kBytes);
        m_rows = 0;
    }

    hn::Vec<Bytes> m_births;
    hn::Vec<Bytes> m_deaths;
    Vector m_sum;
    int m_rows = 0;
};

#endif

// --- Rules
// ------------------------------------------------------------------------------------------------------------

struct ConwaysRule {
    HWY_INLINE Vector operator()(Vector ones, Vector carry, Vector twos, Vector fours, Vector own) const
    {
        return conways(ones, carry, twos, fours, own);
    }
};

/// Any rule: what a cell becomes for each total, and then a tree of choices by the total's binary digits.
class AnyRule
{
public:
    HWY_INLINE explicit AnyRule(const Outcomes &outcomes)
    {
        for (int total = 0; total < 10; ++total) {
            m_difference[total] = outcomes.ifDead[total] ^ outcomes.ifAlive[total];
            m_ifDead[total] = outcomes.ifDead[total];
        }
    }
    HWY_INLINE Vector operator()(Vector ones, Vector carry, Vector twos, Vector fours, Vector own) const
    {
        const Vector bit1 = hn::Xor(carry, twos);
        const Vector more = hn::And(carry, twos);
        const Vector bit2 = hn::Xor(fours, more);
        const Vector bit3 = hn::And(fours, more);
        const Vector to3 = select(bit1, odd(2, ones, own), odd(0, ones, own));
        const Vector to7 = select(bit1, odd(6, ones, own), odd(4, ones, own));
        return select(bit3, odd(8, ones, own), select(bit2, to7, to3));
    }

private:
    HWY_INLINE Vector outcome(int total, Vector own) const
    {
        return andThenXor(own, hn::Set(kLanes, m_difference[total]), hn::Set(kLanes, m_ifDead[total]));
    }
    HWY_INLINE Vector odd(int even, Vector ones, Vector own) const
    {
        return select(ones, outcome(even + 1, own), outcome(even, own));
    }

    Word m_difference[10];
    Word m_ifDead[10];
};

// --- Sweeping
// ---------------------------------------------------------------------------------------------------------

/// Into the second-level cache: it is wanted when the other strips of this row of blocks are done. The processor does
/// not see by itself where a walk down a strip goes on.
HWY_INLINE void fetch(const Word *word)
{
#ifdef __GNUC__
    __builtin_prefetch(word, 0, 2);
#else
    hwy::Prefetch(word);
#endif
}

/// A row's cells in this strip, and the number, 0 to 3, of living ones in each cell's left-own-right triple.
struct Triples {
    Vector own;
    Vector low;
    Vector high;
};

template <class Rule, bool kIsFirst, bool kIsLast>
class StripSweep
{
public:
    HWY_INLINE StripSweep(const Job &job, const Rule &rule, std::ptrdiff_t word)
        : m_job(job)
        , m_rule(rule)
        , m_word(word)
        , m_stride(job.now->stride())
        , m_height(job.now->height())
        , m_words(job.now->wordsPerRow())
        , m_lastBit((job.now->width() - 1) % CellGrid::kWordBits)
        , m_wrapFirst(hn::Zero(kLanes))
        , m_wrapLast(m_wrapFirst)
        , m_inside(m_wrapFirst)
        , m_above{m_inside, m_inside, m_inside}
        , m_own(m_above)
    {
        const Vector lane = hn::Iota(kLanes, 0);
        const Vector lastLane = hn::Set(kLanes, static_cast<Word>(m_words - 1 - word));
        if (kIsFirst && job.isTorus)
            m_wrapFirst = hn::IfThenElseZero(hn::Eq(lane, m_wrapFirst), hn::Set(kLanes, 1));
        if (kIsLast) {
            const auto isLast = hn::Eq(lane, lastLane);
            if (job.isTorus)
                m_wrapLast = hn::IfThenElseZero(isLast, hn::Set(kLanes, Word{1} << m_lastBit));
            m_inside = hn::IfThenElse(isLast, hn::Set(kLanes, job.now->lastWordMask()),
                                      hn::VecFromMask(kLanes, hn::Lt(lane, lastLane)));
        }
    }

    HWY_INLINE void sweep(int beginBlock, int endBlock, Totals &totals)
    {
        bool isPrimed = false;
        for (int block = beginBlock; block < endBlock; ++block) {
            Tally &tally = m_job.tallies[block * m_words + m_word];
            if (m_job.skips && rests(block)) {
                repeat(block);
                tally = tally >> 32U | tally << 32U; // what was born dies, and the other way round
                isPrimed = false;
            } else {
                if (!isPrimed) {
                    m_above = triples(rowAbove(block * kBlockRows));
                    m_own = triples(rowAt(*m_job.now, block * kBlockRows));
                }
                isPrimed = true;
                tally = advance(block);
            }
            totals.births += static_cast<qint64>(tally & 0xffff'ffffU);
            totals.deaths += static_cast<qint64>(tally >> 32U);
        }
    }

private:
    HWY_INLINE static const Word *rowAt(const CellGrid &grid, int y) { return grid.row(y).data(); }
    HWY_INLINE static Word *rowAt(CellGrid &grid, int y) { return grid.row(y).data(); }

    HWY_INLINE const Word *rowAbove(int y) const
    {
        if (y > 0)
            return rowAt(*m_job.now, y - 1);
        return m_job.isTorus ? rowAt(*m_job.now, m_height - 1) : rowAt(*m_job.dead, 0);
    }
    HWY_INLINE const Word *rowBelow(int y) const
    {
        if (y + 1 < m_height)
            return rowAt(*m_job.now, y + 1);
        return m_job.isTorus ? rowAt(*m_job.now, 0) : rowAt(*m_job.dead, 0);
    }

    HWY_INLINE Triples triples(const Word *row) const
    {
        const Vector own = hn::Load(kLanes, row + m_word);
        Vector left = fromLeft(own, hn::LoadU(kLanes, row + m_word - 1));
        Vector right = fromRight(own, hn::LoadU(kLanes, row + m_word + 1));
        if (kIsFirst) // the cell left of column 0 is the last one; the word before it is empty
            left = hn::Or(left, hn::And(m_wrapFirst, hn::Set(kLanes, row[m_words - 1] >> m_lastBit)));
        if (kIsLast) // ... and right of the last column comes the first one
            right = hn::Or(right, hn::And(m_wrapLast, hn::Set(kLanes, row[0] << m_lastBit)));
        return {own, oddOf(left, own, right), twoOf(left, own, right)};
    }

    struct Changes {
        Vector changed;
        Vector restless;
    };

    HWY_INLINE Vector advanceRow(const Word *below, const Word *last, Word *next, Changes &changes, Counter &counter)
    {
        fetch(below + m_word + kBlockRows * m_stride);
        fetch(last + m_word + kBlockRows * m_stride);
        const Triples under = triples(below);
        const Vector ones = oddOf(m_above.low, m_own.low, under.low);
        const Vector carry = twoOf(m_above.low, m_own.low, under.low);
        const Vector twos = oddOf(m_above.high, m_own.high, under.high);
        const Vector fours = twoOf(m_above.high, m_own.high, under.high);
        Vector result = m_rule(ones, carry, twos, fours, m_own.own);
        if (kIsLast)
            result = hn::And(result, m_inside);
        const Vector before = hn::Load(kLanes, last + m_word);
        hn::Store(result, kLanes, next + m_word);
        counter.count(hn::AndNot(m_own.own, result), hn::AndNot(result, m_own.own));
        changes.changed = addDifference(changes.changed, result, m_own.own);
        changes.restless = addDifference(changes.restless, result, before);
        m_above = m_own;
        m_own = under;
        return hn::Xor(result, before);
    }

    HWY_INLINE Tally advance(int block)
    {
        const int begin = block * kBlockRows;
        const int end = std::min(begin + kBlockRows, m_height);
        const Word *below = rowAt(*m_job.now, begin) + m_stride;
        const Word *last = rowAt(*m_job.last, begin);
        Word *next = rowAt(*m_job.next, begin);
        Changes changes{hn::Zero(kLanes), hn::Zero(kLanes)};
        Counter counter;

        Vector bottom = advanceRow(begin + 1 < end ? below : rowBelow(begin), last, next, changes, counter);
        const Vector top = bottom;
        for (int y = begin + 1; y < end; ++y) {
            below += m_stride;
            last += m_stride;
            next += m_stride;
            bottom = advanceRow(y + 1 < end ? below : rowBelow(y), last, next, changes, counter);
        }
        hn::Store(changes.changed, kLanes, rowAt(*m_job.changed, block) + m_word);
        hn::Store(changes.restless, kLanes, rowAt(*m_job.nextRestless, block) + m_word);
        hn::Store(top, kLanes, rowAt(*m_job.nextRestlessTop, block) + m_word);
        hn::Store(bottom, kLanes, rowAt(*m_job.nextRestlessBottom, block) + m_word);
        return counter.tally();
    }

    /// Whether the block, and all that touches it, is as it was two generations ago.
    HWY_INLINE bool rests(int block) const
    {
        const int blocks = m_job.restless->height();
        const Word *own = rowAt(*m_job.restless, block);
        const Word *above = block > 0       ? rowAt(*m_job.restlessBottom, block - 1)
                            : m_job.isTorus ? rowAt(*m_job.restlessBottom, blocks - 1)
                                            : rowAt(*m_job.dead, 0);
        const Word *below = block + 1 < blocks ? rowAt(*m_job.restlessTop, block + 1)
                            : m_job.isTorus    ? rowAt(*m_job.restlessTop, 0)
                                               : rowAt(*m_job.dead, 0);
        const Vector restless = hn::Or(hn::Or(hn::Load(kLanes, own + m_word), hn::Load(kLanes, above + m_word)),
                                       hn::Load(kLanes, below + m_word));
        Word beside = 0;
        const auto all = [&](std::ptrdiff_t word) { return own[word] | above[word] | below[word]; };
        if (!kIsFirst)
            beside |= all(m_word - 1) >> (CellGrid::kWordBits - 1);
        else if (m_job.isTorus)
            beside |= all(m_words - 1) >> m_lastBit & 1U;
        if (!kIsLast)
            beside |= all(m_word + static_cast<std::ptrdiff_t>(hn::Lanes(kLanes))) & 1U;
        else if (m_job.isTorus)
            beside |= all(0) & 1U;
        return beside == 0 && hn::AllTrue(kLanes, hn::Eq(restless, hn::Zero(kLanes)));
    }

    /// The generation before the last, once more.
    HWY_INLINE void repeat(int block)
    {
        if (m_job.next != m_job.last) {
            const int begin = block * kBlockRows;
            const int end = std::min(begin + kBlockRows, m_height);
            const Word *last = rowAt(*m_job.last, begin) + m_word;
            Word *next = rowAt(*m_job.next, begin) + m_word;
            for (int y = begin; y < end; ++y) {
                hn::Store(hn::Load(kLanes, last), kLanes, next);
                last += m_stride;
                next += m_stride;
            }
        }
        const Vector none = hn::Zero(kLanes);
        hn::Store(none, kLanes, rowAt(*m_job.nextRestless, block) + m_word);
        hn::Store(none, kLanes, rowAt(*m_job.nextRestlessTop, block) + m_word);
        hn::Store(none, kLanes, rowAt(*m_job.nextRestlessBottom, block) + m_word);
    }

    const Job &m_job;
    const Rule &m_rule;
    const std::ptrdiff_t m_word;
    const std::ptrdiff_t m_stride;
    const int m_height;
    const std::ptrdiff_t m_words;
    const int m_lastBit;
    Vector m_wrapFirst; ///< where the last cell of the row is wanted
    Vector m_wrapLast;  ///< where the first one is
    Vector m_inside;    ///< what is not beyond the width
    Triples m_above;
    Triples m_own;
};

template <class Rule>
HWY_INLINE Totals runStrips(const Job &job, const Rule &rule, int begin, int end)
{
    const auto lanes = static_cast<std::ptrdiff_t>(hn::Lanes(kLanes));
    const std::ptrdiff_t words = job.now->wordsPerRow();
    Totals totals;
    if (words <= lanes) {
        StripSweep<Rule, true, true>(job, rule, 0).sweep(begin, end, totals);
        return totals;
    }
    // A row of blocks before the next: what one strip leaves in the cache, its neighbour still finds there.
    for (int block = begin; block < end; ++block) {
        StripSweep<Rule, true, false>(job, rule, 0).sweep(block, block + 1, totals);
        std::ptrdiff_t word = lanes;
        for (; word + lanes < words; word += lanes)
            StripSweep<Rule, false, false>(job, rule, word).sweep(block, block + 1, totals);
        StripSweep<Rule, false, true>(job, rule, word).sweep(block, block + 1, totals);
    }
    return totals;
}

Totals runTarget(const Job &job, int begin, int end)
{
    return job.outcomes->isConways ? runStrips(job, ConwaysRule(), begin, end)
                                   : runStrips(job, AnyRule(*job.outcomes), begin, end);
}

} // namespace conway::sweep::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace conway::sweep {

HWY_EXPORT(runTarget);

namespace {

/// The targets as bits; the lowest is the best.
qint64 usableTargets()
{
    return hwy::SupportedTargets() & HWY_TARGETS;
}

} // namespace

QList<QByteArray> targets()
{
    QList<QByteArray> names;
    for (qint64 left = usableTargets(); left != 0; left &= left - 1)
        names.append(hwy::TargetName(left & -left));
    return names;
}

void useTarget(const QByteArray &name)
{
    hwy::SetSupportedTargetsForTest(0);
    for (qint64 left = usableTargets(); left != 0; left &= left - 1) {
        if (name == hwy::TargetName(left & -left))
            hwy::SetSupportedTargetsForTest(left & -left);
    }
}

Totals run(const Job &job, int begin, int end)
{
    return HWY_DYNAMIC_DISPATCH(runTarget)(job, begin, end);
}

} // namespace conway::sweep
#endif
