#include "core/RateMeter.h"

#include <QTest>

using namespace conway;
using namespace std::chrono_literals;

class TestRateMeter : public QObject
{
    Q_OBJECT

    static constexpr RateMeter::Time kStart{1000s};

private Q_SLOTS:
    void knowsNothingBeforeTwoSightings()
    {
        RateMeter meter;
        QVERIFY(!meter.perSecond());
        meter.saw(5, kStart);
        QVERIFY(!meter.perSecond());
        meter.saw(5, kStart);
        QVERIFY(!meter.perSecond());
    }

    void tellsTheRateOfSteadyGrowth_data()
    {
        QTest::addColumn<int>("intervalMs");
        for (const int intervalMs : {10, 100, 500, 5'000, 60'000})
            QTest::addRow("%d ms", intervalMs) << intervalMs;
    }
    void tellsTheRateOfSteadyGrowth()
    {
        QFETCH(int, intervalMs);
        RateMeter meter;
        for (int n = 0; n < 1'000; ++n) {
            meter.saw(static_cast<quint64>(n), kStart + n * std::chrono::milliseconds(intervalMs));
            if (n > 0)
                QVERIFY(qAbs(*meter.perSecond() - 1'000.0 / intervalMs) < 1e-6);
        }
    }

    void forgetsTheSpeedBefore()
    {
        RateMeter meter;
        for (quint64 n = 0; n < 100; ++n)
            meter.saw(n, kStart + n * 100ms);
        for (quint64 n = 100; n < 105; ++n)
            meter.saw(n, kStart + 9'900ms + (n - 99) * 1s);
        QCOMPARE(*meter.perSecond(), 1.0);
    }

    void beginsAnewWhenTheCountGoesBack()
    {
        RateMeter meter;
        meter.saw(100, kStart);
        meter.saw(200, kStart + 1s);
        meter.saw(0, kStart + 2s);
        QVERIFY(!meter.perSecond());
    }
};

QTEST_APPLESS_MAIN(TestRateMeter)
#include "tst_ratemeter.moc"
