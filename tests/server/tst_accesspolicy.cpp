#include "server/AccessPolicy.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

class TestAccessPolicy : public QObject
{
    Q_OBJECT

    const AccessPolicy m_policy{8000,
                                {u"Gallery.example.org"_s, QString()},
                                {u"http://localhost:5173"_s, u"https://Life.Example"_s, u"nonsense"_s}};

private Q_SLOTS:
    void knowsItsHosts_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("accepted");
        for (const char *host :
             {"localhost:8000", "LOCALHOST:8000", "127.0.0.1:8000", "192.168.1.20:8000", "[::1]:8000", "[fe80::1]:8000",
              "gallery.example.org:8000", "gallery:8000", "GALLERY.local:8000", "localhost:5173", "life.example"})
            QTest::newRow(host) << QByteArray(host) << true;
        for (const char *host : {"evil.example:8000",
                                 "localhost",
                                 "localhost:8001",
                                 "127.0.0.1",
                                 "192.168.1.20:80",
                                 "localhost:8000.evil.example",
                                 "evil.local:8000",
                                 "example.org:8000",
                                 "1:8000",
                                 "2130706433:8000",
                                 "0x7f.1.1.1:8000",
                                 "999.1.1.1:8000",
                                 "[::1",
                                 "[::1]x:8000",
                                 "[nonsense]:8000",
                                 "[fe80::1%eth0]:8000",
                                 "[fe80::1%; script-src *]:8000",
                                 "localhost:",
                                 "localhost:80000",
                                 "localhost:8000x",
                                 ":8000",
                                 "",
                                 "life.example:8001",
                                 "localhost:+8000",
                                 "localhost. :8000"})
            QTest::newRow(*host ? host : "empty") << QByteArray(host) << false;
    }
    void knowsItsHosts()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, accepted);
        QCOMPARE(m_policy.acceptsHost(host), accepted);
    }

    void portEightyMayBeLeftOut()
    {
        const AccessPolicy policy(80, {}, {});
        QVERIFY(policy.acceptsHost("localhost"));
        QVERIFY(policy.acceptsHost("10.0.0.1"));
        QVERIFY(policy.acceptsHost("[::1]"));
        QVERIFY(!policy.acceptsHost("evil.example"));
    }

    void knowsItsOrigins_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("accepted");
        for (const char *origin : {"http://192.168.1.20:8000", "https://192.168.1.20:8000", "HTTP://192.168.1.20:8000",
                                   "http://localhost:5173", "https://life.example"})
            QTest::newRow(origin) << QByteArray(origin) << true;
        for (const char *origin : {"http://192.168.1.20", "http://192.168.1.20:8001", "http://evil.example", "null", "",
                                   "http://192.168.1.20:8000.evil.example", "http://localhost:8000",
                                   "http://life.example", "file://", "192.168.1.20:8000"})
            QTest::newRow(*origin ? origin : "empty") << QByteArray(origin) << false;
    }
    void knowsItsOrigins()
    {
        QFETCH(QByteArray, origin);
        QFETCH(bool, accepted);
        QCOMPARE(m_policy.acceptsOrigin(origin, "192.168.1.20:8000"), accepted);
    }

    void onlyNamedOriginsGetCors()
    {
        QVERIFY(m_policy.isAllowedOrigin("http://LOCALHOST:5173"));
        QVERIFY(!m_policy.isAllowedOrigin("http://192.168.1.20:8000"));
    }

    void originsAreNormalised_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("origin");
        QTest::newRow("plain") << u"http://example.org"_s << "http://example.org"_ba;
        QTest::newRow("slash") << u"http://example.org/"_s << "http://example.org"_ba;
        QTest::newRow("port") << u"http://example.org:8080"_s << "http://example.org:8080"_ba;
        QTest::newRow("default port") << u"https://example.org:443"_s << "https://example.org"_ba;
        QTest::newRow("IPv6") << u"http://[::1]:3000"_s << "http://[::1]:3000"_ba;
        for (const char *bad : {"example.org", "ftp://example.org", "http://", "http://example.org/path",
                                "http://example.org?x", "http://user@example.org", "*", "http://exa mple.org", ""})
            QTest::newRow(*bad ? bad : "empty") << QString::fromLatin1(bad) << QByteArray();
    }
    void originsAreNormalised()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, origin);
        QCOMPARE(AccessPolicy::normalisedOrigin(text), origin);
    }
};

QTEST_APPLESS_MAIN(TestAccessPolicy)
#include "tst_accesspolicy.moc"
