#include "server/Limits.h"
#include "tests/server/AskedMetrics.h"
#include "tests/server/RawClient.h"
#include "tests/server/ServerFixture.h"
#include "tests/server/TestViewer.h"

#include <QRegularExpression>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <vector>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The JSON stream over real sockets.
class TestStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstComesTheWholeThenTheChanges()
    {
        ServerFixture fixture;
        const TestViewer viewer(fixture.url());
        QTRY_COMPARE(viewer.messages.size(), 1);
        QCOMPARE(viewer.typeAt(0), u"full_state"_s);
        QVERIFY(viewer.cells == fixture.engine.frame()->cells);
        fixture.step();
        QTRY_COMPARE(viewer.messages.size(), 2);
        QCOMPARE(viewer.typeAt(1), u"delta"_s);
        QCOMPARE(viewer.tick, 1);
        QVERIFY(viewer.cells == fixture.engine.frame()->cells);
    }

    void aStillWorldSendsEmptyDeltas()
    {
        ServerFixture fixture(CellGrid(4, 4));
        const TestViewer viewer(fixture.url());
        QTRY_COMPARE(viewer.messages.size(), 1);
        fixture.step();
        QTRY_COMPARE(viewer.messages.size(), 2);
        QVERIFY(viewer.messages[1][u"deltas"].isArray());
        QVERIFY(viewer.messages[1][u"deltas"].toArray().isEmpty());
    }

    void viewersThatJoinAtDifferentTimesSeeTheSame()
    {
        ServerFixture fixture(gliderUniverse(16, 9));
        std::vector<std::unique_ptr<TestViewer>> viewers;
        for (int i = 0; i < 12; ++i) {
            viewers.push_back(std::make_unique<TestViewer>(fixture.url()));
            if (i % 3 == 0)
                fixture.engine.edit({{i, 1, true}, {i, 2, true}, {i, 3, true}}, u"test"_s);
            QTRY_VERIFY(viewers.back()->tick >= 0);
            fixture.step();
        }
        for (int i = 0; i < 30; ++i)
            fixture.step();
        for (const auto &viewer : viewers) {
            QTRY_COMPARE(viewer->tick, static_cast<qint64>(fixture.engine.frame()->tick));
            QVERIFY(viewer->cells == fixture.engine.frame()->cells);
        }
    }

    void aViewerThatJoinsBetweenTwoFramesMissesNothing()
    {
        // The brief's server crashed here: a client came while it was broadcasting.
        ServerFixture fixture;
        std::vector<std::unique_ptr<TestViewer>> viewers;
        for (int i = 0; i < 50; ++i) {
            viewers.push_back(std::make_unique<TestViewer>(fixture.url()));
            QCoreApplication::processEvents();
            fixture.step();
        }
        for (const auto &viewer : viewers) {
            QTRY_COMPARE(viewer->tick, 50);
            QVERIFY(viewer->cells == fixture.engine.frame()->cells);
            QCOMPARE(viewer->count(u"full_state"), 1);
        }
    }

    void resetReachesEverybody()
    {
        ServerFixture fixture;
        TestViewer first(fixture.url());
        const TestViewer second(fixture.url());
        QTRY_COMPARE(first.tick, 0);
        QTRY_COMPARE(second.tick, 0);
        fixture.step();
        QTRY_COMPARE(second.tick, 1);
        first.send(u"reset"_s);
        QTRY_COMPARE(second.count(u"full_state"), 2);
        QTRY_COMPARE(first.count(u"full_state"), 2);
        QCOMPARE(second.tick, 0);
        QVERIFY(second.cells == gliderUniverse(8, 8));
        QVERIFY(first.cells == second.cells);
    }

    void startAndStopWorkForEverybodyAndTwice()
    {
        ServerFixture fixture;
        TestViewer viewer(fixture.url());
        const TestViewer other(fixture.url());
        QTRY_COMPARE(other.tick, 0);
        QTRY_COMPARE(viewer.tick, 0);
        viewer.send(u"{\"cmd\":\"speed\",\"intervalMs\":10}"_s);
        viewer.send(u"start"_s);
        viewer.send(u"start"_s);
        QTRY_VERIFY(other.tick >= 5);
        viewer.send(u"stop"_s);
        viewer.send(u"{\"cmd\":\"stop\",\"id\":1}"_s);
        QTRY_VERIFY(!viewer.last(u"ack").isEmpty());
        QVERIFY(!fixture.engine.state().running);
        const qint64 tick = static_cast<qint64>(fixture.engine.frame()->tick);
        QTRY_COMPARE(other.tick, tick);
        // Consecutive: two starts did not make two loops.
        qint64 expected = 0;
        for (const QJsonObject &message : other.messages) {
            if (message[u"type"].toString() == u"delta")
                QCOMPARE(message[u"tick"].toInteger(), ++expected);
        }
        QCOMPARE(expected, tick);
    }

    void pingIsAnsweredAtOnce()
    {
        const ServerFixture fixture;
        TestViewer viewer(fixture.url());
        QTRY_COMPARE(viewer.messages.size(), 1);
        viewer.send(u"ping"_s);
        QTRY_COMPARE(viewer.messages.size(), 2);
        QCOMPARE(viewer.messages[1], (QJsonObject{{u"type"_s, u"pong"_s}, {u"tick"_s, 0}}));
        viewer.send(u"{\"cmd\":\"ping\",\"t\":12.5}"_s);
        QTRY_COMPARE(viewer.messages.size(), 3);
        QCOMPARE(viewer.messages[2][u"t"].toDouble(), 12.5);
    }

    void nonsenseIsAnsweredAndForgiven()
    {
        ServerFixture fixture;
        TestViewer viewer(fixture.url());
        QTRY_COMPARE(viewer.messages.size(), 1);
        const std::pair<QString, QString> cases[] = {
            {u"explode"_s, u"unknown_command"_s},
            {u"{\"cmd\""_s, u"bad_json"_s},
            {u"{\"cmd\":7}"_s, u"bad_field"_s},
            {u"{\"cmd\":\"edit\",\"cells\":[[8,8,1]]}"_s, u"bad_field"_s},
        };
        qsizetype messages = 1;
        for (const auto &[text, code] : cases) {
            viewer.send(text);
            ++messages;
            QTRY_COMPARE(viewer.messages.size(), messages);
            QCOMPARE(viewer.messages.last()[u"type"].toString(), u"error"_s);
            QCOMPARE(viewer.messages.last()[u"code"].toString(), code);
        }
        viewer.socket.sendBinaryMessage("binary");
        ++messages;
        QTRY_COMPARE(viewer.messages.size(), messages);
        QCOMPARE(viewer.messages.last()[u"code"].toString(), u"binary_not_supported"_s);
        fixture.step();
        QTRY_COMPARE(viewer.tick, 1);
    }

    void editsReachEverybody()
    {
        ServerFixture fixture;
        TestViewer viewer(fixture.url());
        const TestViewer other(fixture.url());
        QTRY_COMPARE(viewer.tick, 0);
        QTRY_COMPARE(other.tick, 0);
        viewer.send(u"{\"cmd\":\"edit\",\"cells\":[[0,0,1],[7,7,1]],\"id\":5}"_s);
        QTRY_VERIFY(other.cells.alive(7, 7));
        QCOMPARE(other.typeAt(1), u"delta"_s);
        QCOMPARE(other.tick, 0);
        QTRY_COMPARE(viewer.last(u"ack")[u"id"].toInt(), 5);
    }

    void eventsComeOnlyToThoseWhoSaidHello()
    {
        ServerFixture fixture;
        TestViewer modern(fixture.url());
        const TestViewer plain(fixture.url());
        QTRY_COMPARE(modern.messages.size(), 1);
        QTRY_COMPARE(plain.messages.size(), 1);
        modern.send(u"{\"cmd\":\"hello\",\"id\":1}"_s);
        QTRY_VERIFY(!modern.last(u"stats").isEmpty());
        QCOMPARE(modern.last(u"hello")[u"running"].toBool(), false);
        QCOMPARE(modern.last(u"hello")[u"version"].toString(), u"0.0.0-test"_s);
        QCOMPARE(modern.last(u"hello")[u"id"].toInt(), 1);
        modern.send(u"start"_s);
        QTRY_COMPARE(modern.last(u"state")[u"cause"].toString(), u"start"_s);
        QCOMPARE(modern.last(u"state")[u"by"].toString(), u"127.0.0.1"_s);
        QCOMPARE(modern.last(u"state")[u"running"].toBool(), true);
        // Once a second, also without a tick in between.
        QTRY_VERIFY(modern.count(u"stats") >= 2);
        QCOMPARE(modern.last(u"stats")[u"viewers"].toInt(), 2);
        for (const QJsonObject &message : plain.messages)
            QVERIFY(message[u"type"].toString() == u"full_state" || message[u"type"].toString() == u"delta");
    }

    void manyChangesOfStateAreToldAsTwo()
    {
        ServerFixture fixture;
        TestViewer viewer(fixture.url());
        QTRY_COMPARE(viewer.messages.size(), 1);
        viewer.send(u"hello"_s);
        QTRY_VERIFY(!viewer.last(u"hello").isEmpty());
        for (int i = 0; i < 100; ++i)
            fixture.engine.setInterval(100 + i, u"test"_s);
        QTRY_COMPARE(viewer.last(u"state")[u"intervalMs"].toInt(), 199);
        QCOMPARE(viewer.count(u"state"), 2); // the first at once, the last when all was said
    }

    void aUniverseTooLargeForJsonSaysSo()
    {
        const ServerFixture fixture{CellGrid(257, 256)};
        const TestViewer viewer(fixture.url());
        QTRY_COMPARE(viewer.socket.closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
        QCOMPARE(viewer.messages.size(), 1);
        QCOMPARE(viewer.messages[0][u"code"].toString(), u"too_large_for_json"_s);
        QVERIFY(viewer.messages[0][u"message"].toString().contains(u"conway.v2"));
        QCOMPARE(timesReached(fixture, "json_cells"), 1);
        QCOMPARE(viewersCut(fixture, "too_large_for_json"), 1);
    }

    void oversizedMessagesAreClosedWith1009_data()
    {
        QTest::addColumn<QByteArray>("frames");
        const auto limit = static_cast<qsizetype>(limits::kMessageBytes);
        QTest::newRow("one frame") << RawClient::frame('\x81', QByteArray(limit + 1, 'x'));
        QTest::newRow("much more") << RawClient::frame('\x81', QByteArray(20 * limit, 'x'));
        QTest::newRow("fragments") << RawClient::frame('\x01', QByteArray(limit, 'x')) + RawClient::frame('\x80', "y");
        QTest::newRow("binary") << RawClient::frame('\x82', QByteArray(limit + 1, 'x'));
        QTest::newRow("announced") << RawClient::frame('\x81', QByteArray(limit + 1, 'x')).first(14);
    }
    void oversizedMessagesAreClosedWith1009()
    {
        QFETCH(QByteArray, frames);
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(RawClient::handshake(fixture.port));
        QTRY_VERIFY(client.received.contains("full_state"));
        client.send(frames);
        QTRY_COMPARE(client.closeCode(), 1009);
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(timesReached(fixture, "message_bytes"), 1);
        QCOMPARE(viewersCut(fixture, "message_too_big"), 1);
        QCOMPARE(viewersCut(fixture, "broken"), 0);
    }

    void whatGoesBeyondALimitIsCounted_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QByteArray>("limit");
        const auto row = [](const char *name, const QString &message, const QString &code, const QByteArray &limit) {
            QTest::newRow(name) << message << code << limit;
        };
        const QString edit = uR"({"cmd":"edit","cells":[%1]})"_s;
        const QString stamp = uR"({"cmd":"stamp","x":0,"y":0,"rle":"%1"})"_s;
        const QString load = uR"({"cmd":"load","rle":"%1"})"_s;
        const QString resize = uR"({"cmd":"resize","width":%1,"height":%1})"_s;
        const QStringList cells(limits::kEditCells + 1, u"[0,0,1]"_s);
        row("edit", edit.arg(cells.join(u',')), u"bad_field"_s, "edit_cells");
        row("stamp", stamp.arg(u"x = 1, y = 1\\n5000o4999$o!"_s), u"bad_pattern"_s, "universe_cells");
        row("points", stamp.arg(u"#Life 1.06\\n0 0\\n9999 9999\\n"_s), u"bad_pattern"_s, "universe_cells");
        row("announced", stamp.arg(u"x = 5000, y = 5000\\no!"_s), u"bad_pattern"_s, "universe_cells");
        row("load", load.arg(u"x = 1, y = 1, rule = B3/S23:T5000,5000\\no!"_s), u"bad_pattern"_s, "universe_cells");
        row("resize", resize.arg(5'000), u"bad_field"_s, "universe_cells");
        row("edit of nothing", edit.arg(QString()), u"bad_field"_s, {});
        row("no pattern", stamp.arg(u"x = ?"_s), u"bad_pattern"_s, {});
        row("no size", resize.arg(0), u"bad_field"_s, {});
    }
    void whatGoesBeyondALimitIsCounted()
    {
        QFETCH(QString, message);
        QFETCH(QString, code);
        QFETCH(QByteArray, limit);
        const ServerFixture fixture;
        TestViewer viewer(fixture.url());
        QTRY_COMPARE(viewer.tick, 0);
        viewer.send(message);
        QTRY_COMPARE(viewer.count(u"error"), 1);
        QCOMPARE(viewer.last(u"error")[u"code"].toString(), code);
        for (const char *one : {"edit_cells", "universe_cells"})
            QCOMPARE(timesReached(fixture, one), limit == one ? 1 : 0);
    }

    void theLargestMessageIsRead()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(RawClient::handshake(fixture.port));
        QTRY_VERIFY(client.received.contains("full_state"));
        client.send(RawClient::frame('\x81', QByteArray(static_cast<qsizetype>(limits::kMessageBytes), 'x')));
        QTRY_VERIFY(client.received.contains("unknown_command"));
    }

    void textThatIsNotUtf8IsClosedWith1007()
    {
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(RawClient::handshake(fixture.port));
        QTRY_VERIFY(client.received.contains("full_state"));
        client.send(RawClient::frame('\x81', "\xff\xfe"));
        QTRY_COMPARE(client.closeCode(), 1007);
    }

    void floodsAreClosedWith1008_data()
    {
        QTest::addColumn<QByteArray>("frames");
        QTest::addColumn<QByteArray>("limit");
        const QByteArray messages = "messages_per_second";
        QTest::newRow("messages") << RawClient::frame('\x81', "ping").repeated(500) << messages;
        QTest::newRow("heavy ones") << RawClient::frame('\x81', "clear").repeated(60) << messages;
        QTest::newRow("fragments") << RawClient::frame('\x01', "p") + RawClient::frame('\x00', "p").repeated(500)
                                   << messages;
        QTest::newRow("pings") << RawClient::frame('\x89', QByteArray(120, 'x')).repeated(20'000) << messages;
        QTest::newRow("pongs") << RawClient::frame('\x8a', {}).repeated(400'000) << messages;
        QTest::newRow("bytes") << RawClient::frame('\x81', QByteArray(60'000, 'x')).repeated(30)
                               << "bytes_per_second"_ba;
    }
    void floodsAreClosedWith1008()
    {
        QFETCH(QByteArray, frames);
        QFETCH(QByteArray, limit);
        ServerFixture fixture;
        const TestViewer other(fixture.url());
        QTRY_COMPARE(other.tick, 0);
        RawClient client(fixture.port);
        client.send(RawClient::handshake(fixture.port));
        QTRY_VERIFY(client.received.contains("full_state"));
        client.send(frames);
        QTRY_VERIFY(client.received.contains("rate_limited") || client.isClosed());
        QTRY_COMPARE(fixture.stats.viewers.size(), 1);
        fixture.step();
        QTRY_COMPARE(other.tick, 1);
        QCOMPARE(timesReached(fixture, limit), 1);
        QCOMPARE(viewersCut(fixture, "rate_limited"), 1);
    }

    void anEngineThatIsBusyIsAskedForNoMore()
    {
        ServerFixture fixture;
        QList<Command> asked; // and none of it is done
        disconnect(&fixture.server, &Server::commanded, &fixture.engine, nullptr);
        connect(&fixture.server, &Server::commanded, this, [&](const Command &command) { asked += command; });
        constexpr int kRoom = limits::kCommandsWaiting / limits::kHeavyMessage;
        constexpr int kViewers = 4;
        constexpr int kEach = 20; // within a viewer's allowance
        static_assert(kViewers * kEach > kRoom);
        std::vector<std::unique_ptr<TestViewer>> viewers;
        for (int i = 0; i < kViewers; ++i) {
            viewers.push_back(std::make_unique<TestViewer>(fixture.url()));
            QTRY_COMPARE(viewers.back()->tick, 0);
            for (int id = 0; id < kEach; ++id)
                viewers.back()->send(uR"({"cmd":"clear","id":%1})"_s.arg(id));
            QTRY_COMPARE(viewers.back()->count(u"ack") + viewers.back()->count(u"error"), kEach);
        }
        QCOMPARE(asked.size(), kRoom);
        QCOMPARE(viewers.back()->last(u"error")[u"code"].toString(), u"busy"_s);
        QCOMPARE(viewers.back()->last(u"error")[u"id"].toInt(), kEach - 1);
        QCOMPARE(timesReached(fixture, "commands_waiting"), kViewers * kEach - kRoom);
        // Who only wants to know something is answered as always.
        viewers.back()->send(u"ping"_s);
        QTRY_COMPARE(viewers.back()->count(u"pong"), 1);
        // And when one is done there is room for one.
        fixture.engine.execute(asked.takeFirst());
        TestViewer late(fixture.url());
        QTRY_COMPARE(late.tick, 0);
        late.send(uR"({"cmd":"clear","id":1})"_s);
        late.send(uR"({"cmd":"start","id":2})"_s);
        QTRY_COMPARE(late.last(u"ack")[u"id"].toInt(), 1);
        QTRY_COMPARE(late.last(u"error")[u"id"].toInt(), 2);
    }

    void controlFramesAreAnsweredByTheProtocol()
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 3, 0)
        QTest::failOnWarning(QRegularExpression(u"device not open"_s));
#endif
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(RawClient::handshake(fixture.port));
        QTRY_VERIFY(client.received.contains("full_state"));
        client.send(RawClient::frame('\x89', "payload"));
        QTRY_VERIFY(client.received.contains("\x8a\x07payload"));
        client.send(RawClient::frame('\x88', QByteArray::fromHex("03e8")));
        QTRY_COMPARE(client.closeCode(), 1000);
        QTRY_VERIFY(client.isClosed());
    }

    void handshakesThatAreResetLeaveNobody()
    {
        // All in one turn of the server's event loop: it learns of the requests and of their end at the same time.
        ServerFixture fixture;
        const TestViewer other(fixture.url());
        QTRY_COMPARE(other.tick, 0);
        for (int i = 0; i < 8; ++i) {
            RawClient client(fixture.port);
            client.send(RawClient::handshake(fixture.port));
            client.reset();
        }
        fixture.step();
        QTRY_COMPARE(other.tick, 1);
        QTRY_COMPARE(fixture.stats.viewers.size(), 1);
        QCOMPARE(fixture.stats.viewersAccepted, 1);
    }

    void whoFloodsIsToldWhy()
    {
        // Still sending when the server has had enough: the reason must not be lost in a reset.
        const ServerFixture fixture;
        RawClient client(fixture.port);
        client.send(RawClient::handshake(fixture.port));
        QTRY_VERIFY(client.received.contains("full_state"));
        const QByteArray flood = RawClient::frame('\x81', "ping").repeated(1'000);
        client.turnDeaf();
        for (int i = 0; i < 50; ++i) {
            client.send(flood);
            QCoreApplication::processEvents();
        }
        client.hear();
        QTRY_VERIFY(client.isClosed());
        QVERIFY(client.received.contains("rate_limited"));
        QCOMPARE(client.closeCode(), 1008);
    }

    void comingAndGoingIsToldInFewLines()
    {
        static QStringList told;
        told.clear();
        const auto before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) {
            if (text.contains(u"viewer"))
                told.append(text);
        });
        const auto listen = qScopeGuard([before] { qInstallMessageHandler(before); });
        ServerFixture fixture;
        constexpr int kViewers = 200;
        for (int i = 1; i <= kViewers; ++i) {
            RawClient client(fixture.port);
            client.send(RawClient::handshake(fixture.port));
            QTRY_COMPARE(client.status(), 101);
        }
        // Some are told one by one, all are told.
        const auto all = [] {
            static const QRegularExpression kMore(u"^(\\d+) more"_s);
            qsizetype count = 0;
            for (const QString &line : std::as_const(told)) {
                const auto more = kMore.match(line);
                count += more.hasMatch() ? more.captured(1).toLongLong() : 1;
            }
            return count;
        };
        QTRY_COMPARE(all(), 2 * kViewers);
        QVERIFY(told.first().startsWith(u"viewer connected from 127.0.0.1, now 1"_s));
        QVERIFY2(told.size() < kViewers, qPrintable(QString::number(told.size())));
    }

    void statisticsTellWhoIsThere()
    {
        ServerFixture fixture;
        const TestViewer first(fixture.url());
        auto second = std::make_unique<TestViewer>(fixture.url());
        QTRY_COMPARE(first.tick, 0);
        QTRY_COMPARE(second->tick, 0);
        fixture.step();
        QTRY_COMPARE(fixture.stats.viewers.size(), 2);
        const ViewerInfo viewer = fixture.stats.viewers.first();
        QCOMPARE(viewer.address, u"127.0.0.1"_s);
        QVERIFY(viewer.connectedSince.secsTo(QDateTime::currentDateTimeUtc()) < 60);
        QCOMPARE(viewer.messagesSent, 2U);
        QVERIFY(viewer.bytesSent > 200);
        QCOMPARE(fixture.stats.messagesSent, 4U);
        QTRY_VERIFY(fixture.stats.viewers.first().roundTrip.has_value());
        second.reset();
        QTRY_COMPARE(fixture.stats.viewers.size(), 1);
        QCOMPARE(fixture.stats.viewersAccepted, 2U);
        QCOMPARE(fixture.stats.messagesSent, 4U);
    }

    void aViewerThatAnswersNoPingIsDropped()
    {
        Patience patience;
        patience.ping = 1500ms;
        ServerFixture fixture(gliderUniverse(8, 8), patience);
        RawClient silent(fixture.port);
        silent.send(RawClient::handshake(fixture.port));
        const TestViewer answering(fixture.url());
        QTRY_COMPARE(fixture.stats.viewers.size(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.stats.viewers.size(), 1, 10'000);
        QTRY_VERIFY(silent.isClosed());
        QCOMPARE(timesReached(fixture, "ping_time"), 1);
        QCOMPARE(viewersCut(fixture, "silent"), 1);
        QCOMPARE(answering.socket.state(), QAbstractSocket::ConnectedState);
    }

    void aPongNobodyAskedForIsNoAnswer()
    {
        Patience patience;
        patience.ping = 1500ms;
        ServerFixture fixture(gliderUniverse(8, 8), patience);
        RawClient chatty(fixture.port);
        chatty.send(RawClient::handshake(fixture.port));
        QTimer talk;
        connect(&talk, &QTimer::timeout, this, [&] { chatty.send(RawClient::frame('\x8a', "1x")); });
        talk.start(50ms);
        QTRY_COMPARE(fixture.stats.viewers.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.stats.viewers.size(), 0, 10'000);
    }

    void hundredsOfViewersGetTheSameTick()
    {
        ServerFixture fixture;
        std::vector<std::unique_ptr<TestViewer>> viewers;
        for (int i = 0; i < 300; ++i)
            viewers.push_back(std::make_unique<TestViewer>(fixture.url()));
        const auto all = [&](qint64 tick) {
            return std::all_of(viewers.begin(), viewers.end(),
                               [tick](const auto &viewer) { return viewer->tick == tick; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(all(0), 30'000);
        fixture.step();
        QTRY_VERIFY_WITH_TIMEOUT(all(1), 30'000);
    }
};

int main(int argc, char **argv)
{
    return runOnServerLoop<TestStream>(argc, argv);
}

#include "tst_stream.moc"
