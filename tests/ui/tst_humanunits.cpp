#include "ui/HumanUnits.h"

#include <QLocale>
#include <QTest>

#include <limits>

using namespace conway;
using namespace Qt::StringLiterals;

class TestHumanUnits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void countsHaveSeparators() { QCOMPARE(humanCount(1'234'567), u"1,234,567"_s); }
    void bytesHaveUnits();
    void ratesHaveAsManyDigitsAsSaySomething();
    void roundTripsAreMilliseconds();
    void momentsOfAnotherDayHaveTheirDay();
    void theUsersLocaleIsUsed();
};

void TestHumanUnits::bytesHaveUnits()
{
    QCOMPARE(humanBytes(0), u"0 bytes"_s);
    QCOMPARE(humanBytes(999), u"999 bytes"_s);
    QCOMPARE(humanBytes(1'500), u"1.5 kB"_s);
    QCOMPARE(humanBytes(2'345'678), u"2.3 MB"_s);
    QVERIFY(humanBytes(std::numeric_limits<quint64>::max()).endsWith("EB"_L1)); // and not a negative number
    QCOMPARE(humanByteRate(1'730), u"1.7 kB/s"_s);
    QCOMPARE(humanByteRate(-1), u"0 bytes/s"_s);
}

void TestHumanUnits::ratesHaveAsManyDigitsAsSaySomething()
{
    QCOMPARE(humanRate(0.0167), u"0.02/s"_s);
    QCOMPARE(humanRate(2), u"2.0/s"_s);
    QCOMPARE(humanRate(98.4), u"98/s"_s);
}

void TestHumanUnits::roundTripsAreMilliseconds()
{
    QCOMPARE(humanRoundTrip(std::nullopt), u"–"_s);
    QCOMPARE(humanRoundTrip(0.84), u"0.8 ms"_s);
    QCOMPARE(humanRoundTrip(123.4), u"123 ms"_s);
}

void TestHumanUnits::momentsOfAnotherDayHaveTheirDay()
{
    const QDateTime now(QDate(2024, 5, 17), QTime(12, 0));
    QCOMPARE(humanMoment(QDateTime(QDate(2024, 5, 17), QTime(9, 5, 7)), now), u"09:05"_s);
    QCOMPARE(humanMoment(QDateTime(QDate(2024, 5, 16), QTime(9, 5, 7)), now), u"16/05/2024"_s);
    // What comes in universal time is shown in local time.
    const QDateTime local(QDate(2024, 5, 17), QTime(1, 30));
    QCOMPARE(humanMoment(local.toUTC(), now), u"01:30"_s);
}

void TestHumanUnits::theUsersLocaleIsUsed()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(humanCount(1'234'567), u"1.234.567"_s);
    QCOMPARE(humanRate(2.5), u"2,5/s"_s);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

QTEST_GUILESS_MAIN(TestHumanUnits)
#include "tst_humanunits.moc"
