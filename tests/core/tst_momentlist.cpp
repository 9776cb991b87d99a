#include "core/MomentList.h"
#include "tests/core/Oracle.h"

#include <QTest>

using namespace conway;

class TestMomentList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The list is alone with its pictures, so what it counts must be what there is.
    void countsExactlyWhatItHolds()
    {
        QRandomGenerator random(1);
        MomentList list;
        CellGrid cells = soup(700, 300, 0.1, random);
        for (int i = 0; i < 1500; ++i) {
            const int what = random.bounded(8);
            if (what < 2 && !list.all().empty()) {
                list.dropFirst();
            } else if (what < 3 && !list.all().empty()) {
                list.dropLast();
                if (!list.all().empty())
                    list.all().back().cells.restore(cells);
            } else if (what < 5) {
                if (random.bounded(30) == 0)
                    cells = soup(700, 1 + random.bounded(300), 0.1, random);
                const int x = random.bounded(cells.width());
                const int y = random.bounded(cells.height());
                cells.set(x, y, !cells.alive(x, y));
                TileSet changed(cells.width(), cells.height());
                changed.mark(x / TileSet::kTileSide, y / TileSet::kTileSide);
                list.append(
                    {.cells = list.all().empty() ? Snapshot(cells) : Snapshot(cells, list.all().back().cells, changed),
                     .generation = static_cast<quint64>(i)});
            }
            const auto moments = static_cast<qint64>(list.all().size());
            constexpr qint64 kEach = sizeof(Moment) + sizeof(qint64);
            QCOMPARE(list.bytes(), moments * kEach + Snapshot::bytesOfAll());
        }
        while (!list.all().empty())
            list.dropFirst();
        QCOMPARE(list.bytes(), 0);
        QCOMPARE(Snapshot::bytesOfAll(), 0);
    }

    void isNeverTooLittleWhereNeighboursDiffer()
    {
        QRandomGenerator random(2);
        const CellGrid some = soup(300, 300, 0.5, random);
        const CellGrid other = soup(300, 300, 0.5, random);
        const Snapshot first(some);
        MomentList list;
        list.append({.cells = first});
        list.append({.cells = Snapshot(other)});
        list.append({.cells = first});
        QVERIFY(list.bytes() > Snapshot::bytesOfAll());
    }
};

QTEST_APPLESS_MAIN(TestMomentList)
#include "tst_momentlist.moc"
