#include "core/ConwayEngine.h"
#include "server/Cadence.h"
#include "server/Limits.h"

#include <QSignalSpy>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

class TestCadence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundsRatesDown()
    {
        QCOMPARE(Cadence::rateFor(0), 0);
        QCOMPARE(Cadence::rateFor(1), 1);
        QCOMPARE(Cadence::rateFor(4), 2);
        QCOMPARE(Cadence::rateFor(29), 20);
        QCOMPARE(Cadence::rateFor(limits::kMaxFps), limits::kMaxFps);
    }

    void withoutARateEveryFrameIsDueAtOnce()
    {
        ConwayEngine engine({gliderUniverse(300, 300), Rule()});
        Cadence cadence(0);
        const QSignalSpy due(&cadence, &Cadence::due);
        cadence.join(engine.frame());
        for (int i = 1; i <= 5; ++i) {
            const FramePtr before = engine.frame();
            engine.step(u"test"_s);
            cadence.offer(engine.frame());
            QCOMPARE(due.count(), i);
            QCOMPARE(cadence.frame(), before);
            QCOMPARE(cadence.pending(), engine.frame());
            QCOMPARE(*cadence.touched(), engine.frame()->changedTiles);
            cadence.taken();
            QCOMPARE(cadence.frame(), engine.frame());
            QVERIFY(!cadence.pending());
        }
    }

    void holdsFramesBackAndKeepsWhatTheyTouched()
    {
        // The glider walks from one tile into the next.
        CellGrid cells(300, 300);
        const CellGrid glider = gliderUniverse(8, 8);
        for (int y = 0; y < 8; ++y) {
            for (int x = 0; x < 8; ++x)
                cells.set(122 + x, 122 + y, glider.alive(x, y));
        }
        ConwayEngine engine({cells, Rule()});
        Cadence cadence(1);
        const QSignalSpy due(&cadence, &Cadence::due);
        const FramePtr first = engine.frame();
        cadence.join(first);
        engine.step(u"test"_s);
        cadence.offer(engine.frame());
        QCOMPARE(due.count(), 1);
        cadence.taken();
        const FramePtr held = cadence.frame();

        TileSet touched(300, 300);
        for (int i = 0; i < 20; ++i) {
            engine.step(u"test"_s);
            touched.markAll(engine.frame()->changedTiles);
            cadence.offer(engine.frame());
        }
        QCOMPARE(due.count(), 1);
        QCOMPARE(cadence.frame(), held);
        QCOMPARE(*cadence.touched(), touched);
        QVERIFY(touched.contains(1, 1));
        // And nothing is left lying.
        QTRY_COMPARE(due.count(), 2);
        QCOMPARE(cadence.pending(), engine.frame());
    }

    void knowsWhenItDoesNotKnow()
    {
        ConwayEngine engine({gliderUniverse(8, 8), Rule()});
        Cadence cadence(0);
        cadence.join(engine.frame());
        engine.step(u"test"_s);
        engine.step(u"test"_s); // the one between was missed
        cadence.offer(engine.frame());
        QVERIFY(!cadence.touched());
        cadence.taken();
        engine.reset(u"test"_s);
        cadence.offer(engine.frame());
        QVERIFY(!cadence.touched());
        // Known changes do not make the unknown ones known.
        engine.step(u"test"_s);
        cadence.offer(engine.frame());
        QVERIFY(!cadence.touched());
    }

    void holdsNothingForNobody()
    {
        ConwayEngine engine({gliderUniverse(8, 8), Rule()});
        Cadence cadence(0);
        const QSignalSpy due(&cadence, &Cadence::due);
        cadence.offer(engine.frame());
        QVERIFY(!cadence.frame());
        cadence.join(engine.frame());
        cadence.join(engine.frame());
        cadence.leave();
        QVERIFY(cadence.isWatched());
        QCOMPARE(cadence.frame(), engine.frame());
        cadence.leave();
        QVERIFY(!cadence.frame());
        cadence.offer(engine.frame());
        QCOMPARE(due.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestCadence)
#include "tst_cadence.moc"
