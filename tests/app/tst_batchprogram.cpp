#include "core/PatternFile.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#ifdef Q_OS_UNIX
#include <sys/stat.h>

#include <csignal>
#endif

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

struct Outcome {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
};

Outcome outcomeOf(QProcess &process)
{
    if (!process.waitForFinished(60'000))
        process.kill();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

} // namespace

/// --batch as a script uses it.
class TestBatchProgram : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    void start(QProcess &process, const QStringList &arguments)
    {
        process.setWorkingDirectory(m_home->path());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
            environment.remove(name); // it needs none of them
        process.setProcessEnvironment(environment);
        process.start(qEnvironmentVariable("CONWAY_BIN"), arguments);
        process.waitForStarted();
    }
    Outcome batch(const QStringList &arguments)
    {
        QProcess process;
        start(process, QStringList{u"--batch"_s} + arguments);
        return outcomeOf(process);
    }
    QByteArray content(const QString &name)
    {
        QFile file(m_home->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList files() { return QDir(m_home->path()).entryList(QDir::Files | QDir::Hidden); }
    void write(const QString &name, const QByteArray &text)
    {
        QFile file(m_home->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void printsOneLineOfJson()
    {
        const Outcome outcome = batch({u"32"_s});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(!outcome.errors.contains("generation"), outcome.errors); // it is over too soon
        QCOMPARE(outcome.output.count('\n'), 1);
        const QJsonObject json = outcome.json();
        QCOMPARE(json[u"generations"].toInt(), 32);
        QCOMPARE(json[u"population"].toInt(), 5);
        QCOMPARE(json[u"rule"].toString(), u"B3/S23:T8,8"_s);
        QVERIFY(json[u"seconds"].toDouble() > 0);
        QVERIFY(json[u"cellsPerSecond"].toDouble() > json[u"generationsPerSecond"].toDouble());
        QVERIFY(!json.contains(u"interrupted"));
        // 32 generations bring the glider back.
        QCOMPARE(json[u"stateHash"], batch({u"0"_s}).json()[u"stateHash"]);
        QVERIFY(json[u"stateHash"] != batch({u"31"_s}).json()[u"stateHash"]);
    }

    void whatIsWrittenCanGoOn()
    {
        // 70 generations at once are 30 and then 40 of what was written.
        const QStringList soup{u"--soup"_s, u"35,1"_s, u"--rule"_s, u"B36/S23:P131,67"_s};
        const Outcome whole = batch(QStringList{u"70"_s} + soup);
        QCOMPARE(batch(QStringList{u"30"_s, u"--output"_s, u"half.rle"_s} + soup).exitCode, 0);
        QVERIFY(
            content(u"half.rle"_s).startsWith("#CXRLE Pos=-65,-33 Gen=30\nx = 131, y = 67, rule = B36/S23:P131,67\n"));
        const Outcome rest = batch({u"40"_s, u"half.rle"_s});
        QCOMPARE(rest.json()[u"stateHash"], whole.json()[u"stateHash"]);
        QCOMPARE(rest.json()[u"rule"].toString(), u"B36/S23:P131,67"_s);
        QCOMPARE(files(), QStringList{u"half.rle"_s});
    }

    void noGenerationComesAfterTheLastNumber()
    {
        write(u"late.rle"_s, "#CXRLE Gen=18446744073709551614\nx = 3, y = 1, rule = B3/S23:T9,9\n3o!");
        QCOMPARE(batch({u"5"_s, u"late.rle"_s, u"--output"_s, u"later.rle"_s}).exitCode, 0);
        QVERIFY2(content(u"later.rle"_s).contains(" Gen=18446744073709551615\n"), content(u"later.rle"_s));
    }

    void theSuffixChoosesPlaintext()
    {
        QCOMPARE(batch({u"0"_s, u"--output"_s, u"glider.cells"_s}).exitCode, 0);
        QVERIFY(content(u"glider.cells"_s).contains("..O"));
        QCOMPARE(batch({u"0"_s, u"glider.cells"_s, u"--size"_s, u"8x8"_s}).json()[u"population"].toInt(), 5);
    }

    void badInputIsOneLineAndExit2_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("no file") << QStringList{u"1"_s, u"nowhere.rle"_s} << QByteArray("nowhere.rle");
        QTest::newRow("no pattern") << QStringList{u"1"_s, u"bad.rle"_s} << QByteArray("line 1");
        QTest::newRow("too large") << QStringList{u"1"_s, u"good.rle"_s, u"--size"_s, u"2x2"_s}
                                   << QByteArray("good.rle, line 1: a pattern of 3x1");
        QTest::newRow("no folder") << QStringList{u"1"_s, u"--output"_s, u"nowhere/out.rle"_s}
                                   << QByteArray("nowhere/out.rle");
        QTest::newRow("a folder") << QStringList{u"1"_s, u"--output"_s, u"."_s} << QByteArray("cannot write .");
        QTest::newRow("a line break") << QStringList{u"1"_s, u"no\nwhere"_s} << QByteArray("no where");
        QTest::newRow("no number") << QStringList{u"x"_s} << QByteArray("--batch");
    }
    void badInputIsOneLineAndExit2()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, named);
        write(u"bad.rle"_s, "x = 1, y = 1, rule = B9/S\no!");
        write(u"good.rle"_s, "x = 3, y = 1\n3o!");
        const Outcome outcome =
            batch(arguments + QStringList{u"--output"_s, u"out.rle"_s}.mid(arguments.contains(u"--output") ? 2 : 0));
        QCOMPARE(outcome.exitCode, 2);
        QCOMPARE(outcome.output, QByteArray());
        QCOMPARE(outcome.errors.count('\n'), 1);
        QVERIFY2(outcome.errors.startsWith("cybermesh-conway: ") && outcome.errors.contains(named), outcome.errors);
        QCOMPARE(files(), (QStringList{u"bad.rle"_s, u"good.rle"_s}));
    }

    void aLongRunTellsHowFarItIs()
    {
        QProcess process;
        start(process, {u"--batch"_s, u"9223372036854775807"_s});
        QByteArray errors;
        QTRY_VERIFY_WITH_TIMEOUT((errors += process.readAllStandardError()).contains('\n'), 30'000);
        QVERIFY2(errors.startsWith("generation "), errors);
        QVERIFY(errors.contains(" of 9223372036854775807, "));
        process.kill();
        process.waitForFinished();
    }

#ifdef Q_OS_UNIX
    void whatComesOutOfAPipeHasALimit()
    {
        QProcess process;
        start(process, {u"--batch"_s, u"0"_s, u"/dev/stdin"_s});
        process.write("!endless\n" + QByteArray(PatternLimits().maxBytes + 100'000, '.'));
        const Outcome outcome = outcomeOf(process);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.errors.contains("67108864"), outcome.errors);
    }

    void anOutputThatIsLostIsNoSuccess()
    {
        if (!QFile::exists(u"/dev/full"_s))
            QSKIP("there is no /dev/full");
        QProcess process;
        process.setStandardOutputFile(u"/dev/full"_s);
        start(process, {u"--batch"_s, u"1"_s});
        const Outcome outcome = outcomeOf(process);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.errors.contains("standard output"), outcome.errors);
    }

    void aPipeStaysOne()
    {
        // A file put in its place would take it from its reader; and a device, such as /dev/null, from everybody.
        const QString name = m_home->filePath(u"pipe"_s);
        QCOMPARE(mkfifo(QFile::encodeName(name).constData(), 0600), 0);
        QProcess reader;
        reader.start(u"cat"_s, {name});
        QCOMPARE(batch({u"0"_s, u"--output"_s, name}).exitCode, 0);
        reader.closeWriteChannel();
        const Outcome outcome = outcomeOf(reader);
        QVERIFY2(outcome.output.startsWith("#CXRLE") && outcome.output.endsWith("!\n"), outcome.output);
        struct stat now = {};
        QCOMPARE(stat(QFile::encodeName(name).constData(), &now), 0);
        QVERIFY(S_ISFIFO(now.st_mode));
    }

    void aSignalEndsItWhereItStands_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }
    void aSignalEndsItWhereItStands()
    {
        QFETCH(int, number);
        QProcess process;
        start(process, {u"--batch"_s, u"9223372036854775807"_s, u"--size"_s, u"9x7"_s, u"--output"_s, u"out.rle"_s});
        QByteArray errors;
        // Its first word is the sign that it computes, and listens to signals.
        QTRY_VERIFY_WITH_TIMEOUT((errors += process.readAllStandardError()).contains('\n'), 30'000);
        QCOMPARE(kill(static_cast<pid_t>(process.processId()), number), 0);
        const Outcome outcome = outcomeOf(process);
        QCOMPARE(outcome.exitCode, 0);
        const QJsonObject json = outcome.json();
        QCOMPARE(json[u"interrupted"].toBool(), true);
        const qint64 generations = json[u"generations"].toInteger();
        QVERIFY(generations > 0);
        QVERIFY(content(u"out.rle"_s).contains(QByteArray("Gen=" + QByteArray::number(generations) + '\n')));
        QCOMPARE(batch({u"0"_s, u"out.rle"_s}).json()[u"stateHash"], json[u"stateHash"]);
        // A glider on a torus is back after so many generations.
        const QString again = QString::number(generations % (4 * 9 * 7));
        QCOMPARE(batch({again, u"--size"_s, u"9x7"_s}).json()[u"stateHash"], json[u"stateHash"]);
    }
#endif
};

QTEST_GUILESS_MAIN(TestBatchProgram)
#include "tst_batchprogram.moc"
