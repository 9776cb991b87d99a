#include "core/FrameMailbox.h"
#include "core/FramePool.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <vector>

using namespace conway;

class TestFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void poolReusesWhatNobodyHolds()
    {
        FramePool pool;
        auto frame = pool.blank(100, 100);
        const Frame *memory = frame.get();
        QCOMPARE(frame->cells.width(), 100);
        QCOMPARE(frame->changedTiles.columns(), 1);
        frame.reset();
        QCOMPARE(pool.blank(100, 100).get(), memory);
    }

    void poolNeverReusesWhatIsHeld()
    {
        FramePool pool;
        std::vector<FramePtr> held;
        for (int i = 0; i < 10; ++i) {
            const FramePtr frame = pool.blank(8, 8);
            QVERIFY(std::none_of(held.begin(), held.end(), [&](const FramePtr &other) { return other == frame; }));
            held.push_back(frame);
        }
    }

    void poolGivesTheSizeAskedFor()
    {
        FramePool pool;
        static_cast<void>(pool.blank(8, 8));
        QCOMPARE(pool.blank(9, 300)->cells.width(), 9);
        QCOMPARE(pool.blank(9, 300)->changedTiles.rows(), 3);
    }

    void framesOutliveTheirPool()
    {
        FramePtr frame;
        {
            FramePool pool;
            frame = pool.blank(8, 8);
        }
        QCOMPARE(frame->cells.width(), 8);
    }

    void framesMayBeDroppedOnAnyThread()
    {
        FramePool pool;
        for (int i = 0; i < 50; ++i) {
            FramePtr frame = pool.blank(8, 8);
            const std::unique_ptr<QThread> thread(QThread::create([held = std::move(frame)] { QVERIFY(held); }));
            thread->start();
            static_cast<void>(pool.blank(8, 8));
            QVERIFY(thread->wait());
        }
    }

    void mailboxHoldsTheNewest()
    {
        FramePool pool;
        FrameMailbox box;
        const QSignalSpy arrived(&box, &FrameMailbox::arrived);
        QVERIFY(!box.take());
        const FramePtr first = pool.blank(8, 8);
        const FramePtr second = pool.blank(8, 8);
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
                auto frame = pool.blank(8, 8);
                frame->generation = generation;
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
