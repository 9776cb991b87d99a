#include "core/LifeKernel.h"
#include "core/LifeSweep.h"
#include "tests/core/Oracle.h"

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

/// A universe that goes its way beside the oracle.
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
    {
        m_kernel.setSkipping(m_way.skips);
        m_kernel.setThreads(m_way.threads, 0);
        m_next.fill(true); // what was there before must not matter
        m_changed.markAll();
    }

    /// The next generation; what differs from what is expected, nothing if all is well.
    QString advance(const Oracle::Expected &expected)
    {
        sweep::useTarget(m_way.target);
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
        return {};
    }

    /// As an edit does: the cell is turned, and the kernel is told.
    void turn(int x, int y)
    {
        m_now.set(x, y, !m_now.alive(x, y));
        m_kernel.disturb();
    }

private:
    Way m_way;
    LifeKernel m_kernel;
    CellGrid m_last;
    CellGrid m_now;
    CellGrid m_next;
    TileSet m_changed;
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

} // namespace

/// LifeKernel against the oracle: cells, population, births, deaths and changed tiles of every generation, however they
/// are computed.
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
        const Rule lifelike = *Rule::parse(rule);
        const Topology topology = isTorus ? Topology::Torus : Topology::Plane;
        QRandomGenerator random(static_cast<quint32>(width * 1'000 + height));
        const CellGrid start = soup(width, height, 0.35, random);
        Oracle oracle(start, lifelike, topology);
        std::vector<Runner> runners;
        for (const Way &way : allWays())
            runners.emplace_back(way, start, lifelike, topology);
        for (int generation = 1; generation <= kGenerations; ++generation) {
            const Oracle::Expected expected = oracle.advance();
            for (Runner &runner : runners) {
                const QString wrong = runner.advance(expected);
                QVERIFY2(wrong.isEmpty(), qPrintable(u"generation %1, %2"_s.arg(generation).arg(wrong)));
            }
        }
    }

    void settledUniverseWakesWhereItIsTouched()
    {
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
        for (const Way &way : allWays()) {
            CellGrid now = start;
            Runner runner(way, start, Rule(), Topology::Torus);
            for (int generation = 1; generation <= 40; ++generation) {
                if (generation % 10 == 0) {
                    const int x = random.bounded(width);
                    const int y = random.bounded(height);
                    runner.turn(x, y);
                    now.set(x, y, !now.alive(x, y));
                }
                const Oracle::Expected expected = Oracle(now, Rule(), Topology::Torus).advance();
                const QString wrong = runner.advance(expected);
                QVERIFY2(wrong.isEmpty(), qPrintable(u"generation %1, %2"_s.arg(generation).arg(wrong)));
                now = expected.cells;
            }
        }
    }

    void cleanup() { sweep::useTarget({}); }
};

QTEST_APPLESS_MAIN(TestKernelProperties)
#include "tst_kernelproperties.moc"
