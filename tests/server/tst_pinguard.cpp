#include "server/PinGuard.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conway {

/// For the test's messages: "accepted", "wrong 4 0", "wrong 0 60", "paused 59".
inline char *toString(const PinGuard::Verdict &verdict)
{
    if (const auto *wrong = std::get_if<PinGuard::Wrong>(&verdict))
        return qstrdup(qPrintable(u"wrong %1 %2"_s.arg(wrong->triesLeft).arg(wrong->retryAfter.count())));
    if (const auto *paused = std::get_if<PinGuard::Paused>(&verdict))
        return qstrdup(qPrintable(u"paused %1"_s.arg(paused->retryAfter.count())));
    return qstrdup("accepted");
}

} // namespace conway

class TestPinGuard : public QObject
{
    Q_OBJECT

    using Verdict = PinGuard::Verdict;
    using Wrong = PinGuard::Wrong;
    using Paused = PinGuard::Paused;
    using Time = PinGuard::Time;

    static constexpr Time kStart{1000h};
    const Verdict m_accepted = PinGuard::Accepted{};
    const QHostAddress m_phone{u"192.168.1.20"_s};
    const QHostAddress m_laptop{u"192.168.1.21"_s};

    static PinGuard guard()
    {
        PinGuard guard;
        guard.setPin(u"123456"_s);
        return guard;
    }
    static Verdict wrong(int triesLeft) { return Wrong{triesLeft}; }
    static Verdict paused(std::chrono::seconds time) { return Paused{time}; }
    /// All tries there are; the length of the pause that follows.
    static std::chrono::seconds useUp(PinGuard &guard, const QHostAddress &address, Time now)
    {
        for (int i = 1; i < limits::kPinTries; ++i) {
            if (guard.judge(address, u"000000", now) != wrong(limits::kPinTries - i))
                return {};
        }
        const Verdict last = guard.judge(address, u"000000", now);
        const auto *verdict = std::get_if<Wrong>(&last);
        return verdict != nullptr && verdict->triesLeft == 0 ? verdict->retryAfter : std::chrono::seconds{};
    }

private Q_SLOTS:
    void onlyTheWholePinIsRight_data()
    {
        QTest::addColumn<QString>("pin");
        QTest::addColumn<QString>("tried");
        QTest::addColumn<bool>("right");
        QTest::newRow("same") << u"123456"_s << u"123456"_s << true;
        QTest::newRow("shortest") << u"0000"_s << u"0000"_s << true;
        QTest::newRow("longest") << u"123456789012"_s << u"123456789012"_s << true;
        QTest::newRow("first digit") << u"123456"_s << u"023456"_s << false;
        QTest::newRow("last digit") << u"123456"_s << u"123450"_s << false;
        QTest::newRow("last of the longest") << u"123456789012"_s << u"123456789013"_s << false;
        QTest::newRow("beginning") << u"123456"_s << u"12345"_s << false;
        QTest::newRow("more") << u"123456"_s << u"1234567"_s << false;
        QTest::newRow("too many") << u"123456789012"_s << u"1234567890123"_s << false;
        QTest::newRow("empty") << u"123456"_s << QString() << false;
        QTest::newRow("space") << u"123456"_s << u"123456 "_s << false;
        QTest::newRow("zeros behind") << u"1234"_s << u"1234\0\0"_s << false;
        QTest::newRow("other digits") << u"123456"_s << u"١٢٣٤٥٦"_s << false;
        QTest::newRow("huge") << u"123456"_s << QString(100'000, u'1') << false;
    }
    void onlyTheWholePinIsRight()
    {
        QFETCH(const QString, pin);
        QFETCH(const QString, tried);
        QFETCH(const bool, right);
        PinGuard guard;
        guard.setPin(pin);
        QCOMPARE(guard.judge(m_phone, tried, kStart), right ? m_accepted : wrong(4));
    }

    void withoutAPinNothingIsRight()
    {
        PinGuard guard;
        QCOMPARE(guard.judge(m_phone, u"", kStart), wrong(4));
        QCOMPARE(guard.judge(m_phone, u"0000", kStart), wrong(3));
        guard.setPin(u"12"_s); // none
        QCOMPARE(guard.judge(m_phone, u"12", kStart), wrong(2));
    }

    void afterFiveWrongOnesEvenTheRightOneIsNotLookedAt()
    {
        PinGuard guard = TestPinGuard::guard();
        QCOMPARE(useUp(guard, m_phone, kStart), 60s);
        QCOMPARE(guard.judge(m_phone, u"123456", kStart), paused(60s));
        QCOMPARE(guard.judge(m_phone, u"000000", kStart + 59s + 1ns), paused(1s));
        QCOMPARE(guard.judge(m_phone, u"123456", kStart + 60s), m_accepted);
    }

    void triesWhilePausedLengthenNothing()
    {
        PinGuard guard = TestPinGuard::guard();
        QCOMPARE(useUp(guard, m_phone, kStart), 60s);
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(guard.judge(m_phone, u"000000", kStart + 30s), paused(30s));
        QCOMPARE(guard.judge(m_phone, u"000000", kStart + 60s), wrong(4));
    }

    void pausesGrowToAnHour()
    {
        PinGuard guard = TestPinGuard::guard();
        Time now = kStart;
        for (const auto minutes : {1min, 2min, 4min, 8min, 16min, 32min, 60min, 60min, 60min}) {
            QCOMPARE(useUp(guard, m_phone, now), std::chrono::seconds(minutes));
            now += minutes;
        }
        // However long it goes on.
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(useUp(guard, m_phone, now), 3600s);
            now += 1h;
        }
    }

    void slowTriesAreCountedTogether()
    {
        PinGuard guard = TestPinGuard::guard();
        for (int i = 1; i < limits::kPinTries; ++i)
            QCOMPARE(guard.judge(m_phone, u"000000", kStart + i * 2h), wrong(limits::kPinTries - i));
        QCOMPARE(guard.judge(m_phone, u"000000", kStart + 10h), Verdict(Wrong{0, 60s}));
    }

    void aDayWithoutAWrongOneForgets()
    {
        PinGuard guard = TestPinGuard::guard();
        QCOMPARE(useUp(guard, m_phone, kStart), 60s);
        QCOMPARE(useUp(guard, m_phone, kStart + 60s), 120s);
        const Time paused = kStart + 180s;
        QCOMPARE(guard.judge(m_phone, u"000000", paused), wrong(4));
        QCOMPARE(guard.judge(m_phone, u"000000", paused + 24h - 1s), wrong(3)); // a second too early
        QCOMPARE(guard.judge(m_phone, u"000000", paused + 48h - 1s), wrong(4));
        QCOMPARE(guard.judge(m_phone, u"000000", paused + 48h), wrong(3));
        QCOMPARE(guard.judge(m_phone, u"000000", paused + 48h), wrong(2));
        QCOMPARE(guard.judge(m_phone, u"000000", paused + 48h), wrong(1));
        QCOMPARE(guard.judge(m_phone, u"000000", paused + 48h), Verdict(Wrong{0, 60s})); // not four minutes
    }

    void theDayBeginsAfterThePause()
    {
        for (const bool early : {true, false}) {
            PinGuard guard = TestPinGuard::guard();
            QCOMPARE(useUp(guard, m_phone, kStart), 60s);
            QCOMPARE(useUp(guard, m_phone, kStart + 60s + 24h - (early ? 1s : 0s)), early ? 120s : 60s);
        }
    }

    void theRightOneGivesNoNewTries()
    {
        PinGuard guard = TestPinGuard::guard();
        QCOMPARE(guard.judge(m_phone, u"000000", kStart), wrong(4));
        QCOMPARE(guard.judge(m_phone, u"123456", kStart), m_accepted);
        QCOMPARE(guard.judge(m_phone, u"000000", kStart), wrong(3));
    }

    void theRightOneIsAlwaysWelcome()
    {
        PinGuard guard = TestPinGuard::guard();
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(guard.judge(m_phone, u"123456", kStart), m_accepted);
    }

    void addressesDoNotPayForEachOther()
    {
        PinGuard guard = TestPinGuard::guard();
        QCOMPARE(useUp(guard, m_phone, kStart), 60s);
        QCOMPARE(guard.judge(m_laptop, u"123456", kStart), m_accepted);
        QCOMPARE(guard.judge(m_laptop, u"000000", kStart), wrong(4));
    }

    void oneDeviceIsOneAddress_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("same");
        QTest::newRow("IPv4") << u"10.0.0.1"_s << u"10.0.0.2"_s << false;
        QTest::newRow("mapped") << u"10.0.0.1"_s << u"::ffff:10.0.0.1"_s << true;
        QTest::newRow("mapped, another") << u"::ffff:10.0.0.2"_s << u"::ffff:10.0.0.1"_s << false;
        QTest::newRow("one /64") << u"2001:db8:0:1::1"_s << u"2001:db8:0:1:ffff:ffff:ffff:ffff"_s << true;
        QTest::newRow("two /64") << u"2001:db8:0:1::1"_s << u"2001:db8:0:2::1"_s << false;
        QTest::newRow("zones") << u"fe80::1%1"_s << u"fe80::2%2"_s << true;
        QTest::newRow("nobody") << QString() << QString() << true;
    }
    void oneDeviceIsOneAddress()
    {
        QFETCH(const QString, one);
        QFETCH(const QString, other);
        QFETCH(const bool, same);
        PinGuard guard = TestPinGuard::guard();
        QCOMPARE(guard.judge(QHostAddress(one), u"000000", kStart), wrong(4));
        QCOMPARE(guard.judge(QHostAddress(other), u"000000", kStart), wrong(same ? 3 : 4));
    }

    void anotherPinIsAnotherGeneration()
    {
        PinGuard guard = TestPinGuard::guard();
        const quint64 first = guard.generation();
        guard.setPin(u"123456"_s);
        QCOMPARE(guard.generation(), first);
        guard.setPin(u"1234567"_s);
        const quint64 second = guard.generation();
        QVERIFY(second != first);
        QCOMPARE(guard.judge(m_phone, u"123456", kStart), wrong(4));
        QCOMPARE(guard.judge(m_phone, u"1234567", kStart), m_accepted);
        guard.setPin(u"123456"_s); // the first again is not the first generation again
        QVERIFY(guard.generation() != second);
        QVERIFY(guard.generation() != first);
    }

    void anotherPinEndsNoPause()
    {
        PinGuard guard = TestPinGuard::guard();
        QCOMPARE(useUp(guard, m_phone, kStart), 60s);
        guard.setPin(u"4321"_s);
        QCOMPARE(guard.judge(m_phone, u"4321", kStart), paused(60s));
    }

    /// Somebody with many addresses cannot make the guard forget one of them.
    void aCrowdPushesNobodyOut()
    {
        PinGuard guard = TestPinGuard::guard();
        QCOMPARE(useUp(guard, m_phone, kStart), 60s);
        for (quint32 i = 0; i < 20'000; ++i)
            (void)guard.judge(QHostAddress(0x0a000000U + i), u"000000", kStart + 1s);
        QCOMPARE(guard.judge(m_phone, u"123456", kStart + 1s), paused(59s));
        QCOMPARE(guard.judge(QHostAddress(0x0a000000U), u"000000", kStart + 1s), wrong(3)); // the first of the crowd
    }

    /// Nor get more tries than so many addresses have, and one more.
    void aCrowdHasBoundedTries()
    {
        PinGuard guard = TestPinGuard::guard();
        qsizetype tries = 0;
        for (quint32 i = 0; i < 5'000; ++i) {
            while (!std::holds_alternative<Paused>(guard.judge(QHostAddress(0x0a000000U + i), u"000000", kStart)))
                ++tries;
        }
        QCOMPARE(tries, (limits::kPinAddresses + 1) * limits::kPinTries);
        // The honest newcomer has to wait for it, but not for long.
        QCOMPARE(guard.judge(m_phone, u"123456", kStart), paused(60s));
        QCOMPARE(guard.judge(m_phone, u"123456", kStart + 60s), m_accepted);
    }

    void afterADayThereIsRoomAgain()
    {
        PinGuard guard = TestPinGuard::guard();
        for (quint32 i = 0; i < limits::kPinAddresses; ++i)
            (void)guard.judge(QHostAddress(0x0a000000U + i), u"000000", kStart);
        QCOMPARE(guard.judge(m_phone, u"000000", kStart), wrong(4));
        QCOMPARE(guard.judge(m_laptop, u"000000", kStart), wrong(3)); // counted as one
        QCOMPARE(guard.judge(m_phone, u"000000", kStart + 24h), wrong(4));
        QCOMPARE(guard.judge(m_laptop, u"000000", kStart + 24h), wrong(4));
    }
};

QTEST_APPLESS_MAIN(TestPinGuard)
#include "tst_pinguard.moc"
