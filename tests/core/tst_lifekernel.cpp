#include "core/LifeKernel.h"
#include "core/Universe.h"
#include "tests/core/Oracle.h"
#include "tests/core/Picture.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace conway;
using namespace Qt::StringLiterals;

class TestLifeKernel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The short form, which remembers nothing; everything else is tst_kernelproperties'.
    void anyUniverseByItself()
    {
        QRandomGenerator random(1);
        LifeKernel kernel{Rule()};
        for (const int side : {1, 3, 64, 300, 2, 65}) {
            const CellGrid cells = soup(side, side, 0.4, random);
            CellGrid next(side, side);
            TileSet changed(side, side);
            const LifeKernel::Counts counts = kernel.advance(cells, next, changed);
            const Oracle::Expected expected = Oracle(cells, Rule(), Topology::Torus).advance();
            QVERIFY(next == expected.cells);
            QCOMPARE(counts, expected.counts);
            QVERIFY(changed == expected.changed);
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
