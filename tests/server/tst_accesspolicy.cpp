#include "server/AccessPolicy.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

class TestAccessPolicy : public QObject
{
    Q_OBJECT

    const AccessPolicy m_policy{8000,
                                {u"Gallery.example.org"_s, QString(), u"MY_PC"_s, u"12345"_s},
                                {u"Life.example.net."_s, u"Bücher.example"_s, u"nonsense:8000"_s, u"10.1"_s},
                                {u"http://localhost:5173"_s, u"https://Life.Example"_s, u"nonsense"_s}};

private Q_SLOTS:
    void knowsItsHosts_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("accepted");
        for (const char *host :
             {"localhost:8000", "LOCALHOST:8000", "127.0.0.1:8000", "192.168.1.20:8000", "[::1]:8000", "[fe80::1]:8000",
              "gallery.example.org:8000", "gallery:8000", "GALLERY.local:8000", "localhost:5173", "life.example",
              // As they may be typed.
              "localhost.:8000", "Gallery.Local.:8000", "gallery.example.org.:8000", "my_pc:8000", "my_pc.LOCAL:8000",
              "12345.local:8000", "LIFE.example.NET:8000", "life.example.net.:8000", "xn--bcher-kva.example:8000",
              "[::FFFF:192.168.1.20]:8000", "[2001:DB8::1]:8000", "[0:0:0:0:0:0:0:1]:8000", "255.255.255.255:8000"})
            QTest::newRow(host) << QByteArray(host) << true;
        for (const char *host :
             {"evil.example:8000", "localhost", "localhost:8001", "127.0.0.1", "192.168.1.20:80",
              "localhost:8000.evil.example", "evil.local:8000", "example.org:8000", "1:8000", "2130706433:8000",
              "0x7f.1.1.1:8000", "999.1.1.1:8000", "[::1", "[::1]x:8000", "[nonsense]:8000", "[fe80::1%eth0]:8000",
              "[fe80::1%; script-src *]:8000", "localhost:", "localhost:80000", "localhost:8000x", ":8000", "",
              "life.example:8001", "localhost:+8000", "localhost. :8000",
              // A configured name has no short forms, and needs the port.
              "life:8000", "life.local:8000", "life.example.net", "life.example.net:80", "www.life.example.net:8000",
              "example.net:8000", "net:8000", "nonsense:8000", "nonsense",
              // Never any name of a kind.
              ".local:8000", "local:8000", "x.gallery.local:8000", "gallery.local.evil.example:8000",
              "gallery.example:8000", "localhost.evil.example:8000", "evil.localhost:8000", "evillocalhost:8000",
              "127.0.0.1.evil.example:8000", "192.168.1.20.nip.example:8000",
              // What browsers read as IPv4 addresses, but no browser writes.
              "12345:8000", "10.1:8000", "127.0.0.1.:8000", "0177.0.0.1x:8000", "127.0.0:8000", "1.2.3.4.5:8000",
              "...:8000",
              // Things around it.
              "user@localhost:8000", "user:secret@localhost:8000", "localhost:8000@evil.example", "localhost:8000:8000",
              "localhost..:8000", ".:8000", ".localhost:8000", "http://localhost:8000", "localhost:8000/",
              "localhost:8000, localhost:8000", "localhost,evil.example:8000", " localhost:8000", "localhost :8000",
              "localhost\t:8000", "localhost:-8000", "localhost:8e3",
              "localhost:73536", // 8000 and 2^16
              "localhost:4294975296", "*:8000", "%6cocalhost:8000",
              "b\xfc"
              "cher.example:8000",
              "[]:8000", "[:8000", "[127.0.0.1]:8000", "[localhost]:8000", "[::1]8000", "[::1]:", "[::1]:8001",
              "[::1].:8000", "[fe80::1%25eth0]:8000", "[::1%]:8000", "::1:8000", "[v1.x]:8000"})
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
        const AccessPolicy policy(80, {}, {u"life.example.net"_s}, {});
        QVERIFY(policy.acceptsHost("localhost"));
        QVERIFY(policy.acceptsHost("localhost."));
        QVERIFY(policy.acceptsHost("life.example.net"));
        QVERIFY(policy.acceptsHost("life.example.net:80"));
        QVERIFY(!policy.acceptsHost("life.example.net:"));
        QVERIFY(!policy.acceptsHost("life.example.net:443"));
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
        for (const char *origin : {"http://192.168.1.20",
                                   "http://192.168.1.20:8001",
                                   "http://evil.example",
                                   "null",
                                   "",
                                   "http://192.168.1.20:8000.evil.example",
                                   "http://localhost:8000",
                                   "http://life.example",
                                   "file://",
                                   "192.168.1.20:8000",
                                   "http://192.168.1.20:8000/",
                                   "http://user@192.168.1.20:8000",
                                   "http://192.168.1.20:8000 ",
                                   "http://192.168.1.20:8000, http://evil.example",
                                   "ws://192.168.1.20:8000",
                                   "http://192.168.1.20.:8000",
                                   "https://life.example:443",
                                   "https://life.example.",
                                   "NULL",
                                   "chrome-extension://x"})
            QTest::newRow(*origin ? origin : "empty") << QByteArray(origin) << false;
    }
    void knowsItsOrigins()
    {
        QFETCH(QByteArray, origin);
        QFETCH(bool, accepted);
        QCOMPARE(m_policy.acceptsOrigin(origin, "192.168.1.20:8000"), accepted);
    }

    /// Whatever Host and Origin agree on is the page of the name that was called; that name is judged by itself.
    void originAndHostAreTheSameWords()
    {
        QVERIFY(m_policy.acceptsOrigin("http://Gallery.local.:8000", "gallery.LOCAL.:8000"));
        QVERIFY(m_policy.acceptsOrigin("http://[::1]:8000", "[::1]:8000"));
        QVERIFY(!m_policy.acceptsOrigin("http://gallery.local:8000", "gallery.local.:8000"));
        QVERIFY(!m_policy.acceptsOrigin("http://[::1]:8000", "127.0.0.1:8000"));
    }

    void namesAreNormalised_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("name");
        const auto row = [](const QString &text, const QByteArray &name) {
            QTest::newRow(text.isEmpty() ? "empty" : qPrintable(text.left(60))) << text << name;
        };
        row(u"life.example.org"_s, "life.example.org");
        row(u"Life.Example.ORG."_s, "life.example.org");
        row(u"life"_s, "life");
        row(u"3com.example"_s, "3com.example");
        row(u"my_pc"_s, "my_pc");
        row(u"bücher.example"_s, "xn--bcher-kva.example");
        row(u"0xygen"_s, "0xygen");
        row(QString(63, u'a') + u".example"_s, QByteArray(63, 'a') + ".example");
        for (const char *bad : {"",
                                ".",
                                "..",
                                "a..b",
                                ".a",
                                "a.b..",
                                "*",
                                "*.example.org",
                                "life.example.org:8000",
                                "http://life",
                                "a/b",
                                "user@life",
                                "a b",
                                " life",
                                "life ",
                                "-life",
                                "life-",
                                "a.-b.c",
                                "[::1]",
                                "::1",
                                "127.0.0.1",
                                "10.1",
                                "5",
                                "a.5",
                                "0x7f",
                                "a.0x",
                                "a.0xff",
                                "a%20b",
                                "a,b",
                                "a\nb"})
            row(QString::fromLatin1(bad), {});
        row(QString(64, u'a') + u".example"_s, {});
        row(QStringList(127, u"ab"_s).join(u'.'), {});
    }
    void namesAreNormalised()
    {
        QFETCH(const QString, text);
        QFETCH(const QByteArray, name);
        QCOMPARE(AccessPolicy::normalisedName(text), name);
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
