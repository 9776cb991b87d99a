#include "core/CellGrid.h"
#include "core/TileSet.h"
#include "core/Universe.h"
#include "tests/core/Picture.h"

#include <QTest>

#include <algorithm>

using namespace conway;
using namespace Qt::StringLiterals;

class TestCellGrid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsDead()
    {
        const CellGrid cells(65, 3);
        QCOMPARE(cells.width(), 65);
        QCOMPARE(cells.height(), 3);
        QCOMPARE(cells.population(), 0);
        QCOMPARE(CellGrid().width(), 1);
        QCOMPARE(CellGrid().height(), 1);
    }

    void keepsEachCellBySelf_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        for (const int width : {1, 2, 63, 64, 65, 127, 128, 129}) {
            for (const int height : {1, 2, 5})
                QTest::addRow("%dx%d", width, height) << width << height;
        }
    }
    void keepsEachCellBySelf()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                CellGrid cells(width, height);
                cells.set(x, y, true);
                QVERIFY(cells.alive(x, y));
                QCOMPARE(cells.population(), 1);
                cells.set(x, y, false);
                QCOMPARE(cells, CellGrid(width, height));
            }
        }
    }

    void leftmostCellIsTheLowestBit()
    {
        CellGrid cells(70, 2);
        cells.set(0, 1, true);
        cells.set(64, 1, true);
        QCOMPARE(cells.wordsPerRow(), 2);
        QCOMPARE(cells.row(1)[0], quint64{1});
        QCOMPARE(cells.row(1)[1], quint64{1});
        QCOMPARE(cells.lastWordMask(), quint64{0x3f});
        QCOMPARE(CellGrid(64, 1).lastWordMask(), ~quint64{0});
    }

    void knowsItsBounds()
    {
        const CellGrid cells(4, 2);
        QVERIFY(cells.contains(0, 0));
        QVERIFY(cells.contains(3, 1));
        QVERIFY(!cells.contains(4, 1));
        QVERIFY(!cells.contains(3, 2));
        QVERIFY(!cells.contains(-1, 0));
        QVERIFY(!cells.contains(0, -1));
    }

    void copiesAreIndependent()
    {
        CellGrid a(8, 8);
        const CellGrid b = a;
        a.set(3, 3, true);
        QVERIFY(!b.alive(3, 3));
        QVERIFY(!(a == b));
    }

    void tilesCoverTheUniverse()
    {
        QCOMPARE(TileSet(1, 1).columns(), 1);
        QCOMPARE(TileSet(128, 128).columns(), 1);
        QCOMPARE(TileSet(129, 128).columns(), 2);
        QCOMPARE(TileSet(129, 257).rows(), 3);
        TileSet tiles(129, 257);
        QCOMPARE(tiles.count(), 0);
        tiles.mark(1, 2);
        QVERIFY(tiles.contains(1, 2));
        QVERIFY(!tiles.contains(0, 2));
        QCOMPARE(tiles.count(), 1);
        tiles.markAll();
        QCOMPARE(tiles.count(), 6);
        tiles.clear();
        QCOMPARE(tiles, TileSet(129, 257));
    }

    void gliderStandsAtOneOne()
    {
        const QStringList expected{
            u"........"_s, u"..O....."_s, u"...O...."_s, u".OOO...."_s,
            u"........"_s, u"........"_s, u"........"_s, u"........"_s,
        };
        QCOMPARE(pictureOf(gliderUniverse(8, 8)), expected);
    }

    void gliderWrapsInASmallUniverse()
    {
        QCOMPARE(pictureOf(gliderUniverse(2, 2)), (QStringList{u".O"_s, u"OO"_s}));
        QCOMPARE(gliderUniverse(1, 1).population(), 1);
    }
};

QTEST_APPLESS_MAIN(TestCellGrid)
#include "tst_cellgrid.moc"
