#include "core/LifeKernel.h"
#include "core/Universe.h"
#include "tests/core/Picture.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

/// The oracle: a cell, its eight neighbours, the definition; one cell at a time.
bool aliveNext(const CellGrid &cells, int x, int y, const Rule &rule)
{
    int neighbours = 0;
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
            if (dx == 0 && dy == 0)
                continue;
            const int nx = (x + dx + cells.width()) % cells.width();
            const int ny = (y + dy + cells.height()) % cells.height();
            neighbours += cells.alive(nx, ny) ? 1 : 0;
        }
    }
    return cells.alive(x, y) ? rule.survives(neighbours) : rule.births(neighbours);
}

struct Expected {
    CellGrid cells;
    LifeKernel::Counts counts;
    TileSet changed;
};

Expected oracle(const CellGrid &from, const Rule &rule)
{
    Expected next{CellGrid(from.width(), from.height()), {}, TileSet(from.width(), from.height())};
    for (int y = 0; y < from.height(); ++y) {
        for (int x = 0; x < from.width(); ++x) {
            const bool before = from.alive(x, y);
            const bool after = aliveNext(from, x, y, rule);
            next.cells.set(x, y, after);
            next.counts.population += after ? 1 : 0;
            next.counts.births += after && !before ? 1 : 0;
            next.counts.deaths += before && !after ? 1 : 0;
            if (before != after)
                next.changed.mark(x / TileSet::kTileSide, y / TileSet::kTileSide);
        }
    }
    return next;
}

CellGrid soup(int width, int height, double density, QRandomGenerator &random)
{
    CellGrid cells(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            cells.set(x, y, random.generateDouble() < density);
    }
    return cells;
}

Rule randomRule(QRandomGenerator &random)
{
    QString text = u"B"_s;
    for (int n = 0; n <= Rule::kMaxNeighbours; ++n)
        text += random.bounded(2) ? QString::number(n) : QString();
    text += u"/S"_s;
    for (int n = 0; n <= Rule::kMaxNeighbours; ++n)
        text += random.bounded(2) ? QString::number(n) : QString();
    return *Rule::parse(text);
}

} // namespace

class TestLifeKernel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheOracle_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        for (const int width : {1, 2, 3, 63, 64, 65, 127, 128, 129, 300}) {
            for (const int height : {1, 2, 3, 64, 129})
                QTest::addRow("%dx%d", width, height) << width << height;
        }
    }
    void agreesWithTheOracle()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QRandomGenerator random(static_cast<quint32>(width * 1'000 + height));
        for (const Rule &rule : {Rule(), *Rule::parse(u"B0/S8"), randomRule(random), randomRule(random)}) {
            LifeKernel kernel(rule);
            CellGrid cells = soup(width, height, 0.35, random);
            CellGrid next = soup(width, height, 0.5, random); // what was there before must not matter
            TileSet changed(width, height);
            changed.markAll();
            for (int generation = 0; generation < 12; ++generation) {
                const Expected expected = oracle(cells, rule);
                const LifeKernel::Counts counts = kernel.advance(cells, next, changed);
                const auto where = qPrintable(rule.toString() + u", generation "_s + QString::number(generation));
                QVERIFY2(next == expected.cells, where);
                QVERIFY2(counts == expected.counts, where);
                QVERIFY2(changed == expected.changed, where);
                std::swap(cells, next);
            }
        }
    }

    void gliderCrossesTheTorus()
    {
        // Four generations move it by (1,1); after 32 it has gone round an 8×8 torus.
        LifeKernel kernel{Rule()};
        const CellGrid start = gliderUniverse(8, 8);
        CellGrid cells = start;
        CellGrid next(8, 8);
        TileSet changed(8, 8);
        for (int generation = 1; generation <= 32; ++generation) {
            kernel.advance(cells, next, changed);
            std::swap(cells, next);
            QCOMPARE(cells.population(), 5);
            QCOMPARE(cells == start, generation == 32);
        }
    }

    void changesInAStillWorldAreNone()
    {
        const CellGrid block = gridOf({u"...."_s, u".OO."_s, u".OO."_s, u"...."_s});
        CellGrid next(4, 4);
        TileSet changed(4, 4);
        const auto counts = LifeKernel(Rule()).advance(block, next, changed);
        QCOMPARE(pictureOf(next), pictureOf(block));
        QCOMPARE(counts, (LifeKernel::Counts{4, 0, 0}));
        QCOMPARE(changed.count(), 0);
    }

    void comparisonCountsWhatDiffers()
    {
        CellGrid from(300, 200);
        from.set(0, 0, true);
        from.set(299, 199, true);
        CellGrid to = from;
        to.set(0, 0, false);
        to.set(130, 5, true);
        to.set(131, 5, true);
        TileSet changed(300, 200);
        QCOMPARE(LifeKernel::compare(from, to, changed), (LifeKernel::Counts{3, 2, 1}));
        QVERIFY(changed.contains(0, 0));
        QVERIFY(changed.contains(1, 0));
        QCOMPARE(changed.count(), 2);
    }
};

QTEST_APPLESS_MAIN(TestLifeKernel)
#include "tst_lifekernel.moc"
