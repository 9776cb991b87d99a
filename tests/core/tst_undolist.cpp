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
        struct Edit {
            Copy before;
            Copy after;
        };
        QRandomGenerator random(1);
        Copy now{soup(100, 80, 0.3, random), 0, {}, {}};
        std::vector<Edit> edits;
        std::size_t done = 0;
        std::size_t most = 0;
        UndoList list(qint64{1} << 40U);
        for (int i = 0; i < 3000; ++i) {
            QCOMPARE(list.canUndo(), done > 0);
            QCOMPARE(list.canRedo(), done < edits.size());
            switch (random.bounded(7)) {
            case 0:
                now = ran(now);
                break;
            case 1:
            case 2: {
                const Copy after = edited(now, random);
                list.edited(momentOf(now), momentOf(after));
                if (!(after == now)) {
                    edits.resize(done);
                    edits.push_back({now, after});
                    most = std::max(most, ++done);
                }
                now = after;
                break;
            }
            case 3:
            case 4: {
                const auto moment = list.undo(momentOf(now));
                QCOMPARE(moment.has_value(), done > 0);
                if (moment) {
                    edits[--done].after = now;
                    now = copyOf(*moment);
                    QVERIFY(now == edits[done].before);
                }
                break;
            }
            default: {
                const auto moment = list.redo();
                QCOMPARE(moment.has_value(), done < edits.size());
                if (moment) {
                    now = copyOf(*moment);
                    QVERIFY(now == edits[done++].after);
                }
            }
            }
            QCOMPARE(list.edits(), edits.size());
        }
        QVERIFY(most > 10);
    }

    void whatRanSinceIsTakenBackWithTheEdit()
    {
        UndoList list;
        list.edited(numbered(10), numbered(20));
        list.edited(numbered(30), numbered(40));
        // The universe runs all the time.
        QCOMPARE(list.undo(numbered(50))->generation, 30U);
        QCOMPARE(list.undo(numbered(35))->generation, 10U);
        QVERIFY(!list.undo(numbered(15)));
        QCOMPARE(list.redo()->generation, 35U);
        QCOMPARE(list.redo()->generation, 50U);
        QVERIFY(!list.redo());
    }

    void anotherEditEndsWhatCouldBeRedone()
    {
        UndoList list;
        list.edited(numbered(10), numbered(20));
        QCOMPARE(list.undo(numbered(20))->generation, 10U);
        list.edited(numbered(12), numbered(12));
        QVERIFY(list.canRedo()); // that was none
        list.edited(numbered(12), numbered(13));
        QVERIFY(!list.canRedo());
        QCOMPARE(list.undo(numbered(14))->generation, 12U);
        QVERIFY(!list.canUndo());
    }

    void anEmptyListDoesNothing()
    {
        UndoList list;
        QVERIFY(!list.canUndo());
        QVERIFY(!list.canRedo());
        QVERIFY(!list.undo(numbered(7)));
        QVERIFY(!list.redo());
        QCOMPARE(list.edits(), std::size_t{0});
    }

    void theOldestGoFirst()
    {
        UndoList list(5'000);
        quint64 generation = 0;
        const auto edit = [&] {
            list.edited(numbered(generation), numbered(generation + 1));
            ++generation;
        };
        do {
            edit();
        } while (list.edits() == generation);
        for (int i = 0; i < 100; ++i) {
            edit();
            QVERIFY(list.bytes() <= 5'000);
        }
        QVERIFY(list.edits() > 3);
        quint64 expected = generation;
        const quint64 oldest = generation - list.edits();
        while (const auto moment = list.undo(numbered(expected)))
            QCOMPARE(moment->generation, --expected);
        QCOMPARE(expected, oldest);
    }

    void theLastThingDoneCanAlwaysBeUndone()
    {
        UndoList list(0);
        list.edited(numbered(0), numbered(1));
        list.edited(numbered(1), numbered(2));
        QCOMPARE(list.edits(), std::size_t{1});
        QCOMPARE(list.undo(numbered(5))->generation, 1U);
        QCOMPARE(list.redo()->generation, 5U);
        QCOMPARE(list.undo(numbered(9))->generation, 1U);
    }

    void countsAllItHolds()
    {
        QRandomGenerator random(2);
        Copy now{soup(500, 500, 0.3, random), 0, {}, {}};
        UndoList list;
        Moment last = momentOf(now);
        const qint64 one = last.cells.bytes();
        for (quint64 i = 1; i < 20; ++i) {
            now.cells.set(3, 3, i % 2 == 0);
            TileSet changed(500, 500);
            changed.mark(0, 0);
            const Moment before = last;
            last = {Snapshot(now.cells, last.cells, changed), i, {}, {}};
            list.edited(before, last);
        }
        QVERIFY(list.bytes() < 3 * one);
        QVERIFY(list.bytes() > Snapshot::bytesOfAll());
        QVERIFY(list.bytes() < Snapshot::bytesOfAll() + 40 * 100);
        list.clear();
        QCOMPARE(list.bytes(), 0);
        QCOMPARE(Snapshot::bytesOfAll(), last.cells.bytes());
    }
};

QTEST_APPLESS_MAIN(TestUndoList)
#include "tst_undolist.moc"
