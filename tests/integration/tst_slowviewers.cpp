#include "server/Limits.h"
#include "server/Viewer.h"
#include "tests/server/AskedMetrics.h"
#include "tests/server/RawClient.h"
#include "tests/server/ServerFixture.h"
#include "tests/server/TestViewer.h"

#include <QTcpServer>

#include <memory>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A universe whose every generation changes most of it: alternating columns, flipped by hand.
QList<CellEdit> flipped(const CellGrid &cells)
{
    QList<CellEdit> edits;
    for (int y = 0; y < cells.height(); ++y) {
        for (int x = 0; x < cells.width(); ++x)
            edits.append({x, y, !cells.alive(x, y)});
    }
    return edits;
}

/// A viewer that stops reading after the handshake: what the kernel on both sides and Qt keep is all it takes.
class DeafViewer
{
public:
    explicit DeafViewer(const ServerFixture &fixture, const QByteArray &fields = {})
        : m_client(fixture.port)
    {
        m_client.turnDeaf();
        m_client.send(RawClient::handshake(fixture.port, fields));
    }

    /// Reads again, and everything.
    void listen() { m_client.hear(); }

    [[nodiscard]] RawClient &client() { return m_client; }

private:
    RawClient m_client;
};

/// The server's side of one viewer that reads nothing.
struct Refuser {
    Refuser()
    {
        server.listen(QHostAddress::LocalHost);
        client = std::make_unique<RawClient>(server.serverPort());
        client->turnDeaf();
        server.waitForNewConnection(5'000);
        viewer = std::make_unique<Viewer>(1, server.nextPendingConnection(), Patience(), counters, nullptr);
    }

    ServerCounters counters;
    QTcpServer server;
    std::unique_ptr<RawClient> client;
    std::unique_ptr<Viewer> viewer;
};

} // namespace

/// Viewers that do not keep up: they cost nobody anything, and come back in sync or go.
class TestSlowViewers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDeafViewerGetsNoMoreDeltasAndOthersGetAll()
    {
        ServerFixture fixture(CellGrid(100, 100));
        DeafViewer deaf(fixture);
        const TestViewer other(fixture.url());
        QTRY_COMPARE(fixture.stats.viewers.size(), 2);
        constexpr int kFlips = 20; // 300 KB each
        for (int i = 1; i <= kFlips; ++i) {
            fixture.engine.edit(flipped(fixture.engine.frame()->cells), u"test"_s);
            QTRY_COMPARE(other.messages.size(), i + 1); // and no snapshot: it kept up
        }
        QVERIFY(other.cells == fixture.engine.frame()->cells);
        QTRY_VERIFY(fixture.stats.viewers.size() == 2);
        const auto sentTo = [&](int i) { return fixture.stats.viewers[i].messagesSent; };
        QTRY_COMPARE(std::max(sentTo(0), sentTo(1)), static_cast<quint64>(kFlips + 1));
        QVERIFY(std::min(sentTo(0), sentTo(1)) < 10);
    }

    void aViewerThatCatchesUpGetsASnapshot()
    {
        ServerFixture fixture(CellGrid(100, 100));
        DeafViewer deaf(fixture);
        QTRY_COMPARE(fixture.stats.viewers.size(), 1);
        for (int i = 0; i < 15; ++i)
            fixture.engine.edit(flipped(fixture.engine.frame()->cells), u"test"_s);
        fixture.step();
        // The universe stands still now: the snapshot must come all the same, and hold the newest tick.
        deaf.listen();
        const auto lastSnapshot = [&] {
            const QByteArray &received = deaf.client().received;
            const qsizetype begin = received.lastIndexOf("{\"type\":\"full_state\"");
            return received.sliced(begin);
        };
        QTRY_VERIFY(lastSnapshot().startsWith("{\"type\":\"full_state\",\"tick\":1,"));
        QTRY_VERIFY(lastSnapshot().endsWith("\"size\":100}"));
    }

    void aStopIsNotLostOnWhoWasBehind()
    {
        ServerFixture fixture(CellGrid(100, 100));
        DeafViewer deaf(fixture);
        QTRY_COMPARE(fixture.stats.viewers.size(), 1);
        deaf.client().send(RawClient::frame('\x81', "hello"));
        QTRY_VERIFY(fixture.stats.viewers.first().messagesSent >= 3); // snapshot, hello, stats
        fixture.engine.start(u"test"_s);
        for (int i = 0; i < 15; ++i)
            fixture.engine.edit(flipped(fixture.engine.frame()->cells), u"test"_s);
        fixture.engine.stop(u"test"_s);
        deaf.listen();
        QTRY_VERIFY(deaf.client().received.contains("\"cause\":\"stop\""));
    }

    void whoStaysBehindIsClosedWith1013()
    {
        Patience patience;
        patience.behind = 500ms;
        patience.close = 1min; // until it hears
        ServerFixture fixture(CellGrid(100, 100), patience);
        DeafViewer deaf(fixture);
        const TestViewer other(fixture.url());
        QTRY_COMPARE(fixture.stats.viewers.size(), 2);
        for (int i = 1; i <= 15; ++i) {
            fixture.engine.edit(flipped(fixture.engine.frame()->cells), u"test"_s);
            QTRY_VERIFY(other.cells == fixture.engine.frame()->cells);
        }
        QTRY_COMPARE(viewersCut(fixture, "behind"), 1);
        QCOMPARE(timesReached(fixture, "behind_time"), 1);
        deaf.listen();
        QTRY_COMPARE(deaf.client().closeCode(), 1013);
        deaf.client().send(RawClient::frame('\x88', QByteArray::fromHex("03f5")));
        QTRY_COMPARE(fixture.stats.viewers.size(), 1);
        fixture.step();
        QTRY_COMPARE(other.tick, 1);
    }

    void viewsThatWereNotShownInTimeAreAnswered()
    {
        ServerFixture fixture(CellGrid(1024, 1024));
        DeafViewer deaf(fixture, "Sec-WebSocket-Protocol: conway.v2\r\n");
        QTRY_COMPARE(fixture.stats.viewers.size(), 1);
        for (quint64 seed = 0; seed < 15; ++seed)
            fixture.engine.fill({Soup::kFull / 2, seed}, u"test"_s); // 130 KB each
        for (int id = 1; id <= 3; ++id)
            deaf.client().send(RawClient::frame(
                '\x81', R"({"cmd":"view","level":%1,"id":%1})"_ba.replace("%1", QByteArray::number(id))));
        deaf.listen();
        const QByteArray &received = deaf.client().received;
        QTRY_VERIFY(received.contains(R"("id":3,"level":3)"));
        QVERIFY(received.contains(R"({"id":1,"type":"ack"})"));
        QVERIFY(received.contains(R"({"id":2,"type":"ack"})"));
        QVERIFY(!received.contains(R"({"id":3,"type":"ack"})"));
    }

    void whatWaitsNeverExceedsTheLimit()
    {
        const Refuser refuser;
        refuser.viewer->send(QByteArray(5 * 1024 * 1024, 'x'));
        // As large as what waits, so that it might join it; but both are more than a viewer may cost.
        QVERIFY(refuser.viewer->isBehind(5 * 1024 * 1024));
    }

    void aMessageMayJoinOneAsLarge()
    {
        const Refuser refuser;
        refuser.viewer->send(QByteArray(3 * 1024 * 1024, 'x'));
        QVERIFY(!refuser.viewer->isBehind(3 * 1024 * 1024));
        QVERIFY(refuser.viewer->isBehind(1024 * 1024));
    }

    void whoReadsNothingIsCutOff()
    {
        Refuser refuser;
        refuser.viewer->send(QByteArray(2 * limits::kUnsentBytes, 'x'));
        const QSignalSpy gone(refuser.viewer.get(), &Viewer::gone);
        refuser.client->send(RawClient::frame('\x89', "?"));
        QTRY_COMPARE(gone.count(), 1);
        QCOMPARE(refuser.counters.viewersCut["unsent"], 1U);
        QCOMPARE(refuser.counters.limits.count(Limit::UnsentBytes), 1U);
    }

    void whereTooMuchWaitsInAllOneIsBehindAtOnce()
    {
        Refuser refuser;
        refuser.viewer->send(QByteArray(3 * 1024 * 1024, 'x'));
        QVERIFY(!refuser.viewer->isBehind(3 * 1024 * 1024));
        refuser.counters.unsentBytes += limits::kUnsentBytesInAll; // of others
        QVERIFY(refuser.viewer->isBehind(3 * 1024 * 1024));
        QCOMPARE(refuser.counters.limits.count(Limit::UnsentBytesInAll), 1U);
    }

    void whoHasNothingWaitingIsNeverBehind()
    {
        Refuser keeper;
        keeper.counters.unsentBytes += limits::kUnsentBytesInAll + 1;
        QVERIFY(!keeper.viewer->isBehind(5 * 1024 * 1024));
    }

    void whereTooMuchWaitsInAllNothingMoreIsAsked()
    {
        Refuser refuser;
        refuser.viewer->send(QByteArray(3 * 1024 * 1024, 'x'));
        refuser.counters.unsentBytes += limits::kUnsentBytesInAll; // of others
        refuser.client->send(RawClient::frame('\x89', "?"));
        const auto *socket = refuser.viewer->findChild<QTcpSocket *>();
        QTRY_VERIFY(socket->bytesAvailable() > 0);
        QCOMPARE(refuser.counters.framesReceived, 0U);
        // It is heard when it has taken what waits.
        refuser.client->hear();
        QTRY_COMPARE(refuser.counters.framesReceived, 1U);
        QTRY_VERIFY(refuser.client->received.endsWith("\x8a\x01?"));
        QCOMPARE(refuser.counters.unsentBytes, limits::kUnsentBytesInAll);
    }
};

int main(int argc, char **argv)
{
    return runOnServerLoop<TestSlowViewers>(argc, argv);
}

#include "tst_slowviewers.moc"
