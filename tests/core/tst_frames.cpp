#include "core/Evolution.h"
#include "core/FrameMailbox.h"
#include "core/FramePool.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <tuple>
#include <vector>

using namespace conway;

class TestFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void poolReusesWhatNobodyHolds()
    {
        FramePool pool;
        FramePtr frame = pool.take(100, 100);
        const Frame *memory = frame.get();
        QCOMPARE(frame->cells.width(), 100);
        QCOMPARE(frame->changedTiles.columns(), 1);
        pool.keep(std::move(frame));
        QCOMPARE(pool.take(100, 100).get(), memory);
    }

    void poolNeverReusesWhatIsHeld()
    {
        FramePool pool;
        std::vector<FramePtr> held;
        for (int i = 0; i < 10; ++i) {
            const FramePtr frame = pool.take(8, 8);
            QVERIFY(std::none_of(held.begin(), held.end(), [&](const FramePtr &other) { return other == frame; }));
            held.push_back(frame);
            pool.keep(frame);
            QVERIFY(!FramePool::isFree(frame));
        }
    }

    void poolGivesTheSizeAskedFor()
    {
        FramePool pool;
        pool.keep(pool.take(8, 8));
        QCOMPARE(pool.take(9, 300)->cells.width(), 9);
        QCOMPARE(pool.take(9, 300)->changedTiles.rows(), 3);
    }

    void poolHoldsNoMoreThanItNeeds()
    {
        FramePool pool;
        std::vector<FramePtr> held;
        for (int i = 0; i < 10; ++i)
            held.push_back(pool.take(8, 8));
        constexpr quint64 kMark = 7; // by which what was used before is known; its address may be anybody's
        for (FramePtr &frame : held) {
            FramePool::write(frame).sequence = kMark;
            pool.keep(std::move(frame));
        }
        held.clear();
        int reused = 0;
        for (int i = 0; i < 10; ++i) {
            held.push_back(pool.take(8, 8));
            reused += held.back()->sequence == kMark ? 1 : 0;
        }
        QCOMPARE(reused, 1);
    }

    void aRaceGoesRoundInFewFrames_data()
    {
        QTest::addColumn<int>("generations");
        for (const int generations : {1, 2, 3, 10})
            QTest::addRow("%d generations a frame", generations) << generations;
    }
    void aRaceGoesRoundInFewFrames()
    {
        QFETCH(const int, generations);
        Evolution evolution{Rule()};
        evolution.restart(evolution.blank(200, 200));
        FramePtr held = evolution.now();
        QSet<const Frame *> used{held.get()};
        for (int i = 0; i < 100; ++i) {
            for (int generation = 0; generation < generations; ++generation) {
                evolution.advance();
                used.insert(evolution.now().get());
            }
            std::ignore = evolution.publish();
            held = evolution.now();
        }
        QVERIFY2(used.size() <= 4, qPrintable(QString::number(used.size())));
    }

    void framesOutliveTheirPool()
    {
        FramePtr frame;
        {
            FramePool pool;
            frame = pool.take(8, 8);
            pool.keep(frame);
        }
        QCOMPARE(frame->cells.width(), 8);
        QVERIFY(FramePool::isFree(frame));
    }

    void framesMayBeDroppedOnAnyThread()
    {
        FramePool pool;
        for (int i = 0; i < 50; ++i) {
            FramePtr frame = pool.take(8, 8);
            pool.keep(frame);
            const std::unique_ptr<QThread> thread(QThread::create([held = std::move(frame)] { QVERIFY(held); }));
            thread->start();
            const FramePtr other = pool.take(8, 8);
            FramePool::write(other).generation = static_cast<quint64>(i);
            pool.keep(other);
            QVERIFY(thread->wait());
        }
    }

    void mailboxHoldsTheNewest()
    {
        FramePool pool;
        FrameMailbox box;
        const QSignalSpy arrived(&box, &FrameMailbox::arrived);
        QVERIFY(!box.take());
        const FramePtr first = pool.take(8, 8);
        const FramePtr second = pool.take(8, 8);
        box.post(first);
        box.post(second);
        QCOMPARE(arrived.count(), 1);
        QCOMPARE(box.take(), second);
        QVERIFY(!box.take());
        box.post(first);
        QCOMPARE(arrived.count(), 2);
    }

    void mailboxCarriesFramesBetweenThreads()
    {
        constexpr quint64 kLast = 5'000;
        FrameMailbox box;
        quint64 seen = 0;
        connect(
            &box, &FrameMailbox::arrived, this,
            [&] {
                if (const FramePtr frame = box.take()) {
                    QVERIFY(frame->generation > seen);
                    seen = frame->generation;
                }
            },
            Qt::QueuedConnection);
        const std::unique_ptr<QThread> engine(QThread::create([&box] {
            FramePool pool;
            for (quint64 generation = 1; generation <= kLast; ++generation) {
                FramePtr frame = pool.take(8, 8);
                FramePool::write(frame).generation = generation;
                pool.keep(frame);
                box.post(std::move(frame));
            }
        }));
        engine->start();
        QTRY_COMPARE(seen, kLast);
        QVERIFY(engine->wait());
    }
};

QTEST_GUILESS_MAIN(TestFrames)
#include "tst_frames.moc"
