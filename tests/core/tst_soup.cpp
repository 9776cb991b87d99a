#include "core/Soup.h"
#include "core/SplitMix64.h"

#include <QTest>

#include <cmath>

using namespace conway;
using namespace Qt::StringLiterals;

class TestSoup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGeneratorIsThePublishedOne()
    {
        // The first numbers of splitmix64.c with this state, as other implementations test themselves with them.
        SplitMix64 random(1'234'567);
        QCOMPARE(random.next(), quint64{6'457'827'717'110'365'317ULL});
        QCOMPARE(random.next(), quint64{3'203'168'211'198'807'973ULL});
        QCOMPARE(random.next(), quint64{9'817'491'932'198'370'423ULL});
        QCOMPARE(SplitMix64::finalise(0), quint64{0});
    }

    void densityAndSeedAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<quint64>("density");
        QTest::addColumn<quint64>("seed");
        QTest::newRow("percent") << u"50,7"_s << Soup::kFull / 2 << quint64{7};
        QTest::newRow("sign") << u"50%,7"_s << Soup::kFull / 2 << quint64{7};
        QTest::newRow("share") << u"0.5,7"_s << Soup::kFull / 2 << quint64{7};
        QTest::newRow("less than a percent") << u"0.5%,7"_s << quint64{21'474'836} << quint64{7};
        QTest::newRow("one percent") << u"1,7"_s << quint64{42'949'673} << quint64{7};
        QTest::newRow("decimals") << u"12.5,7"_s << Soup::kFull / 8 << quint64{7};
        QTest::newRow("all decimals") << u"99.9999999,7"_s << quint64{4'294'967'292} << quint64{7};
        QTest::newRow("none") << u"0,7"_s << quint64{0} << quint64{7};
        QTest::newRow("all") << u"100,0"_s << Soup::kFull << quint64{0};
        QTest::newRow("blanks, largest seed")
            << u" 35 % , 18446744073709551615 "_s << quint64{1'503'238'554} << ~quint64{0};
    }
    void densityAndSeedAreRead()
    {
        QFETCH(QString, text);
        QFETCH(quint64, density);
        QFETCH(quint64, seed);
        const auto soup = Soup::parse(text);
        QVERIFY2(soup, qPrintable(soup ? QString() : soup.error().message));
        QCOMPARE(soup->density, density);
        QCOMPARE(soup->seed, seed);
        QCOMPARE(*Soup::parse(u"0.35,1"), *Soup::parse(u"35,1"));
    }

    void whatIsNoSoupIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto &text : {u""_s, u"35"_s, u"35,"_s, u",1"_s, u"100.1,1"_s, u"101,1"_s, u"-1,1"_s, u"1e1,1"_s,
                                 u".5,1"_s, u"5.,1"_s, u"35,-1"_s, u"35,18446744073709551616"_s, u"35,1,2"_s,
                                 u"35,0x1"_s, u"1.12345678,1"_s, u"nan,1"_s, u"99999999999999999999,1"_s, u"٣٥,1"_s})
            QTest::newRow(qPrintable(text)) << text;
    }
    void whatIsNoSoupIsRefused()
    {
        QFETCH(QString, text);
        const auto soup = Soup::parse(text);
        QVERIFY(!soup);
        QVERIFY(soup.error().message.contains(u"DENSITY,SEED"));
    }

    void cellsAreTheGeneratorsInOrder()
    {
        const Soup soup{Soup::kFull / 3, 42};
        const CellGrid cells = soup.universe(131, 5);
        SplitMix64 random(42);
        for (int y = 0; y < 5; ++y) {
            for (int x = 0; x < 131; ++x)
                QCOMPARE(cells.alive(x, y), random.next() / Soup::kFull < Soup::kFull / 3);
        }
    }

    void aFewCellsForever()
    {
        // Worked out apart from this code.
        const CellGrid cells = Soup::parse(u"35,1")->universe(16, 1);
        QCOMPARE(cells.row(0)[0], quint64{0x8100});
    }

    void densityIsMet()
    {
        for (const int percent : {0, 5, 35, 100}) {
            const auto soup = Soup::parse(QString(QString::number(percent) + u",99"));
            const double cells = 1000.0 * 1000.0;
            const auto alive = static_cast<double>(soup->universe(1000, 1000).population());
            const double wanted = cells * percent / 100.0;
            QVERIFY(std::abs(alive - wanted) <= 5 * std::sqrt(cells) / 2); // five standard deviations, at the most
            QCOMPARE(alive == wanted, percent == 0 || percent == 100);
        }
    }
};

QTEST_APPLESS_MAIN(TestSoup)
#include "tst_soup.moc"
