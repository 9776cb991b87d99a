#include "core/ConwayEngine.h"
#include "server/LocalAddresses.h"
#include "server/ProcessUsage.h"
#include "server/Server.h"
#include "tests/server/Sanitized.h"
#include "tests/server/TestViewer.h"

#include <QCoreApplication>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

// A network of the test's own, whose only address comes and goes: a namespace of Linux, in which this program runs a
// second time.

namespace {

const QString kInside = u"--inside"_s;
const QString kAddress = u"10.9.8.7"_s;

bool runIp(const QStringList &arguments)
{
    return QProcess::execute(u"ip"_s, arguments) == 0;
}

bool giveAddress()
{
    return runIp({u"address"_s, u"add"_s, kAddress, u"dev"_s, u"lo"_s});
}

bool takeAddress()
{
    return runIp({u"address"_s, u"delete"_s, kAddress, u"dev"_s, u"lo"_s});
}

} // namespace

class InsideItsOwnNetwork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<ListenAddress>();
        qRegisterMetaType<ListenFailure>();
        // No address at all yet, and still something to say.
        QCOMPARE(reachableUrls(QHostAddress::AnyIPv4, 8000), QStringList(u"http://127.0.0.1:8000/"_s));
        QVERIFY(runIp({u"link"_s, u"set"_s, u"lo"_s, u"up"_s}));
    }

    void theServerIsThereWhenItComesBack()
    {
        ConwayEngine engine({gliderUniverse(8, 8), Rule()});
        ServerConfig config;
        config.bind = QHostAddress(kAddress);
        config.port = 8000;
        Server server(config, engine.frame(), engine.state());
        connect(&engine, &ConwayEngine::published, &server, &Server::publish);
        const QSignalSpy failed(&server, &Server::listenFailed);
        const QSignalSpy listening(&server, &Server::listening);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not have that address"_s));
        server.listen();
        QCOMPARE(failed.count(), 1);
        QVERIFY(giveAddress());
        server.listen();
        QCOMPARE(listening.count(), 1);

        const QUrl url(u"ws://%1:8000/ws"_s.arg(kAddress));
        const TestViewer viewer(url);
        QTRY_COMPARE(viewer.tick, 0);
        // Warm: what Qt and the allocator keep once for all is there.
        for (int i = 0; i < 100; ++i) {
            const TestViewer visitor(url);
            QTRY_COMPARE(visitor.tick, 0);
        }
        const qint64 memory = processUsage().residentBytes;
        QVERIFY(memory > 0);

        QVERIFY(takeAddress());
        for (int i = 0; i < 5; ++i)
            engine.step(u"test"_s);
        {
            const TestViewer stranger(url);
            QTRY_COMPARE(stranger.socket.state(), QAbstractSocket::UnconnectedState);
        }
        QCOMPARE(viewer.tick, 0);
        QVERIFY(giveAddress());
        // TCP sends again what was lost, and the same listening socket accepts.
        QTRY_COMPARE_WITH_TIMEOUT(viewer.tick, 5, 60'000);
        QVERIFY(viewer.cells == engine.frame()->cells);
        QCOMPARE(viewer.count(u"full_state"), 1);
        QCOMPARE(viewer.count(u"delta"), 5);
        {
            const TestViewer late(url);
            QTRY_COMPARE(late.tick, 5);
            QVERIFY(late.cells == viewer.cells);
        }
        if (!kIsSanitized) { // they keep what is freed
            const double now = static_cast<double>(processUsage().residentBytes) / static_cast<double>(memory);
            QVERIFY2(now <= 1.05, QByteArray::number(now).constData());
        }
    }
};

/// The listening address goes, and comes back.
class TestAddressGone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theServerSurvivesIt()
    {
        const auto inNetwork = [](const QStringList &command) { return QStringList{u"-rn"_s, u"--"_s} + command; };
        if (QProcess::execute(u"unshare"_s, inNetwork({u"ip"_s, u"link"_s})) != 0)
            QSKIP("No namespaces for this user, or no ip.");
        QProcess inside;
        inside.setProcessChannelMode(QProcess::MergedChannels);
        inside.start(u"unshare"_s, inNetwork({QCoreApplication::applicationFilePath(), kInside}));
        QVERIFY(inside.waitForFinished(120'000));
        QVERIFY2(inside.exitCode() == 0, inside.readAll().constData());
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().contains(kInside)) {
        InsideItsOwnNetwork test;
        return QTest::qExec(&test, QStringList(application.arguments().constFirst()));
    }
    TestAddressGone test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_addressgone.moc"
