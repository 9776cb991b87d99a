#include "app/CommandLine.h"
#include "core/ConwayEngine.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

Result<std::variant<Options, Information>> parse(const QStringList &arguments)
{
    return parseCommandLine(QStringList{u"cybermesh-conway"_s} + arguments);
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreTheBriefs()
    {
        const auto parsed = parse({});
        const auto &options = std::get<Options>(*parsed);
        QVERIFY(!options.headless);
        QVERIFY(!options.stopped);
        QVERIFY(!options.minimized);
        QVERIFY(options.bind == QHostAddress::AnyIPv4);
        QVERIFY(!options.port);
        QVERIFY(!options.intervalMs);
        QCOMPARE(options.size, QSize(8, 8));
        QCOMPARE(options.rule, Rule());
        QVERIFY(options.allowedOrigins.isEmpty());
        QVERIFY(options.logFile.isEmpty());
    }

    void everyOptionIsRead()
    {
        const auto parsed =
            parse({u"--headless"_s, u"--bind"_s, u"127.0.0.1"_s, u"--port=0"_s, u"--size"_s, u"64x32"_s, u"--rule"_s,
                   u"23/36"_s, u"--interval"_s, u"10"_s, u"--stopped"_s, u"--allow-origin"_s, u"http://a.example"_s,
                   u"--allow-origin"_s, u"http://b.example:1"_s, u"--log-file"_s, u"x.log"_s, u"--minimized"_s});
        QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().message));
        const auto &options = std::get<Options>(*parsed);
        QVERIFY(options.headless && options.stopped && options.minimized);
        QCOMPARE(options.bind.toString(), u"127.0.0.1"_s);
        QCOMPARE(*options.port, 0);
        QCOMPARE(options.size, QSize(64, 32));
        QCOMPARE(options.rule.toString(), u"B36/S23"_s);
        QCOMPARE(*options.intervalMs, 10);
        QCOMPARE(*std::get<Options>(*parse({u"--interval"_s, u"0"_s})).intervalMs, ConwayEngine::kTurbo);
        QCOMPARE(options.allowedOrigins.size(), 2);
        QCOMPARE(options.logFile, u"x.log"_s);
    }

    void helpAndVersionAreTexts()
    {
        const auto help = parse({u"--help"_s});
        QVERIFY(std::get<Information>(*help).text.contains(u"--allow-origin"));
        QVERIFY(std::get<Information>(*parse({u"-h"_s})).text.contains(u"--headless"));
        QVERIFY(std::get<Information>(*parse({u"--version"_s})).text.startsWith(u"cybermesh-conway "));
    }

    void badArgumentsAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *arguments, const char *named) {
            QTest::newRow(arguments) << QString::fromLatin1(arguments).split(u' ') << QString::fromLatin1(named);
        };
        row("--explode", "explode");
        row("file.rle", "file.rle");
        row("--port", "port");
        row("--port 65536", "65535");
        row("--port -1", "-1");
        row("--port x", "\"x\"");
        row("--size 8", "\"8\"");
        row("--size 8x", "WIDTHxHEIGHT");
        row("--size 0x8", "from 1 to 65536");
        row("--size 8x65537", "from 1 to 65536");
        row("--size 65536x65536", "4294967296 cells, and 1073741824 are allowed");
        row("--size 8x8x8", "8x8x8");
        row("--size 99999999999x1", "99999999999x1");
        row("--rule B9", "--rule");
        row("--interval 9", "10 to 60000");
        row("--interval 60001", "60001");
        row("--bind nowhere", "nowhere");
        row("--allow-origin example.org", "example.org");
        row("--headless=yes", "headless");
    }
    void badArgumentsAreNamed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        const auto parsed = parse(arguments);
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().message.contains(named), qPrintable(parsed.error().message));
        QVERIFY(!parsed.error().message.contains(u'\n'));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
