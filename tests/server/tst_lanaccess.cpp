#include "server/LanAccess.h"
#include "server/Limits.h"

#include <QHostAddress>
#include <QSet>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

class TestLanAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words()
    {
        for (const LanAccess lan : {LanAccess::Operate, LanAccess::Watch, LanAccess::Pin})
            QVERIFY(lanAccessFromString(QString(toString(lan))) == lan);
        QCOMPARE(toString(LanAccess::Operate), "operate"_L1);
        QCOMPARE(toString(LanAccess::Watch), "watch"_L1);
        QCOMPARE(toString(LanAccess::Pin), "pin"_L1);
        QCOMPARE(toString(Role::Operator), "operator"_L1);
        QCOMPARE(toString(Role::Watcher), "watcher"_L1);
        for (const char *word : {"", "Operate", "PIN", "pin ", "operator", "0"})
            QVERIFY2(!lanAccessFromString(QString::fromLatin1(word)), word);
    }

    void pins_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("pin");
        for (const char *text : {"0000", "1234", "123456", "123456789012"})
            QTest::newRow(text) << QString::fromLatin1(text) << true;
        for (const char *text : {"", "1", "123", "1234567890123", "12 34", " 1234", "1234 ", "-1234", "+123", "12.4",
                                 "abcd", "0x12", "1e10"})
            QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text) << false;
        QTest::newRow("Arabic digits") << u"١٢٣٤"_s << false;
        QTest::newRow("wide digits") << u"１２３４"_s << false;
        QTest::newRow("zero inside") << u"12\0"
                                        "34"_s
                                     << false;
    }
    void pins()
    {
        QFETCH(const QString, text);
        QFETCH(const bool, pin);
        QCOMPARE(isPin(text), pin);
    }

    void randomPinsAreSixDigitsAndSeldomTheSame()
    {
        QSet<QString> pins;
        QSet<QChar> digits;
        for (int i = 0; i < 1000; ++i) {
            const QString pin = randomPin();
            QVERIFY2(isPin(pin), qPrintable(pin));
            QCOMPARE(pin.size(), limits::kPinDigitsRandom);
            pins.insert(pin);
            for (const QChar digit : pin)
                digits.insert(digit);
        }
        QVERIFY(pins.size() > 980); // that 20 meet by chance is out of the question
        QCOMPARE(digits.size(), 10);
    }

    void aPinIsMadeWhereOneIsWanted()
    {
        QVERIFY(isPin(withPin({LanAccess::Pin, {}}).pin));
        QVERIFY(isPin(withPin({LanAccess::Pin, u"12"_s}).pin));
        const AccessSetting chosen{LanAccess::Pin, u"4711"_s};
        QVERIFY(withPin(chosen) == chosen);
        for (const AccessSetting &without : {AccessSetting{LanAccess::Operate, {}}, AccessSetting{LanAccess::Watch, {}},
                                             AccessSetting{LanAccess::Watch, u"4711"_s}})
            QVERIFY(withPin(without) == without);
    }

    void thisMachineIsKnown_data()
    {
        QTest::addColumn<QString>("peer");
        QTest::addColumn<QString>("local");
        QTest::addColumn<bool>("same");
        QTest::newRow("loopback") << u"127.0.0.1"_s << u"127.0.0.1"_s << true;
        QTest::newRow("all of 127") << u"127.1.2.3"_s << u"127.0.0.1"_s << true;
        QTest::newRow("IPv6 loopback") << u"::1"_s << u"::1"_s << true;
        QTest::newRow("mapped loopback") << u"::ffff:127.0.0.1"_s << u"::ffff:127.0.0.1"_s << true;
        QTest::newRow("own address") << u"192.168.1.5"_s << u"192.168.1.5"_s << true;
        QTest::newRow("own, mapped") << u"::ffff:192.168.1.5"_s << u"::ffff:192.168.1.5"_s << true;
        QTest::newRow("own, half mapped") << u"::ffff:192.168.1.5"_s << u"192.168.1.5"_s << true;
        QTest::newRow("own, half mapped the other way") << u"192.168.1.5"_s << u"::ffff:192.168.1.5"_s << true;
        QTest::newRow("own IPv6") << u"2001:db8::5"_s << u"2001:db8::5"_s << true;
        QTest::newRow("own link-local") << u"fe80::5%1"_s << u"fe80::5%1"_s << true;
        QTest::newRow("neighbour") << u"192.168.1.6"_s << u"192.168.1.5"_s << false;
        QTest::newRow("mapped neighbour") << u"::ffff:192.168.1.6"_s << u"::ffff:192.168.1.5"_s << false;
        QTest::newRow("IPv6 neighbour") << u"2001:db8::6"_s << u"2001:db8::5"_s << false;
        QTest::newRow("looks like loopback") << u"128.0.0.1"_s << u"192.168.1.5"_s << false;
        QTest::newRow("IPv4-compatible, long abolished") << u"::192.168.1.5"_s << u"192.168.1.5"_s << false;
        QTest::newRow("nobody") << QString() << QString() << false;
        QTest::newRow("nobody here") << QString() << u"192.168.1.5"_s << false;
        QTest::newRow("local end unknown") << u"192.168.1.5"_s << QString() << false;
    }
    void thisMachineIsKnown()
    {
        QFETCH(const QString, peer);
        QFETCH(const QString, local);
        QFETCH(const bool, same);
        QCOMPARE(isLocalMachine(QHostAddress(peer), QHostAddress(local)), same);
    }

    void roles_data()
    {
        QTest::addColumn<int>("lan");
        QTest::addColumn<bool>("local");
        QTest::addColumn<bool>("knowsPin");
        QTest::addColumn<bool>("operates");
        const auto row = [](const char *name, LanAccess lan, bool local, bool knowsPin, bool operates) {
            QTest::newRow(name) << static_cast<int>(lan) << local << knowsPin << operates;
        };
        row("LAN operates", LanAccess::Operate, false, false, true);
        row("LAN watches", LanAccess::Watch, false, false, false);
        row("LAN watches, though it knew the PIN", LanAccess::Watch, false, true, false);
        row("LAN without PIN", LanAccess::Pin, false, false, false);
        row("LAN with PIN", LanAccess::Pin, false, true, true);
        row("here, operate", LanAccess::Operate, true, false, true);
        row("here, watch", LanAccess::Watch, true, false, true);
        row("here, PIN", LanAccess::Pin, true, false, true);
    }
    void roles()
    {
        QFETCH(const int, lan);
        QFETCH(const bool, local);
        QFETCH(const bool, knowsPin);
        QFETCH(const bool, operates);
        const AccessSetting setting{static_cast<LanAccess>(lan), u"4711"_s};
        QVERIFY(roleFor(setting, local, knowsPin) == (operates ? Role::Operator : Role::Watcher));
    }
};

QTEST_APPLESS_MAIN(TestLanAccess)
#include "tst_lanaccess.moc"
