#include "core/BoundedRule.h"
#include "core/UniverseSize.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

class TestBoundedRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadInEverySpelling_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        QTest::newRow("no bounds") << u"b3s23"_s << u"B3/S23"_s;
        QTest::newRow("torus") << u"B3/S23:T30,20"_s << u"B3/S23:T30,20"_s;
        QTest::newRow("plane") << u"B3/S23:P30,20"_s << u"B3/S23:P30,20"_s;
        QTest::newRow("square") << u"23/3:T30"_s << u"B3/S23:T30,30"_s;
        QTest::newRow("lower case, blanks") << u" b3s23 : t30 , 20 "_s << u"B3/S23:T30,20"_s;
        QTest::newRow("one cell") << u"B3/S23:P1"_s << u"B3/S23:P1,1"_s;
        QTest::newRow("longest side") << u"B3/S23:T65536,1"_s << u"B3/S23:T65536,1"_s;
        QTest::newRow("B0 on a torus") << u"B0/S8:T8"_s << u"B0/S8:T8,8"_s;
        QTest::newRow("B0 without bounds") << u"B0/S8"_s << u"B0/S8"_s;
    }
    void isReadInEverySpelling()
    {
        QFETCH(QString, text);
        const auto rule = BoundedRule::parse(text, kDefaultMaxCells);
        QVERIFY2(rule, qPrintable(rule ? QString() : rule.error().message));
        QTEST(rule->toString(), "canonical");
    }

    void refusesByName_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("no rule") << u":T30,20"_s << u"not a rule"_s;
        QTest::newRow("another rule") << u"Brain:T30,20"_s << u"\"Brain\" is not a rule"_s;
        QTest::newRow("nothing behind the colon") << u"B3/S23:"_s << u"empty"_s;
        QTest::newRow("Klein bottle") << u"B3/S23:K30,20"_s << u"\":K30,20\" is not a universe we have: a Klein"_s;
        QTest::newRow("twisted") << u"B3/S23:T30*,20"_s << u"twisted"_s;
        QTest::newRow("cross-surface") << u"B3/S23:C30,20"_s << u"cross-surface"_s;
        QTest::newRow("sphere") << u"B3/S23:S30"_s << u"sphere"_s;
        QTest::newRow("shifted") << u"B3/S23:T30+5,20"_s << u"shifted"_s;
        QTest::newRow("another letter") << u"B3/S23:Z30,20"_s << u"neither T"_s;
        QTest::newRow("no sides") << u"B3/S23:T"_s << u"a width"_s;
        QTest::newRow("no height") << u"B3/S23:T30,"_s << u"a width"_s;
        QTest::newRow("three sides") << u"B3/S23:T30,20,10"_s << u"a width"_s;
        QTest::newRow("two suffixes") << u"B3/S23:T30:P20"_s << u"a width"_s;
        QTest::newRow("infinite") << u"B3/S23:T0,20"_s << u"infinite"_s;
        QTest::newRow("infinite, too") << u"B3/S23:P20,0"_s << u"infinite"_s;
        QTest::newRow("too long a side") << u"B3/S23:T65537,1"_s << u"65536"_s;
        QTest::newRow("longer than any number") << u"B3/S23:T1,%1"_s.arg(QString(50, u'9')) << u"65536"_s;
        QTest::newRow("too many cells") << u"B3/S23:T65536"_s << u"1073741824"_s;
        QTest::newRow("B0 on a plane") << u"B03/S23:P30,20"_s << u"B0"_s;
    }
    void refusesByName()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto rule = BoundedRule::parse(text, kDefaultMaxCells);
        QVERIFY(!rule);
        QVERIFY2(rule.error().message.contains(says), qPrintable(rule.error().message));
    }

    void quotesOnlyTheBeginningOfGarbage()
    {
        const auto rule = BoundedRule::parse(QString(u"B3/S23:" + QString(100'000, u'x')), kDefaultMaxCells);
        QVERIFY(!rule);
        QVERIFY(rule.error().message.size() < 300);
    }
};

QTEST_APPLESS_MAIN(TestBoundedRule)
#include "tst_boundedrule.moc"
