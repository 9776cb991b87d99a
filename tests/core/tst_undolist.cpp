#include "core/LifeKernel.h"
#include "core/UndoList.h"
#include "core/Universe.h"
#include "tests/core/Oracle.h"

#include <QTest>

#include <vector>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

/// A universe as a full copy: what the naive list keeps.
struct Copy {
    CellGrid cells;
    quint64 generation = 0;
    Rule rule;
    Topology topology = Topology::Torus;

    friend bool operator==(const Copy &, const Copy &) = default;
};

Moment momentOf(const Copy &copy)
{
    return {Snapshot(copy.cells), copy.generation, copy.rule, copy.topology};
}

Copy copyOf(const Moment &moment)
{
    Copy copy{CellGrid(), moment.generation, moment.rule, moment.topology};
    moment.cells.restore(copy.cells);
    return copy;
}

Moment numbered(quint64 generation)
{
    return momentOf({gliderUniverse(8, 8), generation, {}, {}});
}

Copy ran(const Copy &before)
{
    Copy after = before;
    TileSet changed(before.cells.width(), before.cells.height());
    LifeKernel kernel(before.rule, before.topology);
    kernel.setThreads(1);
    kernel.advance(before.cells, after.cells, changed);
    ++after.generation;
    return after;
}

Copy edited(const Copy &before, QRandomGenerator &random)
{
    Copy after = before;
    switch (random.bounded(5)) {
    case 0:
        after.cells = soup(1 + random.bounded(300), 1 + random.bounded(300), 0.3, random);
        break;
    case 1:
        after.rule = randomRule(random);
        break;
    case 2:
        after.topology = before.topology == Topology::Torus ? Topology::Plane : Topology::Torus;
        break;
    case 3:
        after.generation = 0;
        break;
    default:
        after.cells.set(0, 0, !before.cells.alive(0, 0));
    }
    return after;
}

} // namespace

class TestUndoList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QCOMPARE(Snapshot::bytesOfAll(), 0); }

    void walksLikeAListOfFullCopies()
    {
        QRandomGenerator random(1);
        Copy now{soup(100, 80, 0.3, random), 0, {}, {}};
        std::vector<Copy> copies{now};
        std::size_t cursor = 0;
        UndoList list(qint64{1} << 40U);
        list.record(momentOf(now));
        const auto step = [&](const Copy &copy) {
            if (copies[cursor] == copy)
                return;
            copies.resize(cursor + 1);
            copies.push_back(copy);
            ++cursor;
        };
        for (int i = 0; i < 3000; ++i) {
            QCOMPARE(list.canUndo(now.generation), cursor > 0 || !(now == copies[cursor]));
            QCOMPARE(list.canRedo(), cursor + 1 < copies.size());
            switch (random.bounded(7)) {
            case 0:
                now = ran(now);
                break;
            case 1:
            case 2: {
                const Copy after = edited(now, random);
                list.record(momentOf(now));
                list.record(momentOf(after));
                step(now);
                step(after);
                now = after;
                break;
            }
            case 3:
            case 4: {
                const auto moment = list.undo(momentOf(now));
                step(now);
                QCOMPARE(moment.has_value(), cursor > 0);
                if (moment) {
                    now = copyOf(*moment);
                    --cursor;
                }
                break;
            }
            default: {
                const auto moment = list.redo();
                QCOMPARE(moment.has_value(), cursor + 1 < copies.size());
                if (moment) {
                    now = copyOf(*moment);
                    ++cursor;
                }
            }
            }
            QCOMPARE(list.moments(), copies.size());
            if (i % 7 != 0) // the universe may stand elsewhere than at the cursor: it ran
                continue;
            if (now.generation == copies[cursor].generation)
                QVERIFY(now == copies[cursor]);
        }
        QVERIFY(copies.size() > 10);
    }

    void generationsBetweenEditsAreOneStep()
    {
        UndoList list;
        list.record(numbered(0));
        QVERIFY(!list.canUndo(0));
        QVERIFY(list.canUndo(50));
        QCOMPARE(list.undo(numbered(50))->generation, 0U);
        QVERIFY(!list.canUndo(0));
        QCOMPARE(list.redo()->generation, 50U);
        QVERIFY(!list.canRedo());
        QVERIFY(!list.redo());
    }

    void runningOnAfterAnUndoEndsWhatCouldBeRedone()
    {
        UndoList list;
        for (const quint64 generation : {0U, 10U, 20U})
            list.record(numbered(generation));
        QCOMPARE(list.undo(numbered(20))->generation, 10U);
        QVERIFY(list.canRedo());
        QCOMPARE(list.undo(numbered(15))->generation, 10U);
        QCOMPARE(list.redo()->generation, 15U);
        QVERIFY(!list.canRedo());
    }

    void anEmptyListDoesNothing()
    {
        UndoList list;
        QVERIFY(!list.canUndo(7));
        QVERIFY(!list.canRedo());
        QVERIFY(!list.undo(numbered(7)));
        QVERIFY(!list.redo());
        QCOMPARE(list.moments(), std::size_t{0});
    }

    void theOldestGoFirst()
    {
        UndoList list(5'000);
        quint64 generation = 0;
        while (list.moments() == generation)
            list.record(numbered(generation++));
        for (int i = 0; i < 100; ++i) {
            list.record(numbered(generation++));
            QVERIFY(list.bytes() <= 5'000);
        }
        QVERIFY(list.moments() > 5);
        quint64 expected = generation - 1;
        while (const auto moment = list.undo(numbered(expected)))
            QCOMPARE(moment->generation, --expected);
        QCOMPARE(expected, generation - list.moments());
    }

    void theLastThingDoneCanAlwaysBeUndone()
    {
        UndoList list(0);
        for (const quint64 generation : {0U, 1U, 2U})
            list.record(numbered(generation));
        QCOMPARE(list.moments(), std::size_t{2});
        QCOMPARE(list.undo(numbered(2))->generation, 1U);
        QCOMPARE(list.redo()->generation, 2U);
        QCOMPARE(list.undo(numbered(9))->generation, 2U);
    }

    void countsAllItHolds()
    {
        QRandomGenerator random(2);
        Copy now{soup(500, 500, 0.3, random), 0, {}, {}};
        UndoList list;
        Moment last = momentOf(now);
        list.record(last);
        const qint64 one = list.bytes();
        for (quint64 i = 1; i < 20; ++i) {
            now.cells.set(3, 3, i % 2 == 0);
            TileSet changed(500, 500);
            changed.mark(0, 0);
            last = {Snapshot(now.cells, last.cells, changed), i, {}, {}};
            list.record(last);
        }
        QVERIFY(list.bytes() < 3 * one);
        QVERIFY(list.bytes() > Snapshot::bytesOfAll());
        QVERIFY(list.bytes() < Snapshot::bytesOfAll() + 20 * 100);
        list.clear();
        QCOMPARE(list.bytes(), 0);
        QCOMPARE(Snapshot::bytesOfAll(), last.cells.bytes());
    }
};

QTEST_APPLESS_MAIN(TestUndoList)
#include "tst_undolist.moc"
