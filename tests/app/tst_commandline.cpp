#include "app/CommandLine.h"
#include "core/ConwayEngine.h"

#include <QTest>

#include <limits>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

Result<Invocation> parse(const QStringList &arguments)
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
        QVERIFY(!options.lan);
        QVERIFY(options.pin.isEmpty());
        QVERIFY(options.names.isEmpty());
        QVERIFY(options.logFile.isEmpty());
        QCOMPARE(options.maxViewers, 5000);
        QCOMPARE(options.maxPerAddress, 256);
        QCOMPARE(options.historyBudget, qint64{64} << 20U);
    }

    void everyOptionIsRead()
    {
        const auto parsed = parse({u"--headless"_s,
                                   u"--bind"_s,
                                   u"127.0.0.1"_s,
                                   u"--port=0"_s,
                                   u"--size"_s,
                                   u"64x32"_s,
                                   u"--rule"_s,
                                   u"23/36"_s,
                                   u"--interval"_s,
                                   u"10"_s,
                                   u"--history"_s,
                                   u"256"_s,
                                   u"--stopped"_s,
                                   u"--allow-origin"_s,
                                   u"http://a.example"_s,
                                   u"--allow-origin"_s,
                                   u"http://b.example:1"_s,
                                   u"--log-file"_s,
                                   u"x.log"_s,
                                   u"--minimized"_s,
                                   u"--max-viewers"_s,
                                   u"20000"_s,
                                   u"--max-per-address=1"_s});
        QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().message));
        const auto &options = std::get<Options>(*parsed);
        QVERIFY(options.headless && options.stopped && options.minimized);
        QCOMPARE(options.bind.toString(), u"127.0.0.1"_s);
        QCOMPARE(*options.port, 0);
        QCOMPARE(options.size, QSize(64, 32));
        QCOMPARE(options.rule.toString(), u"B36/S23"_s);
        QCOMPARE(*options.intervalMs, 10);
        QCOMPARE(options.historyBudget, qint64{256} << 20U);
        QCOMPARE(std::get<Options>(*parse({u"--history=0"_s})).historyBudget, 0);
        QCOMPARE(std::get<Options>(*parse({u"--history=1048576"_s})).historyBudget, qint64{1} << 40U);
        QCOMPARE(*std::get<Options>(*parse({u"--interval"_s, u"0"_s})).intervalMs, ConwayEngine::kTurbo);
        QCOMPARE(options.allowedOrigins.size(), 2);
        QCOMPARE(options.logFile, u"x.log"_s);
        QCOMPARE(options.maxViewers, 20'000);
        QCOMPARE(options.maxPerAddress, 1);
    }

    void accessIsRead()
    {
        const auto optionsOf = [](const QStringList &arguments) { return std::get<Options>(*parse(arguments)); };
        QVERIFY(optionsOf({u"--lan"_s, u"operate"_s}).lan == LanAccess::Operate);
        QVERIFY(optionsOf({u"--lan=watch"_s}).lan == LanAccess::Watch);
        QVERIFY(optionsOf({u"--lan=pin"_s}).lan == LanAccess::Pin);
        QVERIFY(optionsOf({u"--lan=pin"_s}).pin.isEmpty()); // the server makes one
        const Options pin = optionsOf({u"--pin"_s, u"0123"_s});
        QVERIFY(pin.lan == LanAccess::Pin);
        QCOMPARE(pin.pin, u"0123"_s);
        QCOMPARE(optionsOf({u"--lan"_s, u"pin"_s, u"--pin"_s, u"123456789012"_s}).pin, u"123456789012"_s);
        QCOMPARE(optionsOf({u"--name"_s, u"life.example.org"_s, u"--name=gallery"_s}).names,
                 (QStringList{u"life.example.org"_s, u"gallery"_s}));
    }

    void batchIsRead()
    {
        const auto parsed =
            parse({u"--batch"_s, u"9223372036854775807"_s, u"file.rle"_s, u"--rule"_s, u"b36s23:p20,10"_s, u"--size"_s,
                   u"20x10"_s, u"--output"_s, u"out.rle"_s, u"--max-cells"_s, u"200"_s});
        QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().message));
        const auto &options = std::get<BatchOptions>(*parsed);
        QCOMPARE(options.generations, std::numeric_limits<qint64>::max());
        QCOMPARE(options.file, u"file.rle"_s);
        QCOMPARE(options.rule->toString(), u"B36/S23:P20,10"_s);
        QCOMPARE(*options.size, QSize(20, 10));
        QCOMPARE(options.output, u"out.rle"_s);
        QCOMPARE(options.maxCells, 200);
        QVERIFY(!options.soup);

        const auto soup = parse({u"--batch=0"_s, u"--soup=50,7"_s});
        QCOMPARE(std::get<BatchOptions>(*soup).soup->seed, quint64{7});
        QVERIFY(std::get<BatchOptions>(*soup).file.isEmpty());
    }

    void boundsInTheRuleAreTheSize()
    {
        const auto parsed = parse({u"--rule"_s, u"B36/S23:T30,20"_s});
        QCOMPARE(std::get<Options>(*parsed).size, QSize(30, 20));
        QCOMPARE(std::get<Options>(*parsed).rule.toString(), u"B36/S23"_s);
    }

    void theLimitCanBeRaised()
    {
        const auto parsed = parse({u"--size"_s, u"65536x65536"_s, u"--max-cells"_s, u"4294967296"_s});
        QCOMPARE(std::get<Options>(*parsed).size, QSize(65536, 65536));
    }

    void helpAndVersionAreTexts()
    {
        const auto help = parse({u"--help"_s});
        QVERIFY(std::get<Information>(*help).text.contains(u"--allow-origin"));
        QVERIFY(std::get<Information>(*help).text.contains(u"operate|watch|pin"));
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
        row("--interval 5", "or 0 for as fast as can be");
        row("--interval 60001", "60001");
        row("--bind nowhere", "nowhere");
        row("--allow-origin example.org", "example.org");
        row("--lan", "lan");
        row("--lan everybody", "\"everybody\"");
        row("--lan Watch", "operate, watch or pin");
        row("--pin 123", "4 to 12 digits, not \"123\"");
        row("--pin 1234567890123", "4 to 12 digits");
        row("--pin abcd", "\"abcd\"");
        row("--pin=", "--pin");
        row("--lan watch --pin 1234", "--pin goes with --lan pin, not with --lan watch");
        row("--pin 1234 --lan operate", "not with --lan operate");
        row("--name life.example.org:8000", "life.example.org:8000");
        row("--name http://life", "DNS name");
        row("--name=", "--name");
        row("--name *.example.org", "*.example.org");
        row("--batch 1 --lan watch", "--lan is for");
        row("--batch 1 --pin 1234", "--pin is for");
        row("--batch 1 --name life", "--name is for");
        row("--max-viewers 0", "--max-viewers");
        row("--max-viewers 1000001", "1000000");
        row("--max-per-address many", "--max-per-address");
        row("--batch 1 --max-viewers 5", "--max-viewers");
        row("--headless=yes", "headless");
        row("--history -1", "from 0 to 1048576");
        row("--history 1048577", "from 0 to 1048576");
        row("--history 64M", "\"64M\"");
        row("--batch 1 --history 64", "--history is for");
        row("--max-cells 63", "63 are allowed"); // the universe it starts with has 8×8
        row("--max-cells 0", "from 1 to 4294967296");
        row("--max-cells 4294967297", "4294967297");
        row("--max-cells 63 --size 8x8", "63 are allowed");
        row("--max-cells 63 --rule B3/S23:T8,8", "63 are allowed");
        row("--rule B3/S23:P8,8", "--batch");
        row("--rule B3/S23:T8,8 --size 9x8", "two sizes");
        row("--soup 35,1", "--soup goes with --batch");
        row("--output x", "--output goes with --batch");
        row("--batch", "batch");
        row("--batch -1", "\"-1\"");
        row("--batch 1.5", "\"1.5\"");
        row("--batch 9223372036854775808", "9223372036854775807");
        row("--batch 1 a b", "\"b\"");
        row("--batch 1 a --soup 35,1", "not with both");
        row("--batch 1 --soup 35", "--soup: ");
        row("--batch 1 --port 8000", "--port is for");
        row("--batch 1 --headless", "--headless is for");
        row("--batch 1 --output=", "--output");
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
