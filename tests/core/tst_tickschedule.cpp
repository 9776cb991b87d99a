#include "core/TickSchedule.h"

#include <QTest>

using namespace conway;
using namespace std::chrono_literals;

class TestTickSchedule : public QObject
{
    Q_OBJECT

    static constexpr TickSchedule::Time kStart{1000s};

private Q_SLOTS:
    void tickKIsDueAtStartPlusKIntervals()
    {
        TickSchedule schedule;
        schedule.start(kStart, 500ms);
        for (int k = 1; k <= 100; ++k) {
            QVERIFY(schedule.due() == kStart + k * 500ms);
            // Each comes late, by a different time; none of it is carried over.
            const std::chrono::milliseconds lateness(k);
            const auto tick = schedule.take(schedule.due() + lateness);
            QVERIFY(tick.lateness == lateness);
            QCOMPARE(tick.skipped, 0);
        }
    }

    void lateTicksNeverDoubleUp()
    {
        TickSchedule schedule;
        schedule.start(kStart, 100ms);
        const auto tick = schedule.take(kStart + 100ms + 350ms);
        QVERIFY(tick.lateness == 350ms);
        QCOMPARE(tick.skipped, 3);
        // Back on the old grid, not on a new one, and in the future.
        QVERIFY(schedule.due() == kStart + 500ms);
    }

    void aTickExactlyOneIntervalLateSkipsThatOne()
    {
        TickSchedule schedule;
        schedule.start(kStart, 100ms);
        QCOMPARE(schedule.take(kStart + 200ms).skipped, 1);
        QVERIFY(schedule.due() == kStart + 300ms);
    }

    void aShorterIntervalCountsFromTheLastDueTime()
    {
        TickSchedule schedule;
        schedule.start(kStart, 1s);
        schedule.take(kStart + 1s);
        schedule.changeInterval(kStart + 1050ms, 100ms);
        QVERIFY(schedule.due() == kStart + 1100ms);
    }

    void anIntervalAlreadyOverIsDueNow()
    {
        TickSchedule schedule;
        schedule.start(kStart, 1s);
        schedule.changeInterval(kStart + 900ms, 100ms);
        QVERIFY(schedule.due() == kStart + 900ms);
        QVERIFY(schedule.take(kStart + 900ms).lateness == 0ms);
    }
};

QTEST_APPLESS_MAIN(TestTickSchedule)
#include "tst_tickschedule.moc"
