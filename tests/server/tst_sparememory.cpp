#include "server/SpareMemory.h"

#include <QTest>

using namespace conway;

/// When memory is given back.
class TestSpareMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void notAsLongAsTheRushGoesOn()
    {
        SpareMemory memory;
        QVERIFY(!memory.tend(0));
        for (quint64 ended = 100; ended < 2'000; ended += 100)
            QVERIFY(!memory.tend(ended));
    }

    void onceWhenItIsOver()
    {
        SpareMemory memory;
        QVERIFY(!memory.tend(5'000));
        QVERIFY(memory.tend(5'003)); // somebody looks at /metrics
        QVERIFY(!memory.tend(5'003));
        QVERIFY(!memory.tend(5'013));
    }

    void notForAFew()
    {
        SpareMemory memory;
        QVERIFY(!memory.tend(15));
        QVERIFY(!memory.tend(15));
        QVERIFY(memory.tend(16));
    }

    void manyOneByOneAreMany()
    {
        SpareMemory memory;
        int times = 0;
        for (quint64 ended = 0; ended < 160; ++ended)
            times += memory.tend(ended) ? 1 : 0;
        QCOMPARE(times, 9);
    }
};

QTEST_APPLESS_MAIN(TestSpareMemory)
#include "tst_sparememory.moc"
