#include "server/HttpNegotiation.h"

#include <QTest>

using namespace conway;

class TestHttpNegotiation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gzipIsForWhoAcceptsIt_data()
    {
        QTest::addColumn<QList<QByteArray>>("fields");
        QTest::addColumn<bool>("accepted");
        const auto row = [](const char *name, const QList<QByteArray> &fields, bool accepted) {
            QTest::newRow(name) << fields << accepted;
        };
        row("nothing said", {}, false);
        row("empty", {""}, false);
        row("browser", {"gzip, deflate, br"}, true);
        row("any case", {"GZip"}, true);
        row("x-gzip", {"x-gzip"}, true);
        row("others only", {"deflate, br"}, false);
        row("identity", {"identity"}, false);
        row("with quality", {"deflate;q=1, gzip;q=0.5"}, true);
        row("refused", {"gzip;q=0"}, false);
        row("refused in thousandths", {"gzip;q=0.000, *"}, false);
        row("refused with spaces", {"gzip ; Q=0"}, false);
        row("any", {"*"}, true);
        row("any but gzip", {"*, gzip;q=0"}, false);
        row("gzip alone", {"*;q=0, gzip"}, true);
        row("none", {"*;q=0"}, false);
        row("a quality that is none", {"gzip;q=high"}, false);
        row("another parameter", {"gzip;level=9"}, true);
        row("two lines", {"br", "gzip"}, true);
        row("a longer word", {"gzipped"}, false);
    }
    void gzipIsForWhoAcceptsIt()
    {
        QFETCH(QList<QByteArray>, fields);
        QFETCH(bool, accepted);
        HttpRequest request;
        request.fields.append(HttpRequest::Field{"accept", "gzip"});
        for (const QByteArray &value : fields)
            request.fields.append(HttpRequest::Field{"accept-encoding", value});
        QCOMPARE(acceptsGzip(request), accepted);
    }

    void knownTags_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("known");
        QTest::newRow("same") << QByteArray("\"ab-1\"") << true;
        QTest::newRow("weak") << QByteArray("W/\"ab-1\"") << true;
        QTest::newRow("any") << QByteArray("*") << true;
        QTest::newRow("in a list") << QByteArray("\"x\",\"a,b\" , \"ab-1\"") << true;
        QTest::newRow("other") << QByteArray("\"ab-2\"") << false;
        QTest::newRow("other case") << QByteArray("\"AB-1\"") << false;
        QTest::newRow("no quotes") << QByteArray("ab-1") << false;
        QTest::newRow("empty") << QByteArray() << false;
    }
    void knownTags()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, known);
        HttpRequest request;
        QVERIFY(!isKnownToClient(request, "\"ab-1\""));
        request.fields.append(HttpRequest::Field{"if-none-match", value});
        QCOMPARE(isKnownToClient(request, "\"ab-1\""), known);
    }
};

QTEST_APPLESS_MAIN(TestHttpNegotiation)
#include "tst_httpnegotiation.moc"
