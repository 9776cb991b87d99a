#include "tests/server/RawClient.h"
#include "tests/server/TestViewer.h"

#include <QDir>
#include <QHostAddress>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#endif

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

/// The program in a process of its own, with settings and logs of its own.
class Program
{
public:
    /// `beforeStart` runs in the new process (only on Unix).
    explicit Program(const QTemporaryDir &home, const QStringList &arguments,
                     [[maybe_unused]] const std::function<void()> &beforeStart = {})
    {
#ifdef Q_OS_UNIX
        m_process.setChildProcessModifier(beforeStart);
#endif
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
        environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"data"_s));
        m_process.setProcessEnvironment(environment);
        m_process.start(qEnvironmentVariable("CONWAY_BIN"), arguments);
        m_process.waitForStarted();
    }
    ~Program()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    Q_DISABLE_COPY_MOVE(Program)

    /// Its address, once it listens.
    [[nodiscard]] QString address()
    {
        const bool told = QTest::qWaitFor(
            [this] {
                m_output += m_process.readAllStandardOutput();
                return m_output.contains('\n') || m_process.state() == QProcess::NotRunning;
            },
            30'000);
        return told ? QString::fromUtf8(m_output).section(u'\n', 0, 0).section(u' ', -1) : QString();
    }

    [[nodiscard]] QUrl stream()
    {
        return QUrl(address().replace(u"http:"_s, u"ws:"_s) + u"ws"_s);
    }

    [[nodiscard]] bool ends()
    {
        return QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, 30'000);
    }
    [[nodiscard]] int exitCode() const
    {
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    [[nodiscard]] QString errors()
    {
        return QString::fromUtf8(m_process.readAllStandardError());
    }
    [[nodiscard]] QString output()
    {
        return QString::fromUtf8(m_output + m_process.readAllStandardOutput());
    }
    /// Its descriptors; none where the system does not tell.
    [[nodiscard]] qsizetype openFiles() const
    {
        return QDir(u"/proc/%1/fd"_s.arg(m_process.processId()))
            .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
            .count();
    }
    [[nodiscard]] QProcess &process()
    {
        return m_process;
    }

private:
    QProcess m_process;
    QByteArray m_output;
};

const QStringList kHeadless{u"--headless"_s, u"--bind"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s};

} // namespace

class TestProgram : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void aBadArgumentIsOneLineAndExit2()
    {
        Program program(*m_home, {u"--size"_s, u"0x0"_s});
        QVERIFY(program.ends());
        QCOMPARE(program.exitCode(), 2);
        const QString errors = program.errors();
        QCOMPARE(errors.count(u'\n'), 1);
        QVERIFY2(errors.startsWith(u"cybermesh-conway: --size: a universe of 0x0"), qPrintable(errors));
    }

    void whatWasTypedCannotBreakTheLine()
    {
        for (const QString &option : {u"--size"_s, u"--rule"_s, u"--bind"_s}) {
            Program program(*m_home, {option, u"1\n2"_s});
            QVERIFY(program.ends());
            QCOMPARE(program.exitCode(), 2);
            QCOMPARE(program.errors().count(u'\n'), 1);
        }
    }

    void aLogFileThatCannotBeIsABadArgument()
    {
        Program program(*m_home, kHeadless + QStringList{u"--log-file"_s, m_home->path()});
        QVERIFY(program.ends());
        QCOMPARE(program.exitCode(), 2);
        QVERIFY(program.errors().startsWith(u"cybermesh-conway: --log-file: no log file "));
    }

    void helpAndVersionGoToStdout()
    {
        Program help(*m_home, {u"--help"_s});
        QVERIFY(help.ends());
        QCOMPARE(help.exitCode(), 0);
        QVERIFY(help.output().contains(u"--headless"));
        Program version(*m_home, {u"--version"_s});
        QVERIFY(version.ends());
        QVERIFY(QRegularExpression(u"^cybermesh-conway \\d+\\.\\d+\\.\\d+\\n$"_s).match(version.output()).hasMatch());
    }

    void aTakenPortIsExit2WithTheReason()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        Program program(
            *m_home, {u"--headless"_s, u"--bind"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(other.serverPort())});
        QVERIFY(program.ends());
        QCOMPARE(program.exitCode(), 2);
        const QString errors = program.errors();
        QVERIFY2(errors.contains(
                     u"Cannot listen on 127.0.0.1:%1: another program is using this port."_s.arg(other.serverPort())),
                 qPrintable(errors));
        QVERIFY(errors.contains(u" is free: start with --port "));
    }

#ifdef Q_OS_UNIX
    void signalsEndItCleanly_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
    }
    void signalsEndItCleanly()
    {
        QFETCH(int, number);
        Program program(*m_home, kHeadless);
        const TestViewer viewer(program.stream());
        QTRY_VERIFY(viewer.tick >= 0);
        QCOMPARE(kill(static_cast<pid_t>(program.process().processId()), number), 0);
        QVERIFY(program.ends());
        QVERIFY2(program.exitCode() == 0, qPrintable(program.errors()));
        QTRY_COMPARE(viewer.socket.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    }

    void aStderrThatNobodyReadsStallsNothing()
    {
        int ends[2] = {};
        QCOMPARE(pipe(ends), 0);
        fcntl(ends[1], F_SETFL, O_NONBLOCK);
        while (write(ends[1], "x", 1) == 1) { // until it is full
        }
        fcntl(ends[1], F_SETFL, 0);
        Program program(*m_home, kHeadless, [end = ends[1]] { dup2(end, STDERR_FILENO); });
        TestViewer viewer(program.stream());
        QTRY_VERIFY(viewer.tick >= 0);
        viewer.send(u"reset"_s); // worth a line
        viewer.send(u"ping"_s);
        QTRY_VERIFY(!viewer.last(u"pong").isEmpty());
        program.process().terminate();
        QVERIFY(program.ends());
        QCOMPARE(program.exitCode(), 0);
        close(ends[0]);
        close(ends[1]);
    }

    void standardStreamsThatAreMissingAreMissed_data()
    {
        QTest::addColumn<bool>("isClosed");
        QTest::newRow("closed") << true;
        QTest::newRow("a pipe without a reader") << false;
    }
    void standardStreamsThatAreMissingAreMissed()
    {
        QFETCH(bool, isClosed);
        int ends[2] = {};
        QCOMPARE(pipe(ends), 0);
        close(ends[0]);
        // Its output is where this test learns the port from, so that is chosen here.
        QTcpServer place;
        QVERIFY(place.listen(QHostAddress::LocalHost));
        const quint16 port = place.serverPort();
        place.close();
        Program program(*m_home, {u"--headless"_s, u"--bind"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(port)},
                        [isClosed, end = ends[1]] {
                            for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
                                if (isClosed)
                                    close(stream);
                                else
                                    dup2(end, stream);
                            }
                        });
        close(ends[1]);
        const auto listens = [port] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, port);
            return socket.waitForConnected();
        };
        QTRY_VERIFY(listens());
        TestViewer viewer(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(port)));
        QTRY_VERIFY(viewer.tick >= 0);
        program.process().terminate();
        QVERIFY(program.ends());
        QCOMPARE(program.exitCode(), 0);
    }

    void moreConnectionsThanFilesAreAwaited()
    {
        constexpr int kFiles = 64;
        Program program(*m_home, kHeadless, [] {
            const rlimit few{kFiles, kFiles};
            setrlimit(RLIMIT_NOFILE, &few);
        });
        const QUrl url(program.address());
        std::vector<std::unique_ptr<RawClient>> crowd;
        for (int i = 0; i < 150; ++i)
            crowd.push_back(std::make_unique<RawClient>(static_cast<quint16>(url.port())));
        QString errors;
        qsizetype mostOpen = 0;
        // At most a line a second tells of pauses, and how many there were since the one before.
        const auto pauses = [&errors] {
            static const QRegularExpression kLine(u"limit reached: accepting, [^\\n(]*(?:\\((\\d+) times)?"_s);
            qsizetype count = 0;
            for (const auto &line : kLine.globalMatch(errors))
                count += line.hasCaptured(1) ? line.captured(1).toLongLong() : 1;
            return count;
        };
        QTRY_VERIFY((mostOpen = std::max(mostOpen, program.openFiles()), errors += program.errors(), pauses() >= 3));
        QVERIFY(mostOpen < kFiles); // the last one is nobody's: much else fails without
        crowd.clear();
        const auto hasPlaces = [&url] {
            RawClient client(static_cast<quint16>(url.port()));
            client.send("GET /healthz HTTP/1.1\r\nHost: " + url.authority().toLatin1() + "\r\n\r\n");
            client.socket.waitForReadyRead();
            return client.status() == 200;
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasPlaces(), 30'000); // those that left have to be noticed, some at a time
        const TestViewer viewer(program.stream());
        QTRY_VERIFY(viewer.tick >= 0);
    }

    void withoutADisplayItSaysWhatToDo()
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
            environment.remove(name);
        process.setProcessEnvironment(environment);
        process.start(qEnvironmentVariable("CONWAY_BIN"), QStringList());
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("--headless"));
    }
#endif

    void optionsReachTheUniverse()
    {
        Program program(*m_home, kHeadless + QStringList{u"--size"_s, u"12x5"_s, u"--rule"_s, u"B36/S23"_s,
                                                         u"--interval"_s, u"50"_s, u"--stopped"_s});
        TestViewer viewer(program.stream());
        QTRY_COMPARE(viewer.tick, 0);
        QCOMPARE(viewer.cells.width(), 12);
        QCOMPARE(viewer.cells.height(), 5);
        viewer.send(u"hello"_s);
        QTRY_VERIFY(!viewer.last(u"hello").isEmpty());
        QCOMPARE(viewer.last(u"hello")[u"rule"].toString(), u"B36/S23"_s);
        QCOMPARE(viewer.last(u"hello")[u"intervalMs"].toInt(), 50);
        QCOMPARE(viewer.last(u"hello")[u"running"].toBool(), false);
    }

    void logsWhereItIsTold()
    {
        const QString log = m_home->filePath(u"here.log"_s);
        Program program(*m_home, kHeadless + QStringList{u"--log-file"_s, log});
        QVERIFY(!program.address().isEmpty());
        QFile file(log);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("conway.server: listening on 127.0.0.1:"));
    }

    void withoutAWindowThePinStandsInTheLog()
    {
        const QString log = m_home->filePath(u"pin.log"_s);
        Program program(*m_home, kHeadless + QStringList{u"--pin"_s, u"470011"_s, u"--log-file"_s, log});
        QVERIFY(!program.address().isEmpty());
        QFile file(log);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("conway.app: viewers on other machines operate with the PIN 470011\n"));
    }

    void aConfiguredNameIsAnswered()
    {
        Program program(*m_home, kHeadless + QStringList{u"--name"_s, u"life.example.net"_s});
        const auto port = static_cast<quint16>(program.stream().port());
        const QByteArray hosts[] = {"life.example.net", "evil.example.net"};
        for (const QByteArray &host : hosts) {
            RawClient client(port);
            client.send("GET /healthz HTTP/1.1\r\nHost: " + host + ':' + QByteArray::number(port) + "\r\n\r\n");
            QTRY_COMPARE(client.status(), host.startsWith("life") ? 200 : 421);
        }
    }

    void aSecondStartRaisesTheFirstWindow()
    {
        const QStringList arguments{u"--bind"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s};
        Program first(*m_home, arguments);
        QVERIFY(first.address().startsWith(u"http://"));
        Program second(*m_home, arguments);
        QVERIFY(second.ends());
        QCOMPARE(second.exitCode(), 0);
        QVERIFY(second.output().contains(u"already running"));
        QCOMPARE(first.process().state(), QProcess::Running);
    }

#ifdef Q_OS_UNIX
    void aStartWhileTheFirstIsEndingTakesItsPlace()
    {
        const QStringList arguments{u"--bind"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s};
        Program first(*m_home, arguments + QStringList{u"--size"_s, u"256x256"_s});
        // A viewer that reads nothing keeps it for as long as Patience::close.
        const QUrl url = first.stream();
        RawClient deaf(static_cast<quint16>(url.port()));
        deaf.turnDeaf();
        deaf.send(RawClient::handshake(static_cast<quint16>(url.port())));
        TestViewer viewer(url);
        QTRY_VERIFY(viewer.tick >= 0);
        for (int snapshots = 1; snapshots < 12; ++snapshots) { // of 131 KB, more than the kernel keeps for a reader
            viewer.send(u"reset"_s);
            QTRY_VERIFY(viewer.count(u"full_state") > snapshots);
        }
        first.process().terminate();
        QTRY_COMPARE(viewer.socket.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
        QCOMPARE(first.process().state(), QProcess::Running);
        Program second(*m_home, arguments);
        QVERIFY(second.address().startsWith(u"http://"));
        QVERIFY(first.ends());
    }
#endif

    void aTakenPortDoesNotEndTheWindow()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        Program program(*m_home, {u"--bind"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(other.serverPort())});
        QString errors;
        QTRY_VERIFY_WITH_TIMEOUT((errors += program.errors()).contains(u"Cannot listen on"), 30'000);
        QCOMPARE(program.process().state(), QProcess::Running);
    }
};

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
