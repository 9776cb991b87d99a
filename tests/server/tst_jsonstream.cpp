#include "core/LifeKernel.h"
#include "core/Universe.h"
#include "server/JsonCells.h"
#include "server/JsonMessages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Frame frameOf(const CellGrid &cells, quint64 tick)
{
    Frame frame;
    frame.sequence = tick;
    frame.tick = tick;
    frame.generation = tick;
    frame.cells = cells;
    frame.population = cells.population();
    frame.changedTiles = TileSet(cells.width(), cells.height());
    return frame;
}

QJsonObject parsed(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(json, &error).object();
    return error.error == QJsonParseError::NoError ? object : QJsonObject();
}

/// What a viewer does with a delta.
void apply(const QByteArray &delta, CellGrid &cells)
{
    const QJsonArray list = parsed(delta)["deltas"_L1].toArray();
    for (const QJsonValue &entry : list)
        cells.set(entry["x"_L1].toInt(), entry["y"_L1].toInt(), entry["alive"_L1].toBool());
}

} // namespace

class TestJsonStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fullStateIsTheBriefs()
    {
        CellGrid cells(3, 3);
        cells.set(1, 0, true);
        cells.set(2, 1, true);
        QCOMPARE(json::fullState(frameOf(cells, 7)),
                 R"({"type":"full_state","tick":7,"grid":[[0,1,0],[0,0,1],[0,0,0]],"size":3})"_ba);
    }

    void fullStateOfARectangleTellsBothSides()
    {
        CellGrid cells(3, 1);
        cells.set(2, 0, true);
        QCOMPARE(json::fullState(frameOf(cells, 0)),
                 R"({"type":"full_state","tick":0,"grid":[[0,0,1]],"size":3,"width":3,"height":1})"_ba);
    }

    void deltaListsWhatChanged()
    {
        const CellGrid before = gliderUniverse(8, 8);
        CellGrid after(8, 8);
        Frame to = frameOf(after, 1);
        LifeKernel(Rule()).advance(before, to.cells, to.changedTiles);
        QCOMPARE(json::delta(frameOf(before, 0), to),
                 R"({"type":"delta","tick":1,"deltas":[{"x":2,"y":1,"alive":false},{"x":1,"y":2,"alive":true},)"
                 R"({"x":1,"y":3,"alive":false},{"x":2,"y":4,"alive":true}]})"_ba);
    }

    void deltaOfAStillWorldIsAnEmptyList()
    {
        const CellGrid cells(8, 8);
        QCOMPARE(json::delta(frameOf(cells, 1), frameOf(cells, 2)), R"({"type":"delta","tick":2,"deltas":[]})"_ba);
    }

    void generationIsToldWhereItIsNotTheTick()
    {
        const CellGrid cells(1, 1);
        Frame frame = frameOf(cells, 2);
        frame.generation = 70;
        QCOMPARE(json::delta(frameOf(cells, 1), frame), R"({"type":"delta","tick":2,"generation":70,"deltas":[]})"_ba);
        QVERIFY(json::fullState(frame).startsWith(R"({"type":"full_state","tick":2,"generation":70,"grid")"_ba));
    }

    void deltasLeadToTheServersCells()
    {
        CellGrid cells = gliderUniverse(200, 150);
        for (int x = 0; x < 200; x += 3)
            cells.set(x, x % 150, true);
        CellGrid viewer = cells;
        LifeKernel kernel{Rule()};
        for (quint64 tick = 1; tick <= 20; ++tick) {
            Frame next = frameOf(cells, tick);
            kernel.advance(cells, next.cells, next.changedTiles);
            apply(json::delta(frameOf(cells, tick - 1), next), viewer);
            QVERIFY(viewer == next.cells);
            cells = next.cells;
        }
    }

    void deltaOverMissedFramesTakesAllTiles()
    {
        // Frame 3 changed nothing since frame 2, so its changed tiles are none; but its reader last saw frame 1.
        CellGrid cells(300, 300);
        const Frame first = frameOf(cells, 1);
        cells.set(299, 299, true);
        const Frame third = frameOf(cells, 3);
        QCOMPARE(json::delta(first, third),
                 R"({"type":"delta","tick":3,"deltas":[{"x":299,"y":299,"alive":true}]})"_ba);
    }

    void onlySmallUniversesFit()
    {
        QVERIFY(json::fits(256, 256));
        QVERIFY(json::fits(1, 16384));
        QVERIFY(!json::fits(257, 256));
        QVERIFY(!json::fits(16384, 16384));
    }

    void answersCarryWhatTheViewerAttached()
    {
        QCOMPARE(json::pong(4, {}), R"({"tick":4,"type":"pong"})"_ba);
        QCOMPARE(parsed(json::pong(4, {{}, 12.5}))["t"_L1].toDouble(), 12.5);
        QCOMPARE(parsed(json::ack({9007199254740992, {}}))["id"_L1].toInteger(), 9007199254740992);
        const QJsonObject error = parsed(json::error(u"bad_json", u"\"quoted\"\n"_s, {1, {}}));
        QCOMPARE(error["code"_L1].toString(), u"bad_json"_s);
        QCOMPARE(error["message"_L1].toString(), u"\"quoted\"\n"_s);
        QCOMPARE(error["id"_L1].toInteger(), 1);
    }

    void eventsTellHowThingsStand()
    {
        EngineState state;
        state.running = true;
        state.intervalMs = 250;
        state.width = 8;
        state.height = 9;
        state.cause = u"start"_s;
        state.by = u"192.168.1.20"_s;
        const QJsonObject hello = parsed(json::hello({1, 8, 9, u"0.1.0"_s}, state, {Role::Watcher, LanAccess::Pin}));
        QCOMPARE(hello, (QJsonObject{{u"type"_s, u"hello"_s},
                                     {u"protocol"_s, 1},
                                     {u"width"_s, 8},
                                     {u"height"_s, 9},
                                     {u"rule"_s, u"B3/S23"_s},
                                     {u"topology"_s, u"torus"_s},
                                     {u"intervalMs"_s, 250},
                                     {u"running"_s, true},
                                     {u"role"_s, u"watcher"_s},
                                     {u"lan"_s, u"pin"_s},
                                     {u"version"_s, u"0.1.0"_s}}));
        QCOMPARE(parsed(json::stateEvent(state)), (QJsonObject{{u"type"_s, u"state"_s},
                                                               {u"running"_s, true},
                                                               {u"intervalMs"_s, 250},
                                                               {u"rule"_s, u"B3/S23"_s},
                                                               {u"cause"_s, u"start"_s},
                                                               {u"by"_s, u"192.168.1.20"_s}}));
        QCOMPARE(parsed(json::roleEvent({})),
                 (QJsonObject{{u"type"_s, u"role"_s}, {u"role"_s, u"operator"_s}, {u"lan"_s, u"operate"_s}}));
        QCOMPARE(parsed(json::viewEvent({3, {1024, 0, 2048, 4096}, 30, true}, {.id = 4, .t = {}})),
                 (QJsonObject{{u"type"_s, u"view"_s},
                              {u"level"_s, 3},
                              {u"x"_s, 1024},
                              {u"y"_s, 0},
                              {u"w"_s, 2048},
                              {u"h"_s, 4096},
                              {u"maxFps"_s, 30},
                              {u"paused"_s, true},
                              {u"id"_s, 4}}));
        Frame frame = frameOf(gliderUniverse(8, 8), 12);
        frame.births = 2;
        frame.deaths = 1;
        QCOMPARE(parsed(json::stats(frame, {3, 1.96, 812.4})), (QJsonObject{{u"type"_s, u"stats"_s},
                                                                            {u"generation"_s, 12},
                                                                            {u"population"_s, 5},
                                                                            {u"births"_s, 2},
                                                                            {u"deaths"_s, 1},
                                                                            {u"viewers"_s, 3},
                                                                            {u"attainedPerSecond"_s, 2.0},
                                                                            {u"bytesPerSecond"_s, 812}}));
    }

    void refusedPinsSayWhatIsLeft()
    {
        using namespace std::chrono_literals;
        const QJsonObject wrong = parsed(json::wrongPin({3, 0s}, {7, {}}));
        QCOMPARE(wrong, (QJsonObject{{u"type"_s, u"error"_s},
                                     {u"code"_s, u"wrong_pin"_s},
                                     {u"message"_s, u"This is not the PIN; 3 tries left."_s},
                                     {u"id"_s, 7}}));
        QCOMPARE(parsed(json::wrongPin({1, 0s}))["message"_L1].toString(), u"This is not the PIN; 1 try left."_s);
        const QJsonObject last = parsed(json::wrongPin({0, 120s}));
        QCOMPARE(last["code"_L1].toString(), u"wrong_pin"_s);
        QCOMPARE(last["message"_L1].toString(), u"This is not the PIN. The next try is in 120 seconds."_s);
        QCOMPARE(last["retryAfterSeconds"_L1].toInt(), 120);
        const QJsonObject paused = parsed(json::pinPaused({59s}, {8, {}}));
        QCOMPARE(paused["code"_L1].toString(), u"pin_paused"_s);
        QCOMPARE(paused["retryAfterSeconds"_L1].toInt(), 59);
        QCOMPARE(paused["id"_L1].toInt(), 8);
    }
};

QTEST_APPLESS_MAIN(TestJsonStream)
#include "tst_jsonstream.moc"
