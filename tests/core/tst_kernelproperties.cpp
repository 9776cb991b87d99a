#include "core/LifeKernel.h"
#include "core/LifeSweep.h"
#include "core/StateHash.h"
#include "tests/core/Oracle.h"

#include <QPoint>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

constexpr int kGenerations = 200;

/// One of the ways to compute the same: on this instruction set, with or without skipping, on so many threads, with a
/// buffer of its own for each generation or going back and forth between two.
struct Way {
    QByteArray target;
    bool skips;
    int threads;
    bool inPlace;

    [[nodiscard]] QString name() const
    {
        return u"%1, skipping %2, %3 threads, in place %4"_s.arg(QString::fromLatin1(target))
            .arg(skips)
            .arg(threads)
            .arg(inPlace);
    }
};

/// A universe that goes its way beside the oracle. One at a time: the instruction set is everybody's.
class Runner
{
public:
    Runner(Way way, const CellGrid &start, const Rule &rule, Topology topology)
        : m_way(std::move(way))
        , m_kernel(rule, topology)
        , m_last(start)
        , m_now(start)
        , m_next(start)
        , m_changed(start.width(), start.height())
        , m_hash(start)
    {
        m_kernel.setSkipping(m_way.skips);
        m_kernel.setThreads(m_way.threads, 0);
        m_next.fill(true); // what was there before must not matter
        m_changed.markAll();
        sweep::useTarget(m_way.target);
    }

    /// The next generation; what differs from what is expected, nothing if all is well. The hash follows the changed
    /// tiles alone.
    QString advance(const Oracle::Expected &expected, quint64 hash)
    {
        CellGrid &next = m_way.inPlace ? m_last : m_next;
        const LifeKernel::Counts counts = m_kernel.advance(m_last, m_now, next);
        m_kernel.markChanged(m_changed);
        if (m_way.inPlace) {
            std::swap(m_last, m_now);
        } else { // last <- now <- next, and what was last is free
            std::swap(m_last, m_now);
            std::swap(m_now, m_next);
        }
        if (m_now != expected.cells)
            return u"cells: "_s + m_way.name();
        if (counts != expected.counts)
            return u"counts: "_s + m_way.name();
        if (m_changed != expected.changed)
            return u"changed tiles: "_s + m_way.name();
        m_hash.update(m_now, m_changed);
        if (m_hash.value() != hash)
            return u"hash: "_s + m_way.name();
        return {};
    }

    /// As an edit does: the cell is turned, and the kernel is told.
    void turn(int x, int y)
    {
        m_now.set(x, y, !m_now.alive(x, y));
        m_kernel.disturb();
        m_hash.reset(m_now);
    }

private:
    Way m_way;
    LifeKernel m_kernel;
    CellGrid m_last;
    CellGrid m_now;
    CellGrid m_next;
    TileSet m_changed;
    StateHash m_hash;
};

std::vector<Way> allWays()
{
    std::vector<Way> ways;
    for (const QByteArray &target : sweep::targets()) {
        ways.push_back({target, true, 1, true});
        ways.push_back({target, false, 1, false});
    }
    const QByteArray best = sweep::targets().constFirst();
    ways.push_back({best, true, 1, false});
    ways.push_back({best, true, 2, true});
    ways.push_back({best, true, 3, false});
    return ways;
}

/// On every instruction set, with and without skipping, on one to four threads. Only universes of many bands, or of
/// many strips, differ by threads.
std::vector<Way> allCombinations()
{
    std::vector<Way> ways;
    for (const QByteArray &target : sweep::targets()) {
        for (const bool skips : {true, false}) {
            for (int threads = 1; threads <= 4; ++threads)
                ways.push_back({target, skips, threads, threads % 2 == 0});
        }
    }
    return ways;
}

} // namespace

/// LifeKernel against the oracle: cells, population, births, deaths, changed tiles and hash of every generation,
/// however they are computed.
class TestKernelProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allWaysAgreeWithTheOracle_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<bool>("isTorus");
        // Random, and the same at every run.
        QRandomGenerator random(20'221'122);
        const QList<int> sides = {1, 2, 3, 63, 64, 65, 127, 128, 513};
        int row = 0;
        for (const int width : sides) {
            for (const int height : sides) {
                // Conway's own, which has its own code, as often as all others.
                const Rule rule = row % 2 == 0 ? Rule() : randomRule(random);
                const bool isTorus = row % 4 < 2 || rule.births(0);
                QTest::addRow("%dx%d %s %s", width, height, qPrintable(rule.toString()), isTorus ? "torus" : "plane")
                    << width << height << rule.toString() << isTorus;
                ++row;
            }
        }
        for (int i = 0; i < 12; ++i) {
            const int width = 1 + random.bounded(150);
            const int height = 1 + random.bounded(150);
            const Rule rule = randomRule(random);
            QTest::addRow("random %dx%d %s", width, height, qPrintable(rule.toString()))
                << width << height << rule.toString() << (i % 2 == 0 || rule.births(0));
        }
        // Two strips of the widest vectors, and parts of further ones.
        for (const int width : {1024, 1025, 1100})
            QTest::addRow("%dx40", width) << width << 40 << u"B3/S23"_s << true;
    }
    void allWaysAgreeWithTheOracle()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(QString, rule);
        QFETCH(bool, isTorus);
        agree(width, height, *Rule::parse(rule), isTorus ? Topology::Torus : Topology::Plane, allWays());
    }

    void theLongestSidesAgreeWithTheOracle()
    {
        agree(CellGrid::kMaxSide, 3, Rule(), Topology::Torus, allWays());
        agree(3, CellGrid::kMaxSide, Rule(), Topology::Torus, allWays());
    }

    void threadsAgreeWithTheOracle_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<bool>("isTorus");
        QTest::addRow("many bands, Life on a torus") << 100 << 1'500 << u"B3/S23"_s << true;
        QTest::addRow("many bands, another rule on a plane") << 100 << 1'500 << u"B36/S125"_s << false;
        QTest::addRow("strips and bands, Life on a torus") << 1'100 << 200 << u"B3/S23"_s << true;
        QTest::addRow("strips and bands, another rule on a plane") << 1'100 << 200 << u"B36/S125"_s << false;
        QTest::addRow("strips and bands, B0") << 1'100 << 130 << u"B03/S23"_s << true;
    }
    void threadsAgreeWithTheOracle()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(QString, rule);
        QFETCH(bool, isTorus);
        agree(width, height, *Rule::parse(rule), isTorus ? Topology::Torus : Topology::Plane, allCombinations());
    }

    void settledUniverseWakesWhereItIsTouched_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<bool>("isTorus");
        // Blocks and blinkers are at rest in all of these.
        QTest::addRow("Life on a torus") << u"B3/S23"_s << true;
        QTest::addRow("Life on a plane") << u"B3/S23"_s << false;
        QTest::addRow("another rule on a torus") << u"B36/S23"_s << true;
    }
    void settledUniverseWakesWhereItIsTouched()
    {
        QFETCH(QString, rule);
        QFETCH(bool, isTorus);
        const Rule law = *Rule::parse(rule);
        const Topology topology = isTorus ? Topology::Torus : Topology::Plane;
        // Blinkers and blocks at rest all over, and a cell turned now and then: nothing that was skipped may stay so.
        QRandomGenerator random(7);
        const int width = 700;
        const int height = 300;
        CellGrid start(width, height);
        for (int y = 0; y + 8 < height; y += 10) {
            for (int x = 0; x + 8 < width; x += 10) {
                const bool isBlock = random.bounded(2) == 0;
                for (int i = 0; i < 3; ++i)
                    start.set(x + i, y + 2, true);
                if (isBlock) {
                    start.set(x, y + 2, false);
                    start.set(x + 1, y + 3, true);
                    start.set(x + 2, y + 3, true);
                }
            }
        }
        constexpr int kPause = 10;
        QList<QPoint> touched;
        std::vector<Oracle::Expected> expected;
        CellGrid now = start;
        for (int generation = 0; generation < 4 * kPause; ++generation) {
            if (generation % kPause == kPause - 1) {
                touched.append({random.bounded(width), random.bounded(height)});
                const QPoint &cell = touched.constLast();
                now.set(cell.x(), cell.y(), !now.alive(cell.x(), cell.y()));
            }
            expected.push_back(Oracle(now, law, topology).advance());
            now = expected.back().cells;
        }
        for (const Way &way : allCombinations()) {
            Runner runner(way, start, law, topology);
            for (int generation = 0; generation < 4 * kPause; ++generation) {
                if (generation % kPause == kPause - 1)
                    runner.turn(touched[generation / kPause].x(), touched[generation / kPause].y());
                const Oracle::Expected &next = expected[static_cast<std::size_t>(generation)];
                const QString wrong = runner.advance(next, StateHash(next.cells).value());
                QVERIFY2(wrong.isEmpty(), qPrintable(u"generation %1, %2"_s.arg(generation).arg(wrong)));
            }
        }
    }

    void cleanup() { sweep::useTarget({}); }

private:
    static void agree(int width, int height, const Rule &rule, Topology topology, const std::vector<Way> &ways,
                      int generations = kGenerations)
    {
        QRandomGenerator random(static_cast<quint32>(width * 1'000 + height));
        const CellGrid start = soup(width, height, 0.35, random);
        Oracle oracle(start, rule, topology);
        std::vector<Oracle::Expected> expected;
        std::vector<quint64> hashes;
        for (int generation = 1; generation <= generations; ++generation) {
            expected.push_back(oracle.advance());
            hashes.push_back(StateHash(expected.back().cells).value());
        }
        for (const Way &way : ways) {
            Runner runner(way, start, rule, topology);
            for (std::size_t i = 0; i < expected.size(); ++i) {
                const QString wrong = runner.advance(expected[i], hashes[i]);
                QVERIFY2(wrong.isEmpty(), qPrintable(u"generation %1, %2"_s.arg(i + 1).arg(wrong)));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestKernelProperties)
#include "tst_kernelproperties.moc"
