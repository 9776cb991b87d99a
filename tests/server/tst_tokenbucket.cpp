#include "server/TokenBucket.h"

#include <QTest>

using namespace conway;
using namespace std::chrono_literals;

class TestTokenBucket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bucketAllowsBurstsAndRefills()
    {
        const TokenBucket::Time start{1000s};
        TokenBucket bucket(10, 3, start);
        QVERIFY(bucket.take(1, start));
        QVERIFY(bucket.take(2, start));
        QVERIFY(!bucket.take(1, start));
        QVERIFY(!bucket.take(1, start + 99ms));
        QVERIFY(bucket.take(1, start + 101ms));
        // A long rest fills it to the burst, no further.
        QVERIFY(bucket.take(3, start + 1h));
        QVERIFY(!bucket.take(1, start + 1h));
    }

    void isFullAgainAfterARest()
    {
        const TokenBucket::Time start{1000s};
        TokenBucket bucket(10, 3, start);
        QVERIFY(bucket.isFull(start));
        QVERIFY(bucket.take(1, start));
        QVERIFY(!bucket.isFull(start + 99ms));
        QVERIFY(bucket.isFull(start + 101ms));
    }
};

QTEST_APPLESS_MAIN(TestTokenBucket)
#include "tst_tokenbucket.moc"
