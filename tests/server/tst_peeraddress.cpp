#include "server/PeerAddress.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

class TestPeerAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ipv4InIpv6sClothesIsIpv4()
    {
        QCOMPARE(undisguised(QHostAddress(u"::ffff:192.168.1.20"_s)).toString(), u"192.168.1.20"_s);
        QCOMPARE(undisguised(QHostAddress(u"192.168.1.20"_s)).toString(), u"192.168.1.20"_s);
        QCOMPARE(undisguised(QHostAddress(u"2001:db8::7"_s)).toString(), u"2001:db8::7"_s);
        QVERIFY(undisguised(QHostAddress()).isNull());
    }

    void loopbackIsThisMachine()
    {
        for (const auto &address : {u"127.0.0.1"_s, u"127.9.9.9"_s, u"::1"_s, u"::ffff:127.0.0.1"_s})
            QVERIFY2(isLoopback(QHostAddress(address)), qPrintable(address));
        for (const auto &address : {u"192.168.1.20"_s, u"2001:db8::1"_s, u"::ffff:10.0.0.1"_s})
            QVERIFY2(!isLoopback(QHostAddress(address)), qPrintable(address));
    }
};

QTEST_APPLESS_MAIN(TestPeerAddress)
#include "tst_peeraddress.moc"
