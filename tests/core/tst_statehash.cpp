#include "core/LifeKernel.h"
#include "core/StateHash.h"
#include "core/Universe.h"
#include "tests/core/Oracle.h"

#include <QSet>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

class TestStateHash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheSameEverywhereAndForever()
    {
        // Worked out apart from this code.
        QCOMPARE(StateHash(gliderUniverse(8, 8)).value(), quint64{0xd828e6ce87a66237ULL});
        QCOMPARE(StateHash(gliderUniverse(65536, 3)).value(), quint64{0x2cd3f56405d57d59ULL});
    }

    void doesNotDependOnTheWayThere()
    {
        // 4·8 generations bring a glider around an 8×8 torus.
        const CellGrid start = gliderUniverse(8, 8);
        LifeKernel kernel{Rule()};
        CellGrid now = start;
        CellGrid next = start;
        TileSet changed(8, 8);
        StateHash hash(start);
        QSet<quint64> seen;
        for (int generation = 1; generation <= 32; ++generation) {
            kernel.advance(now, next, changed);
            std::swap(now, next);
            hash.update(now, changed);
            seen.insert(hash.value());
        }
        QCOMPARE(now, start);
        QCOMPARE(hash.value(), StateHash(start).value());
        QCOMPARE(seen.size(), 32);
    }

    void anEditTakenBackIsNoChange()
    {
        QRandomGenerator random(2);
        CellGrid cells = soup(300, 200, 0.4, random);
        StateHash hash(cells);
        const quint64 before = hash.value();
        TileSet changed(300, 200);
        changed.mark(1, 1);
        cells.set(130, 140, !cells.alive(130, 140));
        hash.update(cells, changed);
        QVERIFY(hash.value() != before);
        cells.set(130, 140, !cells.alive(130, 140));
        hash.update(cells, changed);
        QCOMPARE(hash.value(), before);
    }

    void everyCellCounts_data()
    {
        QTest::addColumn<double>("density");
        QTest::newRow("dead") << 0.0;
        QTest::newRow("soup") << 0.5;
        QTest::newRow("full") << 1.0;
    }
    void everyCellCounts()
    {
        QFETCH(double, density);
        QRandomGenerator random(3);
        CellGrid cells = soup(131, 130, density, random);
        QSet<quint64> seen{StateHash(cells).value()};
        for (int y = 0; y < cells.height(); ++y) {
            for (int x = 0; x < cells.width(); ++x) {
                cells.set(x, y, !cells.alive(x, y));
                seen.insert(StateHash(cells).value());
                cells.set(x, y, !cells.alive(x, y));
            }
        }
        QCOMPARE(seen.size(), 1 + 131 * 130);
    }

    void sidesCount()
    {
        QSet<quint64> seen;
        for (int width = 1; width <= 70; ++width) {
            for (int height = 1; height <= 70; ++height)
                seen.insert(StateHash(CellGrid(width, height)).value());
        }
        QCOMPARE(seen.size(), 70 * 70);
    }

    void shiftedSoupsDiffer()
    {
        // A sum whose terms forgot their place would take them for equal.
        QRandomGenerator random(4);
        const CellGrid cells = soup(256, 256, 0.35, random);
        QSet<quint64> seen;
        for (int shift = 0; shift < 256; ++shift) {
            CellGrid shifted(256, 256);
            for (int y = 0; y < 256; ++y)
                std::ranges::copy(cells.row(y), shifted.row((y + shift) % 256).begin());
            seen.insert(StateHash(shifted).value());
        }
        QCOMPARE(seen.size(), 256);
    }

    void changedTilesAreEnough_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        for (const auto &[width, height] :
             {std::pair(1, 1), std::pair(63, 129), std::pair(127, 128), std::pair(129, 127), std::pair(257, 65),
              std::pair(385, 511), std::pair(1000, 3)})
            QTest::addRow("%dx%d", width, height) << width << height;
    }
    void changedTilesAreEnough()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QRandomGenerator random(5);
        CellGrid last = soup(width, height, 0.35, random);
        CellGrid now = last;
        LifeKernel kernel{Rule()};
        TileSet changed(width, height);
        StateHash hash(now);
        for (int generation = 1; generation <= 200; ++generation) {
            kernel.advance(last, now, last);
            std::swap(last, now);
            kernel.markChanged(changed);
            hash.update(now, changed);
            QCOMPARE(hash.value(), StateHash(now).value());
        }
        hash.reset(CellGrid(5, 5));
        QCOMPARE(hash.value(), StateHash(CellGrid(5, 5)).value());
    }
};

QTEST_APPLESS_MAIN(TestStateHash)
#include "tst_statehash.moc"
