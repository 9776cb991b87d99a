#include "core/Soup.h"
#include "server/Limits.h"
#include "tests/server/AskedMetrics.h"
#include "tests/server/BinaryViewer.h"
#include "tests/server/ServerFixture.h"
#include "tests/server/TestViewer.h"

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

constexpr Soup kSoup{Soup::kFull / 3, 1};

/// What a viewer sees of every frame of the engine's, in step.
#define TRY_IN_STEP(viewer, server)                                                                                    \
    QTRY_COMPARE((viewer).sequence(), static_cast<quint32>((server).engine.frame()->sequence));                        \
    QCOMPARE((viewer).faults, QByteArrayList());                                                                       \
    QVERIFY((viewer).holds((server).engine.frame()->cells))

} // namespace

/// The stream conway.v2 over a real socket, read by the strict decoder of tests/wire.
class TestBinaryStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void greetsWithHelloViewAndSnapshot()
    {
        ServerFixture server;
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        QCOMPARE(viewer.socket.subprotocol(), u"conway.v2"_s);
        QCOMPARE(viewer.order, (QStringList{u"hello"_s, u"view"_s, u"1"_s}));
        const QJsonObject hello = viewer.last(u"hello");
        QCOMPARE(hello[u"protocol"].toInt(), 2);
        QCOMPARE(hello[u"width"].toInt(), 8);
        QCOMPARE(hello[u"role"].toString(), u"operator"_s);
        QCOMPARE(viewer.view[u"level"].toInt(), 0);
        QCOMPARE(viewer.view[u"w"].toInt(), 8);
        QCOMPARE(viewer.frames[0].epoch, server.engine.frame()->epoch);
        TRY_IN_STEP(viewer, server);
    }

    void anotherSubprotocolIsTheJsonStream_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("another") << u"chat"_s;
        QTest::newRow("another spelling") << u"Conway.V2"_s; // RFC 6455 §4.1: the answer must be one of those asked for
    }
    void anotherSubprotocolIsTheJsonStream()
    {
        QFETCH(QString, name);
        ServerFixture server;
        QWebSocket socket;
        QStringList texts;
        connect(&socket, &QWebSocket::textMessageReceived, &socket, [&](const QString &text) { texts.append(text); });
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({name});
        socket.open(server.url(), options);
        QTRY_COMPARE(texts.size(), 1);
        QCOMPARE(socket.subprotocol(), QString());
        QVERIFY(texts[0].contains(u"full_state"_s));
    }

    void followsTickByTick_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("the brief's") << 8 << 8;
        QTest::newRow("one cell") << 1 << 1;
        QTest::newRow("odd") << 257 << 130;
        QTest::newRow("nine tiles") << 300 << 300;
    }
    void followsTickByTick()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        ServerFixture server(kSoup.universe(width, height));
        BinaryViewer viewer(server.url());
        BinaryViewer other(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        QTRY_COMPARE(other.frames.size(), 1);
        for (int i = 0; i < 20; ++i) {
            server.step();
            TRY_IN_STEP(viewer, server);
            TRY_IN_STEP(other, server);
        }
        QCOMPARE(viewer.count(2), 20);
        QCOMPARE(viewer.frames.last().generation, 20U);
        QCOMPARE(viewer.frames.last().population, server.engine.frame()->population);
        QCOMPARE(viewer.frames.last().flags, 0);
    }

    void aGliderIsSmall()
    {
        ServerFixture server;
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        for (int i = 0; i < 40; ++i)
            server.step();
        TRY_IN_STEP(viewer, server);
        constexpr qsizetype kWebSocketHead = 2;
        QVERIFY2(viewer.largestDelta + kWebSocketHead <= 64, qPrintable(QString::number(viewer.largestDelta)));
    }

    void aNewEpochBringsASnapshot()
    {
        ServerFixture server(kSoup.universe(300, 200));
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        server.step();
        viewer.send(u"reset"_s);
        QTRY_COMPARE(viewer.count(1), 2);
        TRY_IN_STEP(viewer, server);
        QCOMPARE(viewer.frames.last().generation, 0U);

        // Another size is another view, told before its first frame.
        viewer.order.clear();
        viewer.send(uR"({"cmd":"resize","width":500,"height":10,"id":1})"_s);
        QTRY_COMPARE(viewer.count(1), 3);
        TRY_IN_STEP(viewer, server);
        QVERIFY(viewer.order.indexOf(u"view"_s) < viewer.order.indexOf(u"1"_s));
        QVERIFY(viewer.order.contains(u"view"_s));
        QCOMPARE(viewer.view[u"w"].toInt(), 500);
        QCOMPARE(viewer.view[u"h"].toInt(), 10);
    }

    void editsOfAllKindsArrive()
    {
        ServerFixture server(kSoup.universe(300, 200));
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        const QStringList commands{
            uR"({"cmd":"edit","cells":[[0,0,1],[299,199,1]],"id":0})"_s,
            uR"({"cmd":"stamp","rle":"bob$2bo$3o!","x":290,"y":190,"mode":"copy","id":1})"_s,
            uR"({"cmd":"random","density":0.5,"seed":3,"id":2})"_s,
            uR"({"cmd":"clear","id":3})"_s,
            uR"({"cmd":"undo","id":4})"_s,
            uR"({"cmd":"redo","id":5})"_s,
            uR"({"cmd":"load","rle":"x = 3, y = 3, rule = B36/S23:T40,30\nbob$2bo$3o!","id":6})"_s,
            uR"({"cmd":"rule","rule":"B3/S23","id":7})"_s,
            uR"({"cmd":"step","id":8})"_s,
            uR"({"cmd":"back","id":9})"_s,
            uR"({"cmd":"goto","generation":1,"id":10})"_s,
            uR"({"cmd":"goto","generation":2,"id":11})"_s, // where it has never been
        };
        for (qsizetype i = 0; i < commands.size(); ++i) {
            viewer.send(commands[i]);
            QTRY_COMPARE(viewer.last(u"ack")[u"id"].toInt(-1), static_cast<int>(i));
            TRY_IN_STEP(viewer, server);
        }
        QCOMPARE(server.engine.state().width, 40);
        QCOMPARE(server.engine.frame()->generation, 1U);
    }

    void aViewIsWhatOneGets()
    {
        ServerFixture server(kSoup.universe(1000, 700));
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        viewer.send(uR"({"cmd":"view","level":0,"x":130,"y":300,"w":10,"h":200,"id":5})"_s);
        QTRY_COMPARE(viewer.view[u"id"].toInt(), 5);
        // Grown to whole tiles.
        QCOMPARE(viewer.view[u"x"].toInt(), 128);
        QCOMPARE(viewer.view[u"y"].toInt(), 256);
        QCOMPARE(viewer.view[u"w"].toInt(), 128);
        QCOMPARE(viewer.view[u"h"].toInt(), 256);
        for (int i = 0; i < 5; ++i)
            server.step();
        TRY_IN_STEP(viewer, server);
        QCOMPARE(viewer.frames.last().tileCount, 2);

        // A move at the same level brings the tiles that were not held, and no more.
        viewer.send(uR"({"cmd":"view","level":0,"x":130,"y":300,"w":150,"h":300,"id":6})"_s);
        QTRY_COMPARE(viewer.count(3), 1);
        QCOMPARE(viewer.frames.last().tileCount, 4);
        QVERIFY(viewer.holds(server.engine.frame()->cells));
        server.step();
        TRY_IN_STEP(viewer, server);
        QCOMPARE(viewer.count(1), 1);

        // Back to where it was: nothing is missing, so nothing but the answer comes.
        const qsizetype before = viewer.frames.size();
        viewer.send(uR"({"cmd":"view","level":0,"x":130,"y":300,"w":10,"h":200,"id":7})"_s);
        QTRY_COMPARE(viewer.view[u"id"].toInt(), 7);
        server.step();
        TRY_IN_STEP(viewer, server);
        QCOMPARE(viewer.frames.size(), before + 1);
    }

    void zoomedOutOneSeesDensities()
    {
        ServerFixture server(kSoup.universe(3000, 2000));
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        QCOMPARE(viewer.view[u"level"].toInt(), 2); // 1024×1024 values hold 3000×2000 cells at 4×4 each
        for (int i = 0; i < 3; ++i)
            server.step();
        QTRY_COMPARE(viewer.sequence(), static_cast<quint32>(server.engine.frame()->sequence));
        QCOMPARE(viewer.faults, QByteArrayList());
        QCOMPARE(viewer.count(1), 1);
        const CellGrid &cells = server.engine.frame()->cells;
        for (int y = 0; y < 500; y += 7) {
            for (int x = 0; x < 750; x += 3) {
                int living = 0;
                for (int i = 0; i < 16; ++i)
                    living += cells.alive(4 * x + i % 4, 4 * y + i / 4) ? 1 : 0;
                QCOMPARE(viewer.decoder.value(x, y), (15 * living + 15) / 16);
            }
        }
        viewer.send(uR"({"cmd":"view","level":0,"x":0,"y":0,"w":100,"h":100})"_s);
        QTRY_COMPARE(viewer.count(1), 2);
        TRY_IN_STEP(viewer, server);
    }

    void viewsThatCannotBeAreRefused()
    {
        ServerFixture server(CellGrid(8000, 2000));
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        viewer.send(uR"({"cmd":"view","level":0,"id":1})"_s); // 16 million values
        QTRY_COMPARE(viewer.last(u"error")[u"id"].toInt(), 1);
        QCOMPARE(viewer.last(u"error")[u"code"].toString(), u"bad_field"_s);
        QVERIFY(viewer.last(u"error")[u"message"].toString().contains(QString::number(limits::kViewValues)));
        viewer.send(uR"({"cmd":"view","x":8000,"y":0,"w":5,"h":5,"id":2})"_s);
        QTRY_COMPARE(viewer.last(u"error")[u"id"].toInt(), 2);
        viewer.send(uR"({"cmd":"view","level":0,"x":127,"y":127,"w":7602,"h":1103,"id":3})"_s); // in 61×10 tiles
        QTRY_COMPARE(viewer.last(u"error")[u"id"].toInt(), 3);
        QCOMPARE(timesReached(server, "view_values"), 2);
        // And nothing has changed.
        server.step();
        QTRY_COMPARE(viewer.sequence(), static_cast<quint32>(server.engine.frame()->sequence));
        QCOMPARE(viewer.view[u"level"].toInt(), 3);
    }

    void aViewThatIsGoneBecomesTheWholeUniverse()
    {
        ServerFixture server(kSoup.universe(1000, 700));
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        viewer.send(uR"({"cmd":"view","level":0,"x":900,"y":600,"w":50,"h":50,"id":1})"_s);
        QTRY_COMPARE(viewer.view[u"id"].toInt(), 1);
        viewer.send(uR"({"cmd":"resize","width":200,"height":200})"_s);
        QTRY_COMPARE(viewer.view[u"w"].toInt(), 200);
        QTRY_COMPARE(viewer.decoder.head().width, 200);
        TRY_IN_STEP(viewer, server);
        QCOMPARE(viewer.view[u"x"].toInt(), 0);
    }

    void maxFpsConflatesAndLosesNothing()
    {
        ServerFixture server(kSoup.universe(300, 200));
        BinaryViewer viewer(server.url());
        BinaryViewer all(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        QTRY_COMPARE(all.frames.size(), 1);
        viewer.send(uR"({"cmd":"view","maxFps":6,"id":1})"_s);
        QTRY_COMPARE(viewer.view[u"maxFps"].toInt(), 5);
        server.engine.setInterval(ConwayEngine::kMinInterval, u"test"_s);
        server.engine.start(u"test"_s);
        QTRY_VERIFY(viewer.count(2) >= 3 && all.count(2) >= 30);
        server.engine.stop(u"test"_s);
        // The last one is not left lying.
        TRY_IN_STEP(viewer, server);
        TRY_IN_STEP(all, server);
        QVERIFY(viewer.count(2) < all.count(2));
        QVERIFY(std::any_of(viewer.frames.begin(), viewer.frames.end(),
                            [](const wire::V2Head &head) { return head.type == 2 && head.flags == 1; }));
    }

    void whoPausesGetsNoFramesAndThenASnapshot()
    {
        ServerFixture server(kSoup.universe(300, 200));
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        viewer.send(uR"({"cmd":"view","paused":true,"id":1})"_s);
        QTRY_COMPARE(viewer.view[u"paused"].toBool(), true);
        server.step();
        server.engine.reset(u"test"_s);
        server.step();
        viewer.send(uR"({"cmd":"ping","id":2})"_s);
        QTRY_COMPARE(viewer.last(u"pong")[u"id"].toInt(), 2);
        QCOMPARE(viewer.frames.size(), 1);
        viewer.send(uR"({"cmd":"view","id":3})"_s);
        QTRY_COMPARE(viewer.frames.size(), 2);
        QCOMPARE(viewer.count(1), 2);
        TRY_IN_STEP(viewer, server);
    }

    void whoAsksToResyncGetsASnapshot()
    {
        ServerFixture server(kSoup.universe(300, 200));
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        server.step();
        viewer.send(uR"({"cmd":"resync","id":1})"_s);
        QTRY_COMPARE(viewer.count(1), 2);
        QCOMPARE(viewer.last(u"ack")[u"id"].toInt(), 1);
        server.step();
        TRY_IN_STEP(viewer, server);
    }

    void floodsOfViewsAreRefused()
    {
        ServerFixture server(kSoup.universe(300, 200));
        BinaryViewer viewer(server.url());
        QTRY_COMPARE(viewer.frames.size(), 1);
        QSignalSpy closed(&viewer.socket, &QWebSocket::disconnected);
        for (int i = 0; i < 60; ++i) // fewer than a burst of plain messages
            viewer.send(u"resync"_s);
        QTRY_COMPARE(closed.count(), 1);
        QCOMPARE(viewer.last(u"error")[u"code"].toString(), u"rate_limited"_s);
        QCOMPARE(static_cast<int>(viewer.socket.closeCode()), 1008);
        QVERIFY(viewer.count(1) <= 30);
    }

    void viewersOfBothStreamsSeeOneWorld()
    {
        ServerFixture server(kSoup.universe(200, 200));
        BinaryViewer binary(server.url());
        TestViewer json(server.url());
        QTRY_COMPARE(binary.frames.size(), 1);
        QTRY_COMPARE(json.count(u"full_state"), 1);
        binary.send(u"step"_s);
        QTRY_COMPARE(json.tick, 1);
        json.send(u"step"_s);
        QTRY_COMPARE(binary.decoder.head().generation, 2U);
        TRY_IN_STEP(binary, server);
        QTRY_COMPARE(json.tick, 2);
        QVERIFY(json.cells == server.engine.frame()->cells);
    }
};

int main(int argc, char **argv)
{
    return runOnServerLoop<TestBinaryStream>(argc, argv);
}

#include "tst_binarystream.moc"
