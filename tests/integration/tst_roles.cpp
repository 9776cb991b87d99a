#include "tests/server/AskedMetrics.h"
#include "tests/server/ServerFixture.h"
#include "tests/server/TestViewer.h"

using namespace conway;
using namespace Qt::StringLiterals;

/// Who may operate, over real sockets. The fixture's server takes nobody for its own machine.
class TestRoles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoOnlyWatchesCommandsNothing()
    {
        ServerFixture server = watched({LanAccess::Watch, {}});
        TestViewer viewer(server.url());
        QTRY_COMPARE(viewer.count(u"full_state"), 1);
        viewer.send(uR"({"cmd":"hello","id":1})"_s);
        QTRY_COMPARE(viewer.last(u"hello")[u"role"].toString(), u"watcher"_s);
        QCOMPARE(viewer.last(u"hello")[u"lan"].toString(), u"watch"_s);
        const QStringList commands{u"start"_s, u"step"_s, u"reset"_s, uR"({"cmd":"clear","id":7})"_s};
        for (const QString &command : commands)
            viewer.send(command);
        QTRY_COMPARE(viewer.count(u"error"), commands.size());
        QCOMPARE(viewer.last(u"error")[u"code"].toString(), u"read_only"_s);
        QCOMPARE(viewer.last(u"error")[u"id"].toInt(), 7);
        QVERIFY(!server.engine.state().running);
        QCOMPARE(server.engine.frame()->tick, 0U);
        // It is a viewer all the same.
        server.step();
        QTRY_COMPARE(viewer.tick, 1);
        viewer.send(u"ping"_s);
        QTRY_COMPARE(viewer.count(u"pong"), 1);
    }

    void nothingIsReadOfWhatAWatcherMayNotSay()
    {
        ServerFixture server = watched({LanAccess::Watch, {}});
        TestViewer viewer(server.url());
        QTRY_COMPARE(viewer.count(u"full_state"), 1);
        viewer.send(uR"({"cmd":"stamp","x":0,"y":0,"rle":"?","id":1})"_s);
        QTRY_COMPARE(viewer.last(u"error")[u"code"].toString(), u"read_only"_s);
        QCOMPARE(viewer.last(u"error")[u"id"].toInt(), 1);
        // And refused or not, it counts for what it is.
        for (int i = 0; i < 30; ++i)
            viewer.send(uR"({"cmd":"load","rle":"?"})"_s);
        QTRY_COMPARE(viewer.last(u"error")[u"code"].toString(), u"rate_limited"_s);
        QTRY_COMPARE(viewer.socket.closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
    }

    void theLocalMachineAlwaysOperates()
    {
        ServerFixture server(gliderUniverse(8, 8));
        server.server.setAccess({LanAccess::Watch, {}});
        TestViewer viewer(server.url());
        QTRY_COMPARE(viewer.count(u"full_state"), 1);
        viewer.send(u"step"_s);
        QTRY_COMPARE(viewer.tick, 1);
    }

    void aChangeReachesEverybodyAtOnce()
    {
        ServerFixture server = watched({});
        TestViewer viewer(server.url());
        QTRY_COMPARE(viewer.count(u"full_state"), 1);
        viewer.send(u"hello"_s);
        QTRY_COMPARE(viewer.last(u"hello")[u"role"].toString(), u"operator"_s);
        TestViewer silent(server.url());
        QTRY_COMPARE(silent.count(u"full_state"), 1);
        server.server.setAccess({LanAccess::Watch, {}});
        QTRY_COMPARE(viewer.last(u"role")[u"role"].toString(), u"watcher"_s);
        viewer.send(u"step"_s);
        QTRY_COMPARE(viewer.last(u"error")[u"code"].toString(), u"read_only"_s);
        server.server.setAccess({LanAccess::Operate, {}});
        QTRY_COMPARE(viewer.last(u"role")[u"role"].toString(), u"operator"_s);
        viewer.send(u"step"_s);
        QTRY_COMPARE(viewer.tick, 1);
        // Who has not said hello hears nothing of it.
        QTRY_COMPARE(silent.tick, 1);
        QCOMPARE(silent.count(u"role"), 0);
    }

    void thePinMakesAnOperator()
    {
        ServerFixture server = watched({LanAccess::Pin, u"24680"_s});
        TestViewer viewer(server.url());
        QTRY_COMPARE(viewer.count(u"full_state"), 1);
        viewer.send(u"hello"_s);
        QTRY_COMPARE(viewer.last(u"hello")[u"role"].toString(), u"watcher"_s);
        viewer.send(uR"({"cmd":"pin","pin":"24681","id":1})"_s);
        QTRY_COMPARE(viewer.last(u"error")[u"code"].toString(), u"wrong_pin"_s);
        QCOMPARE(viewer.last(u"error")[u"id"].toInt(), 1);
        viewer.send(uR"({"cmd":"pin","pin":"24680","id":2})"_s);
        QTRY_COMPARE(viewer.last(u"role")[u"role"].toString(), u"operator"_s);
        QCOMPARE(viewer.last(u"ack")[u"id"].toInt(), 2);
        viewer.send(u"step"_s);
        QTRY_COMPARE(viewer.tick, 1);
        // It is this viewer's alone.
        TestViewer other(server.url());
        QTRY_COMPARE(other.count(u"full_state"), 1);
        other.send(u"step"_s);
        QTRY_COMPARE(other.last(u"error")[u"code"].toString(), u"read_only"_s);

        // Another PIN, and the old one is worth nothing.
        server.server.setAccess({LanAccess::Pin, u"11223"_s});
        QTRY_COMPARE(viewer.last(u"role")[u"role"].toString(), u"watcher"_s);
        viewer.send(u"step"_s);
        QTRY_COMPARE(viewer.last(u"error")[u"code"].toString(), u"read_only"_s);
        QCOMPARE(server.engine.frame()->tick, 1U);
    }

    void guessingPauses()
    {
        ServerFixture server = watched({LanAccess::Pin, u"24680"_s});
        TestViewer viewer(server.url());
        QTRY_COMPARE(viewer.count(u"full_state"), 1);
        for (int i = 0; i < limits::kPinTries + 1; ++i)
            viewer.send(uR"({"cmd":"pin","pin":"0000"})"_s);
        QTRY_COMPARE(viewer.count(u"error"), limits::kPinTries + 1);
        QCOMPARE(viewer.last(u"error")[u"code"].toString(), u"pin_paused"_s);
        QVERIFY(viewer.last(u"error")[u"retryAfterSeconds"].toInt() > 0);
        // Not even the right one, and not on another connection either.
        TestViewer again(server.url());
        QTRY_COMPARE(again.count(u"full_state"), 1);
        again.send(uR"({"cmd":"pin","pin":"24680"})"_s);
        QTRY_COMPARE(again.last(u"error")[u"code"].toString(), u"pin_paused"_s);
        QCOMPARE(timesReached(server, "pin_tries"), 2);
    }

    void whereNoneIsWantedNoPinIsTried()
    {
        ServerFixture server = watched({LanAccess::Watch, u"24680"_s});
        TestViewer viewer(server.url());
        QTRY_COMPARE(viewer.count(u"full_state"), 1);
        viewer.send(uR"({"cmd":"pin","pin":"24680"})"_s);
        QTRY_COMPARE(viewer.last(u"error")[u"code"].toString(), u"no_pin_wanted"_s);
    }

private:
    static ServerFixture watched(const AccessSetting &access)
    {
        ServerConfig config;
        config.bind = QHostAddress::LocalHost;
        config.trustsLocalMachine = false;
        config.access = access;
        return ServerFixture(gliderUniverse(8, 8), config);
    }
};

int main(int argc, char **argv)
{
    return runOnServerLoop<TestRoles>(argc, argv);
}

#include "tst_roles.moc"
