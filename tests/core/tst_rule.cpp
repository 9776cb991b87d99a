#include "core/Rule.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

class TestRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isConwaysByDefault()
    {
        const Rule rule;
        for (int n = 0; n <= Rule::kMaxNeighbours; ++n) {
            QCOMPARE(rule.births(n), n == 3);
            QCOMPARE(rule.survives(n), n == 2 || n == 3);
        }
        QCOMPARE(rule.toString(), u"B3/S23"_s);
    }

    void isReadInEverySpelling_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        QTest::newRow("canonical") << u"B3/S23"_s << u"B3/S23"_s;
        QTest::newRow("lower case") << u"b3/s23"_s << u"B3/S23"_s;
        QTest::newRow("no slash") << u"B36S23"_s << u"B36/S23"_s;
        QTest::newRow("survival first") << u"23/3"_s << u"B3/S23"_s;
        QTest::newRow("seeds") << u"B2/S"_s << u"B2/S"_s;
        QTest::newRow("life without death") << u"B3/S012345678"_s << u"B3/S012345678"_s;
        QTest::newRow("nothing at all") << u"/"_s << u"B/S"_s;
        QTest::newRow("unsorted, doubled") << u"B3/S3223"_s << u"B3/S23"_s;
        QTest::newRow("white space around") << u"  B3/S23 "_s << u"B3/S23"_s;
        QTest::newRow("B0") << u"B0123478/S34678"_s << u"B0123478/S34678"_s;
    }
    void isReadInEverySpelling()
    {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        const auto rule = Rule::parse(text);
        QVERIFY2(rule, qPrintable(rule ? QString() : rule.error().message));
        QCOMPARE(rule->toString(), canonical);
    }

    void refusesWithAReason_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", " ", "B3", "B9/S23", "B3/S29", "hello", "B3/S2 3", "B-1/S2", "3/S23", "B3//S23",
                                 "B3/S23:T30", "B3/S23/2"})
            QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text);
    }
    void refusesWithAReason()
    {
        QFETCH(QString, text);
        const auto rule = Rule::parse(text);
        QVERIFY(!rule);
        QVERIFY(rule.error().message.contains(u"B3/S23"));
    }

    void quotesOnlyTheBeginningOfGarbage()
    {
        const auto rule = Rule::parse(QString(100'000, u'x'));
        QVERIFY(!rule);
        QVERIFY(rule.error().message.size() < 250);
    }
};

QTEST_APPLESS_MAIN(TestRule)
#include "tst_rule.moc"
