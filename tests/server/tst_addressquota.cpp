#include "server/AddressQuota.h"

#include <QTest>

#include <memory>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

/// A socket of a peer that need not exist.
class PeerSocket : public QTcpSocket
{
public:
    explicit PeerSocket(const QString &address) { setPeerAddress(QHostAddress(address)); }
};

} // namespace

class TestAddressQuota : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAddressHasSoManyPlacesAndNoMore()
    {
        AddressQuota quota(2);
        PeerSocket first(u"192.168.1.5"_s);
        PeerSocket second(u"192.168.1.5"_s);
        PeerSocket third(u"192.168.1.5"_s);
        PeerSocket other(u"192.168.1.6"_s);
        QVERIFY(quota.seat(&first));
        QVERIFY(quota.seat(&second));
        QVERIFY(!quota.seat(&third));
        QVERIFY(quota.seat(&other));
        QCOMPARE(quota.taken(QHostAddress(u"192.168.1.5"_s)), 2);
    }

    void aPlaceIsFreeWhenItsSocketIsGone()
    {
        AddressQuota quota(1);
        auto first = std::make_unique<PeerSocket>(u"192.168.1.5"_s);
        PeerSocket second(u"192.168.1.5"_s);
        QVERIFY(quota.seat(first.get()));
        QVERIFY(!quota.seat(&second));
        first.reset();
        QVERIFY(quota.seat(&second));
        QCOMPARE(quota.taken(QHostAddress(u"192.168.1.5"_s)), 1);
    }

    void whoIsGoneAlreadyCountsForNoAddress()
    {
        AddressQuota quota(1);
        QTcpSocket first;
        QTcpSocket second;
        QVERIFY(quota.seat(&first));
        QVERIFY(quota.seat(&second));
        QCOMPARE(quota.taken(QHostAddress()), 0);
    }

    void socketsMayOutliveIt()
    {
        PeerSocket socket(u"192.168.1.5"_s);
        AddressQuota quota(1);
        QVERIFY(quota.seat(&socket)); // asan watches what follows
    }

    void countedTogether_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<bool>("together");
        QTest::newRow("IPv4") << u"10.0.0.1"_s << u"10.0.0.2"_s << false;
        QTest::newRow("IPv4 in IPv6") << u"10.0.0.1"_s << u"::ffff:10.0.0.1"_s << true;
        QTest::newRow("two in IPv6") << u"::ffff:10.0.0.2"_s << u"::ffff:10.0.0.1"_s << false;
        QTest::newRow("one network") << u"2001:db8:0:1::1"_s << u"2001:db8:0:1:ffff::2"_s << true;
        QTest::newRow("two networks") << u"2001:db8:0:1::1"_s << u"2001:db8:0:2::1"_s << false;
        QTest::newRow("link-local") << u"fe80::1"_s << u"fe80::2"_s << false;
        QTest::newRow("IPv4 or IPv6") << u"10.0.0.1"_s << u"2001:db8::1"_s << false;
    }
    void countedTogether()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(bool, together);
        AddressQuota quota(1);
        PeerSocket first(a);
        PeerSocket second(b);
        QVERIFY(quota.seat(&first));
        QCOMPARE(!quota.seat(&second), together);
    }

    void loopbackIsFree()
    {
        AddressQuota quota(1);
        for (const QString &address : {u"127.0.0.1"_s, u"127.8.9.10"_s, u"::1"_s, u"::ffff:127.0.0.1"_s}) {
            PeerSocket first(address);
            PeerSocket second(address);
            QVERIFY2(quota.seat(&first) && quota.seat(&second), qPrintable(address));
            QCOMPARE(quota.taken(QHostAddress(address)), 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestAddressQuota)
#include "tst_addressquota.moc"
