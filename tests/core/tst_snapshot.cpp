#include "core/LifeKernel.h"
#include "core/Snapshot.h"
#include "tests/core/Oracle.h"

#include <QTest>
#include <QThread>

#include <vector>

using namespace conway;

namespace {

constexpr int kSides[] = {1, 2, 3, 63, 64, 65, 127, 128, 129, 513};

CellGrid restored(const Snapshot &snapshot)
{
    CellGrid cells;
    snapshot.restore(cells);
    return cells;
}

TileSet allTiles(const CellGrid &cells)
{
    TileSet tiles(cells.width(), cells.height());
    tiles.markAll();
    return tiles;
}

} // namespace

class TestSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QCOMPARE(Snapshot::bytesOfAll(), 0); }

    void anySizeComesBack()
    {
        QRandomGenerator random(1);
        for (const int width : kSides) {
            for (const int height : kSides) {
                const CellGrid cells = soup(width, height, 0.3, random);
                const Snapshot snapshot(cells);
                QCOMPARE(snapshot.width(), width);
                QCOMPARE(snapshot.height(), height);
                QVERIFY(restored(snapshot) == cells);
                CellGrid overwritten(width, height);
                overwritten.fill(true);
                snapshot.restore(overwritten);
                QVERIFY(overwritten == cells);
            }
        }
    }

    void hundredsOfGenerationsComeBackAndAreCountedExactly()
    {
        QRandomGenerator random(2);
        LifeKernel kernel{Rule()};
        CellGrid cells = soup(300, 700, 0.1, random);
        std::vector<CellGrid> copies{cells};
        std::vector<Snapshot> snapshots{Snapshot(cells)};
        qint64 bytes = snapshots.back().bytes();
        for (int generation = 1; generation <= 300; ++generation) {
            CellGrid next(300, 700);
            TileSet changed(300, 700);
            kernel.advance(cells, next, changed);
            cells = next;
            copies.push_back(cells);
            const Snapshot snapshot(cells, snapshots.back(), changed);
            bytes += snapshot.bytesBeyond(snapshots.back());
            snapshots.push_back(snapshot);
        }
        QCOMPARE(bytes, Snapshot::bytesOfAll());
        for (std::size_t i = 0; i < copies.size(); ++i)
            QVERIFY(restored(snapshots[i]) == copies[i]);
    }

    void aChangeTakesItsTileAndTheWayThere()
    {
        QRandomGenerator random(3);
        CellGrid cells = soup(513, 2049, 0.5, random);
        const Snapshot before(cells);
        const qint64 whole = Snapshot::bytesOfAll();
        QCOMPARE(whole, before.bytes());
        cells.set(200, 300, !cells.alive(200, 300));
        TileSet changed(513, 2049);
        changed.mark(1, 2);
        const Snapshot after(cells, before, changed);
        QVERIFY(restored(after) == cells);
        QVERIFY(!(after == before));
        QCOMPARE(after.bytes(), before.bytes());
        QCOMPARE(Snapshot::bytesOfAll() - whole, after.bytesBeyond(before));
        QCOMPARE(after.bytesBeyond(before), before.bytesBeyond(after));
        constexpr qint64 kTile = 128 * 128 / 8;
        constexpr qint64 kPointers = (17 + 5) * 16;
        QVERIFY(after.bytesBeyond(before) > kTile + kPointers);
        QVERIFY(after.bytesBeyond(before) < kTile + kPointers + 300);
    }

    void whatIsMarkedButEqualIsShared()
    {
        QRandomGenerator random(4);
        const CellGrid cells = soup(300, 300, 0.5, random);
        const Snapshot before(cells);
        const Snapshot after(cells, before, allTiles(cells));
        QVERIFY(after == before);
        QVERIFY(after.bytesBeyond(before) < 200); // its list of rows
        QVERIFY(restored(after) == cells);
    }

    void deadTilesTakeNothing()
    {
        CellGrid cells(1000, 1000);
        const qint64 dead = Snapshot(cells).bytes();
        QVERIFY(dead < 300);
        cells.set(999, 999, true);
        const Snapshot one(cells);
        QVERIFY(one.bytes() > dead);
        QVERIFY(restored(one) == cells);
        cells.set(999, 999, false);
        const Snapshot none(cells, one, allTiles(cells));
        QCOMPARE(none.bytes(), dead);
        QVERIFY(restored(none) == cells);
        QVERIFY(none == Snapshot(cells));
    }

    void anotherSizeSharesNothing()
    {
        QRandomGenerator random(5);
        const CellGrid small = soup(129, 128, 0.5, random);
        const CellGrid wide = soup(130, 128, 0.5, random);
        const Snapshot before(small);
        const Snapshot after(wide, before, TileSet(130, 128));
        QVERIFY(restored(after) == wide);
        QCOMPARE(after.bytesBeyond(before), after.bytes());
        QVERIFY(!(after == before));
    }

    void equalityIsThatOfTheCells()
    {
        QRandomGenerator random(6);
        CellGrid cells = soup(200, 200, 0.5, random);
        const Snapshot one(cells);
        QVERIFY(one == Snapshot(cells));
        for (const int x : {0, 127, 128, 199}) {
            cells.set(x, 150, !cells.alive(x, 150));
            QVERIFY(!(one == Snapshot(cells)));
            cells.set(x, 150, !cells.alive(x, 150));
        }
        QVERIFY(!(Snapshot(CellGrid(3, 4)) == Snapshot(CellGrid(4, 3))));
    }

    void mayBeDroppedOnAnyThread()
    {
        QRandomGenerator random(7);
        const CellGrid cells = soup(300, 300, 0.5, random);
        for (int i = 0; i < 20; ++i) {
            const Snapshot kept(cells);
            const std::unique_ptr<QThread> thread(
                QThread::create([copy = Snapshot(cells, kept, TileSet(300, 300))] { QVERIFY(copy.bytes() > 0); }));
            thread->start();
            QVERIFY(restored(kept) == cells);
            QVERIFY(thread->wait());
        }
    }
};

QTEST_APPLESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
