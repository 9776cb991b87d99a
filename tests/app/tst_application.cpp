#include "app/Application.h"
#include "app/Desktop.h"
#include "app/Settings.h"
#include "tests/server/TestViewer.h"

#include <QAbstractButton>
#include <QAbstractEventDispatcher>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

ServerConfig anyPort()
{
    ServerConfig config;
    config.bind = QHostAddress::LocalHost;
    config.port = 0;
    return config;
}

Universe glider()
{
    return {gliderUniverse(8, 8), Rule()};
}

/// What a signal of another thread carried, collected on this one. (QSignalSpy would record on the other.)
template <class Value>
class Collected
{
public:
    template <class Sender>
    Collected(const Sender *sender, void (Sender::*signal)(const Value &))
    {
        QObject::connect(sender, signal, &m_here, [this](const Value &value) { m_values.append(value); });
    }

    [[nodiscard]] qsizetype count() const { return m_values.size(); }
    [[nodiscard]] const Value &first() const { return m_values.constFirst(); }
    [[nodiscard]] const Value &last() const { return m_values.constLast(); }

private:
    QObject m_here;
    QList<Value> m_values;
};

QUrl streamOf(const Collected<ListenAddress> &listening)
{
    return QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(listening.first().port));
}

} // namespace

/// Engine, server and window together, on the threads they have in the program.
class TestApplication : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"CyberMesh"_s);
        QCoreApplication::setApplicationName(u"test"_s);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    }

    void viewersSeeTheUniverseRun()
    {
        Application application(glider(), ConwayEngine::kMinInterval, anyPort());
        const Collected listening(application.server(), &Server::listening);
        application.start(false);
        QTRY_COMPARE(listening.count(), 1);
        const TestViewer viewer(streamOf(listening));
        QTRY_VERIFY(viewer.tick >= 10);
        QCOMPARE(viewer.cells.population(), 5);
        const QSignalSpy ended(&application, &Application::ended);
        application.end();
        application.end();
        QTRY_COMPARE(ended.count(), 1);
        QTRY_COMPARE(viewer.socket.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    }

    void theServerHasALoopForThousandsOfSockets()
    {
#ifndef Q_OS_LINUX
        QSKIP("Elsewhere it is Qt's own.");
#endif
        const Application application(glider(), ConwayEngine::kMinInterval, anyPort());
        const QThread *thread = application.server()->thread();
        QTRY_VERIFY(thread->eventDispatcher());
        QCOMPARE(thread->eventDispatcher()->metaObject()->className(), "conway::EpollLoop");
    }

    void startedStoppedItStandsUntilSomebodyStartsIt()
    {
        Application application(glider(), ConwayEngine::kMinInterval, anyPort());
        const Collected listening(application.server(), &Server::listening);
        application.start(true);
        QTRY_COMPARE(listening.count(), 1);
        TestViewer viewer(streamOf(listening));
        QTRY_COMPARE(viewer.tick, 0);
        viewer.send(u"step"_s);
        QTRY_COMPARE(viewer.tick, 1);
        viewer.send(u"start"_s);
        QTRY_VERIFY(viewer.tick >= 5);
    }

    void whatTheEngineHasDoneMakesRoom()
    {
        Application application(glider(), ConwayEngine::kMinInterval, anyPort());
        const Collected listening(application.server(), &Server::listening);
        application.start(true);
        QTRY_COMPARE(listening.count(), 1);
        constexpr int kEach = 20; // within a viewer's allowance
        int steps = 0;
        while (steps * limits::kHeavyMessage <= limits::kCommandsWaiting) {
            TestViewer viewer(streamOf(listening));
            QTRY_COMPARE(viewer.tick, steps);
            for (int i = 0; i < kEach; ++i)
                viewer.send(u"step"_s);
            steps += kEach;
            QTRY_COMPARE(viewer.tick, steps);
        }
    }

    void mayGoAtAnyMoment()
    {
        for (int i = 0; i < 10; ++i) {
            Application application(glider(), ConwayEngine::kMinInterval, anyPort());
            application.start(false);
            if (i % 2 == 0)
                QCoreApplication::processEvents();
        }
    }

    void aTakenPortDoesNotStopTheUniverse()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        ServerConfig config = anyPort();
        config.port = other.serverPort();
        Application application(glider(), ConwayEngine::kMinInterval, config);
        const Collected published(application.engine(), &ConwayEngine::published);
        const Collected failed(application.server(), &Server::listenFailed);
        const Collected listening(application.server(), &Server::listening);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"another program"_s));
        application.start(false);
        QTRY_COMPARE(failed.count(), 1);
        QTRY_VERIFY(published.count() >= 3);
        application.listen(failed.first().freePort);
        QTRY_COMPARE(listening.count(), 1);
    }

    void windowAndViewersSeeTheSameAndCommandTheSame()
    {
        Settings settings;
        Application application(glider(), 100, anyPort());
        const Collected listening(application.server(), &Server::listening);
        const QSignalSpy ended(&application, &Application::ended);
        Desktop desktop(application, settings);
        desktop.show(false);
        application.start(true);
        QTRY_COMPARE(listening.count(), 1);
        TestViewer viewer(streamOf(listening));
        QTRY_COMPARE(viewer.tick, 0);

        // The window's wish reaches the viewer, and its speed is remembered.
        Q_EMIT desktop.window().commanded({StepCommand{}, u"host"_s});
        QTRY_COMPARE(viewer.tick, 1);
        Q_EMIT desktop.window().commanded({SpeedCommand{50}, u"host"_s});
        QTRY_COMPARE(settings.intervalMs().value_or(0), 50);
        // A viewer's wish reaches everybody, and is not.
        viewer.send(u"{\"cmd\":\"speed\",\"intervalMs\":20,\"id\":1}"_s);
        viewer.send(u"start"_s);
        QTRY_VERIFY(viewer.tick >= 3);
        QCOMPARE(settings.intervalMs().value_or(0), 50);

        desktop.window().close();
        QTRY_COMPARE(ended.count(), 1);
        QTRY_COMPARE(viewer.socket.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    }

    void thePortTheUserChoseIsRemembered()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        ServerConfig config = anyPort();
        config.port = other.serverPort();
        Settings settings;
        Application application(glider(), 100, config);
        const Collected failed(application.server(), &Server::listenFailed);
        Desktop desktop(application, settings);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"another program"_s));
        application.start(true);
        QTRY_COMPARE(failed.count(), 1);
        const quint16 offered = failed.first().freePort;
        QVERIFY(settings.port().value_or(0) != offered);
        Q_EMIT desktop.window().listenRequested(offered);
        QTRY_COMPARE(settings.port().value_or(0), offered);
    }

    void whoMayOperateIsChosenInTheWindowAndRemembered()
    {
        Settings settings;
        ServerConfig config = anyPort();
        config.access.lan = LanAccess::Watch;
        Application application(glider(), 100, config);
        const Collected changed(application.server(), &Server::accessChanged);
        Desktop desktop(application, settings);
        application.start(true);
        QVERIFY(application.firstAccess().lan == LanAccess::Watch);
        auto *withPin = desktop.window().findChild<QAbstractButton *>("lanPin"_L1);
        auto *pin = desktop.window().findChild<QLineEdit *>("pin"_L1);
        QVERIFY(desktop.window().findChild<QAbstractButton *>("lanWatch"_L1)->isChecked());
        QVERIFY(!pin->isVisibleTo(&desktop.window()));

        withPin->click(); // there is no PIN yet: the server makes one
        QTRY_COMPARE(changed.count(), 1);
        QVERIFY(isPin(changed.first().pin));
        QTRY_COMPARE(pin->text(), changed.first().pin);
        QVERIFY(pin->isVisibleTo(&desktop.window()));
        QVERIFY(settings.access() == changed.first());

        desktop.window().findChild<QAbstractButton *>("newPin"_L1)->click();
        QTRY_COMPARE(changed.count(), 2);
        QVERIFY(isPin(changed.last().pin));
        QTRY_COMPARE(pin->text(), changed.last().pin);
        QVERIFY(settings.access() == changed.last());

        desktop.window().findChild<QAbstractButton *>("lanOperate"_L1)->click();
        QTRY_COMPARE(changed.count(), 3);
        QVERIFY(settings.access() == (AccessSetting{LanAccess::Operate, changed.last().pin}));
    }

    void whatTheCommandLineSaidAboutAccessIsNotRemembered()
    {
        Settings settings;
        settings.setAccess({LanAccess::Operate, {}});
        ServerConfig config = anyPort();
        config.access = {LanAccess::Pin, {}};
        Application application(glider(), 100, config);
        QVERIFY(isPin(application.firstAccess().pin));
        const Collected listening(application.server(), &Server::listening);
        Desktop desktop(application, settings);
        QCOMPARE(desktop.window().findChild<QLineEdit *>("pin"_L1)->text(), application.firstAccess().pin);
        application.start(true);
        QTRY_COMPARE(listening.count(), 1);
        QVERIFY(settings.access() == AccessSetting());
    }
};

QTEST_MAIN(TestApplication)
#include "tst_application.moc"
