#include "core/History.h"
#include "core/LifeKernel.h"
#include "core/Universe.h"
#include "tests/core/Oracle.h"

#include <QTest>

#include <limits>
#include <vector>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

Moment momentAt(quint64 generation, const CellGrid &cells)
{
    return {.cells = Snapshot(cells), .generation = generation};
}

/// Runs a universe and knows every generation of it, so that a history can be held against it.
class Known
{
public:
    explicit Known(const CellGrid &cells)
        : m_moments{momentAt(0, cells)}
        , m_kernel(Rule())
    {
    }

    [[nodiscard]] const Moment &at(quint64 generation) const { return m_moments[generation]; }
    [[nodiscard]] const Moment &now() const { return m_moments.back(); }
    [[nodiscard]] quint64 generation() const { return m_moments.size() - 1; }

    const Moment &advance()
    {
        m_moments.push_back(after(now()));
        return now();
    }

    /// What only a person does; later generations are no more.
    const Moment &change(const Moment &changed)
    {
        m_moments.resize(changed.generation, changed);
        m_moments.push_back(changed);
        return now();
    }

    Moment after(const Moment &moment)
    {
        moment.cells.restore(m_from);
        if (m_to.width() != m_from.width() || m_to.height() != m_from.height())
            m_to = m_from;
        TileSet changed(m_from.width(), m_from.height());
        if (!(moment.rule == m_rule && moment.topology == m_topology)) {
            m_rule = moment.rule;
            m_topology = moment.topology;
            m_kernel = LifeKernel(m_rule, m_topology);
            m_kernel.setThreads(1);
        }
        m_kernel.advance(m_from, m_to, changed);
        Moment next = moment;
        next.cells = Snapshot(m_to, moment.cells, changed);
        ++next.generation;
        return next;
    }

    /// Whether floor() and the kernel lead to every generation from the oldest on.
    [[nodiscard]] bool isReachableBy(const History &history)
    {
        std::optional<Moment> moment;
        for (quint64 wanted = history.oldest().value(); wanted <= generation(); ++wanted) {
            const std::optional<Moment> keyframe = history.floor(wanted);
            if (!keyframe || keyframe->generation > wanted)
                return false;
            if (!moment || keyframe->generation >= moment->generation + 1)
                moment = keyframe;
            else
                moment = after(*moment);
            if (moment->generation != wanted || !(*moment == at(wanted)))
                return false;
        }
        return true;
    }

private:
    std::vector<Moment> m_moments;
    Rule m_rule;
    Topology m_topology = Topology::Torus;
    LifeKernel m_kernel;
    CellGrid m_from;
    CellGrid m_to;
};

constexpr quint64 kSpacing = History::kFirstSpacing;

bool isWithin(const History &history, qint64 budget)
{
    return history.bytes() <= budget || history.keyframes() == 1;
}

} // namespace

class TestHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QCOMPARE(Snapshot::bytesOfAll(), 0); }

    void everyGenerationIsReachableWithinTheBudget_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("generations");
        QTest::addColumn<qint64>("budget");
        QTest::newRow("8x8") << 8 << 8 << 20'000 << qint64{4'000};
        QTest::newRow("300x200") << 300 << 200 << 6'000 << qint64{40'000};
        QTest::newRow("256x256") << 256 << 256 << 2'400 << qint64{20'000};
        QTest::newRow("300x200, all of it") << 300 << 200 << 3'200 << History::kDefaultBudget;
    }

    void everyGenerationIsReachableWithinTheBudget()
    {
        QFETCH(const int, width);
        QFETCH(const int, height);
        QFETCH(const int, generations);
        QFETCH(const qint64, budget);
        QRandomGenerator random(1);
        Known known(width == 8 ? gliderUniverse(width, height) : soup(width, height, 0.35, random));
        History history(budget);
        history.begin(known.now());
        for (int i = 0; i < generations; ++i) {
            const Moment &moment = known.advance();
            if (history.isDue(moment.generation))
                history.record(moment);
            QVERIFY(isWithin(history, budget));
        }
        QCOMPARE(history.oldest(), std::optional<quint64>(0));
        QCOMPARE(history.spacing() > History::kFirstSpacing, budget != History::kDefaultBudget);
        QVERIFY(known.isReachableBy(history));
    }

    void editsRulesAndSizesAreReachedAndCrossed()
    {
        QRandomGenerator random(2);
        Known known(soup(70, 40, 0.35, random));
        constexpr qint64 kBudget = 40'000;
        History history(kBudget);
        history.begin(known.now());
        for (int i = 0; i < 400; ++i) {
            for (quint32 ran = random.bounded(40U); ran > 0; --ran) {
                if (history.isDue(known.advance().generation))
                    history.record(known.now());
            }
            Moment changed = known.now();
            CellGrid cells;
            changed.cells.restore(cells);
            switch (random.bounded(20)) {
            case 0:
                changed.rule = randomRule(random);
                break;
            case 1:
                changed.topology = changed.topology == Topology::Torus ? Topology::Plane : Topology::Torus;
                break;
            case 2:
                cells = soup(1 + random.bounded(140), 1 + random.bounded(140), 0.35, random);
                break;
            case 3: { // back into the past, and another way from there
                const quint64 oldest = history.oldest().value();
                changed = known.at(oldest + random.generate64() % (known.generation() - oldest + 1));
                changed.cells.restore(cells);
                cells.set(0, 0, !cells.alive(0, 0));
                break;
            }
            case 4:
                cells.set(cells.width() - 1, 0, !cells.alive(cells.width() - 1, 0));
                break;
            default:
                continue;
            }
            changed.cells = Snapshot(cells);
            history.begin(known.change(changed));
            QVERIFY(isWithin(history, kBudget));
            QCOMPARE(history.floor(changed.generation), std::optional<Moment>(changed));
        }
        QVERIFY(history.keyframes() > 2);
        QVERIFY(known.isReachableBy(history));
    }

    void isDueEverySpacingButNotInThePast()
    {
        History history;
        QVERIFY(history.isDue(0));
        history.begin(momentAt(1000, CellGrid(8, 8)));
        QVERIFY(!history.isDue(999 + kSpacing));
        QVERIFY(history.isDue(1000 + kSpacing));
        history.record(momentAt(1014 + kSpacing, CellGrid(8, 8))); // late
        QVERIFY(!history.isDue(1013 + 2 * kSpacing));
        QVERIFY(history.isDue(1014 + 2 * kSpacing));
        QVERIFY(!history.isDue(1000 + kSpacing)); // rewound
        history.record(momentAt(1000 + kSpacing, CellGrid(8, 8)));
        QCOMPARE(history.keyframes(), std::size_t{2});
    }

    void knowsNothingBeforeTheOldest()
    {
        History history;
        QVERIFY(!history.oldest());
        QVERIFY(!history.floor(0));
        history.begin(momentAt(5, CellGrid(8, 8)));
        QCOMPARE(history.oldest(), std::optional<quint64>(5));
        QVERIFY(!history.floor(4));
        QCOMPARE(history.floor(5)->generation, 5U);
        QCOMPARE(history.floor(6)->generation, 5U);
    }

    void beginningForgetsWhatWouldHaveCome()
    {
        History history;
        history.begin(momentAt(0, CellGrid(8, 8)));
        for (const quint64 generation : {kSpacing, 2 * kSpacing, 3 * kSpacing})
            history.record(momentAt(generation, CellGrid(8, 8)));
        CellGrid edited(8, 8);
        edited.set(3, 3, true);
        history.begin(momentAt(2 * kSpacing, edited));
        QCOMPARE(history.keyframes(), std::size_t{3});
        QCOMPARE(history.floor(5 * kSpacing), std::optional<Moment>(momentAt(2 * kSpacing, edited)));
        QCOMPARE(history.floor(2 * kSpacing - 1)->generation, kSpacing);
        QVERIFY(history.isDue(3 * kSpacing));
    }

    void goingOnFromThePastForgetsLaterEdits()
    {
        History history;
        history.begin(momentAt(0, CellGrid(8, 8)));
        history.record(momentAt(kSpacing, CellGrid(8, 8)));
        history.begin(momentAt(kSpacing + 44, gliderUniverse(8, 8)));
        history.record(momentAt(2 * kSpacing, gliderUniverse(8, 8)));
        QVERIFY(!history.forgetEditsAfter(kSpacing + 44)); // nothing was begun later
        QCOMPARE(history.keyframes(), std::size_t{4});
        QCOMPARE(history.forgetEditsAfter(kSpacing + 43), std::optional(kSpacing + 44));
        QCOMPARE(history.keyframes(), std::size_t{2});
        QCOMPARE(history.floor(4 * kSpacing), std::optional<Moment>(momentAt(kSpacing, CellGrid(8, 8))));
        QVERIFY(!history.isDue(2 * kSpacing - 1));
        QVERIFY(history.isDue(2 * kSpacing));
    }

    void roomIsForWhatStaysBesideTheNewest()
    {
        const Moment moment = momentAt(0, gliderUniverse(8, 8));
        History history(moment.cells.bytes() + 100);
        QVERIFY(history.hasRoomFor(std::numeric_limits<qint64>::max())); // there is none that could stay
        history.begin(moment);
        QVERIFY(history.hasRoomFor(100));
        QVERIFY(!history.hasRoomFor(101));
        history.makeRoom();
        QCOMPARE(history.keyframes(), std::size_t{0});
        QVERIFY(!history.oldest());
    }

    void thinsOutAsLongAsAGapIsSoonComputed()
    {
        // Each picture is another, so that none is shared. 2^22 cells leave 2^12 generations to a gap, 2^24 leave 2^10.
        QRandomGenerator random(3);
        for (const int side : {2048, 4096}) {
            const quint64 longest = side == 2048 ? 4096 : 1024;
            CellGrid cells(side, side);
            History history(30'000);
            history.begin(momentAt(0, cells));
            quint64 generation = 0;
            while (history.oldest() == std::optional<quint64>(0) && generation < 1'000'000) {
                generation += 64;
                if (!history.isDue(generation))
                    continue;
                cells.row(0)[0] = random.generate64();
                TileSet changed(side, side);
                changed.mark(0, 0);
                history.record(
                    {.cells = Snapshot(cells, history.floor(generation)->cells, changed), .generation = generation});
                QVERIFY(history.bytes() <= 30'000);
            }
            QCOMPARE(history.spacing(), longest);
            QVERIFY(history.oldest() > std::optional<quint64>(0));
        }
    }

    void tinyUniversesAreNotCheaperThanTheirGenerationsAre()
    {
        History history(0); // room for the newest only
        for (quint64 i = 0; i < 40; ++i)
            history.record(momentAt(i << 40U, CellGrid(8, 8)));
        QCOMPARE(history.keyframes(), std::size_t{1});
        QCOMPARE(history.spacing(), static_cast<quint64>(History::kMaxGapWork / History::kLeastCells));
    }

    void keepsTheNewestOfAUniverseTooLargeForTheBudget()
    {
        QRandomGenerator random(4);
        const CellGrid cells = soup(500, 500, 0.5, random);
        History history(1000);
        history.begin(momentAt(0, cells));
        for (const quint64 generation : {64U, 1U << 20U, 1U << 21U}) {
            history.begin(momentAt(generation, cells));
            QCOMPARE(history.keyframes(), std::size_t{1});
            QCOMPARE(history.oldest(), std::optional<quint64>(generation));
        }
    }

    void clearGivesAllBack()
    {
        History history(5'000);
        for (quint64 i = 0; i < 100; ++i)
            history.record(momentAt(i * 256, gliderUniverse(8, 8)));
        QVERIFY(Snapshot::bytesOfAll() > 0);
        QVERIFY(history.bytes() > Snapshot::bytesOfAll());
        QVERIFY(history.spacing() > History::kFirstSpacing);
        history.clear();
        QCOMPARE(Snapshot::bytesOfAll(), 0);
        QCOMPARE(history.bytes(), 0);
        QCOMPARE(history.spacing(), History::kFirstSpacing);
        QVERIFY(!history.oldest());
        QVERIFY(history.isDue(0));
    }

    void generationsEndBeforeTheyWrap()
    {
        constexpr quint64 kLast = std::numeric_limits<quint64>::max();
        History history;
        history.begin(momentAt(kLast - 10, CellGrid(8, 8)));
        QVERIFY(!history.isDue(kLast - 1));
        QVERIFY(!history.isDue(0));
        QCOMPARE(history.floor(kLast)->generation, kLast - 10);
    }

    void inLargeUniversesPicturesComeSooner()
    {
        const Moment large{Snapshot(CellGrid(16'384, 16'384)), 7, Rule(), Topology::Torus};
        History history;
        history.begin(large);
        QCOMPARE(history.spacing(), quint64{64});
        QVERIFY(!history.isDue(7 + 63));
        QVERIFY(history.isDue(7 + 64));
    }
};

QTEST_APPLESS_MAIN(TestHistory)
#include "tst_history.moc"
