#include "server/Limits.h"
#include "server/RequestRates.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRequestRates : public QObject
{
    Q_OBJECT

    const TokenBucket::Time m_start{1000s};

    /// How many requests of that address pass at once.
    static int passed(RequestRates &rates, const QString &address, TokenBucket::Time now)
    {
        int count = 0;
        while (count < 3 * limits::kRequestBurst && rates.take(QHostAddress(address), now))
            ++count;
        return count;
    }

private Q_SLOTS:
    void anAddressHasABurstAndThenARate()
    {
        RequestRates rates;
        QCOMPARE(passed(rates, u"192.168.1.5"_s, m_start), static_cast<int>(limits::kRequestBurst));
        QCOMPARE(passed(rates, u"192.168.1.5"_s, m_start), 0);
        QCOMPARE(passed(rates, u"192.168.1.5"_s, m_start + 1s), static_cast<int>(limits::kRequestsPerSecond));
        // Others have their own.
        QVERIFY(passed(rates, u"192.168.1.6"_s, m_start) > 0);
    }

    void whatIsOneAddressHasOneRate()
    {
        RequestRates rates;
        passed(rates, u"192.168.1.5"_s, m_start);
        QCOMPARE(passed(rates, u"::ffff:192.168.1.5"_s, m_start), 0);
        passed(rates, u"2001:db8::1"_s, m_start);
        QCOMPARE(passed(rates, u"2001:db8::2"_s, m_start), 0);
        QVERIFY(passed(rates, u"2001:db8:0:1::1"_s, m_start) > 0);
    }

    void loopbackIsFree_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("IPv4") << u"127.0.0.1"_s;
        QTest::newRow("IPv6") << u"::1"_s;
        QTest::newRow("IPv4 in IPv6's clothes") << u"::ffff:127.0.0.1"_s;
    }
    void loopbackIsFree()
    {
        QFETCH(QString, address);
        RequestRates rates;
        QCOMPARE(passed(rates, address, m_start), static_cast<int>(3 * limits::kRequestBurst));
        QCOMPARE(rates.remembered(), 0);
    }

    void whoAskedLittleIsForgottenAndWhoAskedMuchIsNot()
    {
        RequestRates rates;
        passed(rates, u"192.168.1.5"_s, m_start);
        for (quint32 i = 1; i < RequestRates::kFew; ++i)
            QVERIFY(rates.take(QHostAddress(0x0a000000 + i), m_start));
        QCOMPARE(rates.remembered(), RequestRates::kFew);
        QVERIFY(rates.take(QHostAddress(0x0b000000), m_start + 1s));
        QCOMPARE(rates.remembered(), 2);
        QCOMPARE(passed(rates, u"192.168.1.5"_s, m_start + 1s), static_cast<int>(limits::kRequestsPerSecond));
    }
};

QTEST_APPLESS_MAIN(TestRequestRates)
#include "tst_requestrates.moc"
