#include "core/ConwayEngine.h"
#include "core/LifeKernel.h"
#include "core/StateHash.h"
#include "tests/core/Oracle.h"
#include "tests/core/Picture.h"

#include <QSignalSpy>
#include <QTest>

#include <functional>
#include <thread>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

const QString kTester = u"tester"_s;

Universe glider()
{
    return {gliderUniverse(8, 8), Rule()};
}

FramePtr lastFrame(const QSignalSpy &spy)
{
    return spy.last().first().value<FramePtr>();
}

EngineState lastState(const QSignalSpy &spy)
{
    return spy.last().first().value<EngineState>();
}

} // namespace

class TestConwayEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<FramePtr>();
        qRegisterMetaType<EngineState>();
    }

    void beginsWithTheInitialUniverseStanding()
    {
        const ConwayEngine engine(glider());
        QVERIFY(!engine.state().running);
        QCOMPARE(engine.state().intervalMs, 500);
        QCOMPARE(engine.state().width, 8);
        QCOMPARE(engine.frame()->tick, 0U);
        QCOMPARE(engine.frame()->population, 5);
        QCOMPARE(pictureOf(engine.frame()->cells), pictureOf(gliderUniverse(8, 8)));
    }

    void stepPublishesTheNextGeneration()
    {
        ConwayEngine engine(glider());
        const QSignalSpy published(&engine, &ConwayEngine::published);
        const FramePtr before = engine.frame();
        engine.step(kTester);
        QCOMPARE(published.count(), 1);
        const FramePtr frame = lastFrame(published);
        QCOMPARE(frame, engine.frame());
        QCOMPARE(frame->tick, 1U);
        QCOMPARE(frame->generation, 1U);
        QCOMPARE(frame->sequence, before->sequence + 1);
        QCOMPARE(frame->epoch, before->epoch);
        QCOMPARE(frame->births, 2);
        QCOMPARE(frame->deaths, 2);
        CellGrid expected(8, 8);
        TileSet changed(8, 8);
        LifeKernel(Rule()).advance(before->cells, expected, changed);
        QCOMPARE(pictureOf(frame->cells), pictureOf(expected));
        // What was published before has not changed under its reader.
        QCOMPARE(pictureOf(before->cells), pictureOf(gliderUniverse(8, 8)));
    }

    void runsWhileStartedAndOnlyThen()
    {
        ConwayEngine engine(glider(), ConwayEngine::kMinInterval);
        QSignalSpy published(&engine, &ConwayEngine::published);
        engine.start(kTester);
        QVERIFY(engine.state().running);
        QTRY_VERIFY(published.count() >= 5);
        for (int i = 0; i < published.count(); ++i)
            QCOMPARE(published[i].first().value<FramePtr>()->tick, static_cast<quint64>(i + 1));
        engine.stop(kTester);
        const auto count = published.count();
        // Three intervals later still nothing: another engine's ticks tell the time.
        ConwayEngine clock(glider(), ConwayEngine::kMinInterval);
        QSignalSpy ticks(&clock, &ConwayEngine::published);
        clock.start(kTester);
        QTRY_VERIFY(ticks.count() >= 3);
        QCOMPARE(published.count(), count);
    }

    void startAndStopAreIdempotent()
    {
        ConwayEngine engine(glider());
        const QSignalSpy published(&engine, &ConwayEngine::published);
        const QSignalSpy changed(&engine, &ConwayEngine::stateChanged);
        engine.stop(kTester);
        QCOMPARE(changed.count(), 0);
        engine.start(kTester);
        engine.start(kTester);
        QCOMPARE(changed.count(), 1);
        QVERIFY(lastState(changed).running);
        QCOMPARE(lastState(changed).cause, u"start"_s);
        QCOMPARE(lastState(changed).by, kTester);
        engine.stop(kTester);
        engine.stop(kTester);
        QCOMPARE(changed.count(), 2);
        QVERIFY(!lastState(changed).running);
        // Unlike the brief's server: no second glider, nothing published.
        QCOMPARE(published.count(), 0);
    }

    void twoStartsDoNotTickTwice()
    {
        ConwayEngine engine(glider(), 20);
        ConwayEngine once(glider(), 20);
        QSignalSpy twiceStarted(&engine, &ConwayEngine::published);
        QSignalSpy onceStarted(&once, &ConwayEngine::published);
        engine.start(kTester);
        engine.start(kTester);
        once.start(kTester);
        QTRY_VERIFY(onceStarted.count() >= 10);
        QVERIFY(twiceStarted.count() < 2 * onceStarted.count() - 2);
    }

    void resetRestoresTheInitialUniverseInANewEpoch()
    {
        ConwayEngine engine(glider());
        engine.step(kTester);
        engine.step(kTester);
        const FramePtr before = engine.frame();
        const QSignalSpy published(&engine, &ConwayEngine::published);
        const QSignalSpy changed(&engine, &ConwayEngine::stateChanged);
        engine.reset(kTester);
        const FramePtr frame = lastFrame(published);
        QCOMPARE(frame->tick, 0U);
        QCOMPARE(frame->generation, 0U);
        QVERIFY(frame->epoch != before->epoch);
        QCOMPARE(frame->sequence, before->sequence + 1);
        QCOMPARE(frame->changedTiles.count(), 1);
        QCOMPARE(pictureOf(frame->cells), pictureOf(gliderUniverse(8, 8)));
        QCOMPARE(lastState(changed).cause, u"reset"_s);
        QVERIFY(!lastState(changed).running);
    }

    void resetLeavesItRunning()
    {
        ConwayEngine engine(glider(), ConwayEngine::kMinInterval);
        QSignalSpy published(&engine, &ConwayEngine::published);
        engine.start(kTester);
        engine.reset(kTester);
        QVERIFY(engine.state().running);
        QTRY_VERIFY(published.count() >= 3);
        QCOMPARE(lastFrame(published)->epoch, published.first().first().value<FramePtr>()->epoch);
    }

    void editSetsCellsInTheSameTick()
    {
        ConwayEngine engine(glider());
        engine.step(kTester);
        const FramePtr before = engine.frame();
        const QSignalSpy published(&engine, &ConwayEngine::published);
        engine.edit({{0, 0, true}, {7, 7, true}, {7, 7, false}, {-1, 3, true}, {8, 0, true}}, kTester);
        QCOMPARE(published.count(), 1);
        const FramePtr frame = lastFrame(published);
        QCOMPARE(frame->tick, 1U);
        QCOMPARE(frame->epoch, before->epoch);
        QCOMPARE(frame->births, 1);
        QCOMPARE(frame->deaths, 0);
        QCOMPARE(frame->population, before->population + 1);
        QVERIFY(frame->cells.alive(0, 0));
        QVERIFY(!frame->cells.alive(7, 7));
    }

    void editThatChangesNothingPublishesNothing()
    {
        ConwayEngine engine(glider());
        const QSignalSpy published(&engine, &ConwayEngine::published);
        const QSignalSpy changed(&engine, &ConwayEngine::stateChanged);
        engine.edit({{0, 0, false}, {2, 1, true}, {100, 100, true}}, kTester);
        engine.edit({}, kTester);
        QCOMPARE(published.count(), 0);
        QCOMPARE(changed.count(), 0);
    }

    void intervalIsClampedAndAnnouncedOnce()
    {
        ConwayEngine engine(glider());
        const QSignalSpy changed(&engine, &ConwayEngine::stateChanged);
        engine.setInterval(500, kTester);
        QCOMPARE(changed.count(), 0);
        engine.setInterval(1, kTester);
        QCOMPARE(lastState(changed).intervalMs, ConwayEngine::kMinInterval);
        QCOMPARE(lastState(changed).cause, u"speed"_s);
        engine.setInterval(1'000'000, kTester);
        QCOMPARE(lastState(changed).intervalMs, ConwayEngine::kMaxInterval);
        QCOMPARE(changed.count(), 2);
    }

    void aNewIntervalHoldsAtOnce()
    {
        ConwayEngine engine(glider(), ConwayEngine::kMaxInterval);
        QSignalSpy published(&engine, &ConwayEngine::published);
        engine.start(kTester);
        engine.setInterval(ConwayEngine::kMinInterval, kTester);
        QTRY_VERIFY(published.count() >= 2); // not in a minute
    }

    void ticksAreDueOnTheScheduleOfTheirStart()
    {
        ConwayEngine engine(glider(), 20);
        QSignalSpy published(&engine, &ConwayEngine::published);
        engine.start(kTester);
        QTRY_VERIFY(published.count() >= 10);
        for (const auto &arguments : published)
            QVERIFY(arguments.first().value<FramePtr>()->lateness.count() >= 0);
    }

    void aBlockedThreadMakesOneLateTickAndALineAboutIt()
    {
        ConwayEngine engine(glider(), 20);
        QSignalSpy published(&engine, &ConwayEngine::published);
        // Blocks the engine's thread in the middle of the first tick, for longer than two intervals.
        connect(&engine, &ConwayEngine::published, this, [](const FramePtr &frame) {
            if (frame->tick == 1) {
                const auto until = TickSchedule::Clock::now() + std::chrono::milliseconds(70);
                while (TickSchedule::Clock::now() < until) {
                }
            }
        });
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(u"^tick [12] came .* ms late, [1-9][0-9]* due times skipped"_s));
        engine.start(kTester);
        QTRY_VERIFY(published.count() >= 4);
        const auto second = published[1].first().value<FramePtr>();
        QCOMPARE(second->tick, 2U);
        QVERIFY(second->lateness >= std::chrono::milliseconds(40));
    }

    void turboPublishesFewFramesOfManyGenerations()
    {
        QRandomGenerator random(3);
        const CellGrid start = soup(300, 200, 0.3, random);
        ConwayEngine engine({start, Rule()}, ConwayEngine::kTurbo);
        QSignalSpy published(&engine, &ConwayEngine::published);
        std::vector<FramePtr> frames{engine.frame()};
        connect(&engine, &ConwayEngine::published, this, [&](const FramePtr &frame) { frames.push_back(frame); });
        engine.start(kTester);
        QTRY_VERIFY(published.count() >= 3);
        engine.stop(kTester);
        QCOMPARE(frames.back(), engine.frame());
        QVERIFY(frames.back()->generation > frames.size());
        QVERIFY(frames[2]->generationsPerSecond > ConwayEngine::kTurboFramesPerSecond);
        LifeKernel kernel{Rule()};
        CellGrid cells = start;
        CellGrid next = start;
        TileSet changed(300, 200);
        quint64 generation = 0;
        for (std::size_t i = 1; i < frames.size(); ++i) {
            const Frame &frame = *frames[i];
            QCOMPARE(frame.tick, i);
            QCOMPARE(frame.sequence, frames[i - 1]->sequence + 1);
            LifeKernel::Counts counts;
            for (; generation < frame.generation; ++generation) {
                counts = kernel.advance(cells, next, changed);
                std::swap(cells, next);
            }
            QVERIFY(frame.cells == cells);
            QCOMPARE(frame.population, counts.population);
            // Exactly the tiles that differ from the frame before, however often they changed on the way.
            LifeKernel::compare(frames[i - 1]->cells, frame.cells, changed);
            QVERIFY(frame.changedTiles == changed);
        }
    }

    void turboComesAndGoesWhileRunning()
    {
        ConwayEngine engine(glider(), ConwayEngine::kMaxInterval);
        QSignalSpy published(&engine, &ConwayEngine::published);
        engine.start(kTester);
        engine.setInterval(ConwayEngine::kTurbo, kTester);
        QCOMPARE(engine.state().intervalMs, ConwayEngine::kTurbo);
        QTRY_VERIFY(published.count() >= 2);
        engine.edit({{0, 0, true}, {4, 0, true}}, kTester);
        engine.step(kTester);
        engine.setInterval(ConwayEngine::kMaxInterval, kTester);
        const quint64 generation = engine.frame()->generation;
        const auto count = published.count();
        QCOMPARE(lastFrame(published), engine.frame());
        engine.reset(kTester);
        QCOMPARE(published.count(), count + 1);
        QVERIFY(generation > 1);
        QCOMPARE(pictureOf(engine.frame()->cells), pictureOf(gliderUniverse(8, 8)));
    }

    void turboPublishesNoMoreFramesForCommands_data()
    {
        using Act = std::function<void(ConwayEngine &)>;
        QTest::addColumn<Act>("act");
        QTest::newRow("that change nothing") << Act([](auto &engine) { engine.edit({{100, 100, true}}, kTester); });
        QTest::newRow("that draw") << Act([](auto &engine) {
            engine.edit({{0, 0, true}}, kTester);
            engine.edit({{0, 0, false}, {4, 4, true}}, kTester);
        });
        QTest::newRow("that step") << Act([](auto &engine) { engine.step(kTester); });
        QTest::newRow("that fill") << Act([](auto &engine) { engine.fill(Soup{Soup::kFull / 3, 1}, kTester); });
    }
    void turboPublishesNoMoreFramesForCommands()
    {
        QFETCH(std::function<void(ConwayEngine &)>, act);
        ConwayEngine engine(glider(), ConwayEngine::kTurbo);
        constexpr int kFrames = 10;
        int frames = 0;
        QElapsedTimer sinceTheFirst;
        qint64 last = 0;
        connect(&engine, &ConwayEngine::published, this, [&] {
            if (frames++ == 0)
                sinceTheFirst.start();
            last = sinceTheFirst.elapsed();
        });
        // Comes round between any two of turbo's slices.
        QTimer busy;
        connect(&busy, &QTimer::timeout, this, [&] { act(engine); });
        busy.start(0);
        engine.start(kTester);
        QTRY_VERIFY(frames >= kFrames);
        // However slow the machine, they are not closer. (The first may have been told late.)
        QVERIFY2(last >= (kFrames - 2) * 1000 / ConwayEngine::kTurboFramesPerSecond / 2, QByteArray::number(last));
    }

    void whatIsDrawnInTurboIsInItsNextFrame()
    {
        // In a universe where nothing else moves, so that what changed is known.
        CellGrid start(600, 300);
        for (const int x : {10, 400})
            start.set(x, 5, true), start.set(x + 1, 5, true), start.set(x, 6, true), start.set(x + 1, 6, true);
        ConwayEngine engine({start, Rule()}, ConwayEngine::kTurbo);
        std::vector<FramePtr> frames{engine.frame()};
        connect(&engine, &ConwayEngine::published, this, [&](const FramePtr &frame) { frames.push_back(frame); });
        engine.start(kTester);
        const QList<CellEdit> block = {{200, 200, true}, {201, 200, true}, {200, 201, true}, {201, 201, true}};
        for (const bool isFirst : {true, false}) { // at once after the start, and amid many generations
            QList<CellEdit> cells = block;
            for (CellEdit &cell : cells)
                cell.x += isFirst ? 0 : 200;
            const std::size_t before = frames.size();
            engine.edit({{599, 299, true}}, kTester);
            engine.edit({{599, 299, false}}, kTester); // and away again
            engine.edit(cells, kTester);
            QCOMPARE(frames.size(), before);
            QTRY_VERIFY(frames.size() >= before + 2);
            const Frame &shown = *frames[before];
            QVERIFY(shown.cells.alive(cells[0].x, cells[0].y));
            QCOMPARE(shown.changedTiles.count(), 1);
            QVERIFY(shown.changedTiles.contains(cells[0].x / TileSet::kTileSide, cells[0].y / TileSet::kTileSide));
            QCOMPARE(shown.population, isFirst ? 12 : 16);
            QCOMPARE(shown.stateHash(), StateHash(shown.cells).value());
            QCOMPARE(frames[before + 1]->changedTiles.count(), 0);
        }
        for (int edits = 6; edits > 0; --edits)
            engine.undo(kTester);
        QVERIFY(engine.frame()->cells == start);
    }

    void whatTurboHasNotShownIsKnownToTheTimeline_data()
    {
        using Act = std::function<void(ConwayEngine &)>;
        QTest::addColumn<Act>("act");
        QTest::newRow("nothing") << Act([](auto &) {});
        QTest::newRow("edit") << Act([](auto &engine) { engine.edit({{7, 7, true}, {8, 7, true}}, kTester); });
        QTest::newRow("rule") << Act([](auto &engine) { engine.setRule(*Rule::parse(u"B36/S23"), kTester); });
        QTest::newRow("resize") << Act([](auto &engine) { engine.resize(50, 70, kTester); });
    }
    void whatTurboHasNotShownIsKnownToTheTimeline()
    {
        QFETCH(std::function<void(ConwayEngine &)>, act);
        QRandomGenerator random(11);
        const CellGrid start = soup(60, 60, 0.3, random);
        CellGrid at55 = start;
        Oracle oracle(start, Rule(), Topology::Torus);
        for (int generation = 0; generation < 55; ++generation)
            at55 = oracle.advance().cells;
        ConwayEngine engine({start, Rule()}, ConwayEngine::kTurbo);
        engine.start(kTester); // no event loop runs: turbo is as far ahead as it is led
        const auto stepOn = [&engine] {
            for (int i = 0; i < 50; ++i)
                engine.step(kTester);
        };
        stepOn();
        engine.edit({{0, 0, true}, {1, 0, true}, {2, 0, true}}, kTester);
        stepOn();
        engine.goTo(10, kTester);
        QCOMPARE(engine.frame()->generation, 10U);
        stepOn(); // another way than with the edit
        act(engine);
        engine.goTo(55, kTester);
        QCOMPARE(engine.frame()->generation, 55U);
        QVERIFY(engine.frame()->cells == at55);
    }

    void turboFindsOutAnewHowLongAGenerationTakes()
    {
        ConwayEngine engine(glider(), ConwayEngine::kTurbo);
        engine.start(kTester);
        QTRY_VERIFY(engine.frame()->generation > 200'000); // many at a time by now
        engine.resize(8'192, 8'192, kTester);
        engine.fill(Soup{Soup::kFull / 3, 1}, kTester);
        const quint64 before = engine.frame()->generation;
        QSignalSpy published(&engine, &ConwayEngine::published);
        QTRY_VERIFY(published.count() >= 1);
        // No more than a frame's time has room for on any machine; at the former pace it was many times that.
        QVERIFY2(engine.frame()->generation - before < 200, QByteArray::number(engine.frame()->generation - before));
    }

    void aLeapIsNoSpeed()
    {
        ConwayEngine engine(glider(), ConwayEngine::kTurbo);
        QSignalSpy published(&engine, &ConwayEngine::published);
        engine.start(kTester);
        QTRY_VERIFY(engine.frame()->generation > 200'000);
        engine.setInterval(ConwayEngine::kMinInterval, kTester);
        const quint64 far = engine.frame()->generation;
        engine.goTo(1, kTester);
        QTRY_VERIFY(engine.frame()->generationsPerSecond > 0);
        engine.goTo(far, kTester);
        QCOMPARE(engine.frame()->generation, far);
        QCOMPARE(engine.frame()->generationsPerSecond, 0.0);
        QTRY_VERIFY(engine.frame()->generationsPerSecond > 0);
        QVERIFY2(engine.frame()->generationsPerSecond < 2'000,
                 QByteArray::number(engine.frame()->generationsPerSecond));
    }

    void editsCarryTheAttainedRate()
    {
        ConwayEngine engine(glider(), ConwayEngine::kMinInterval);
        engine.start(kTester);
        QTRY_VERIFY(engine.frame()->generationsPerSecond > 0);
        engine.clear(kTester);
        QVERIFY(engine.frame()->generationsPerSecond > 0);
        engine.stop(kTester);
        engine.fill(Soup{Soup::kFull / 3, 1}, kTester);
        QCOMPARE(engine.frame()->generationsPerSecond, 0.0);
    }

    void framesThatReadersHoldNeverChange()
    {
        // Readers that let go at random: memory is used again, but only what nobody holds.
        QRandomGenerator random(5);
        const CellGrid start = soup(200, 150, 0.3, random);
        ConwayEngine engine({start, *Rule::parse(u"B36/S23")});
        std::vector<std::pair<FramePtr, CellGrid>> held;
        for (int i = 0; i < 300; ++i) {
            engine.step(kTester);
            if (random.bounded(3) == 0)
                held.emplace_back(engine.frame(), engine.frame()->cells);
            if (!held.empty() && random.bounded(4) == 0)
                held.erase(held.begin() + random.bounded(static_cast<int>(held.size())));
            if (random.bounded(20) == 0)
                engine.edit({{random.bounded(200), random.bounded(150), true}}, kTester);
        }
        QVERIFY(!held.empty());
        for (const auto &[frame, cells] : held)
            QVERIFY(frame->cells == cells);
    }

    void everyGenerationThatWasCanBeGoneBackTo()
    {
        QRandomGenerator random(11);
        const CellGrid start = soup(120, 90, 0.3, random);
        ConwayEngine engine({start, Rule()});
        std::vector<CellGrid> seen{start};
        for (int i = 0; i < 300; ++i) {
            engine.step(kTester);
            seen.push_back(engine.frame()->cells);
        }
        const quint32 epoch = engine.frame()->epoch;
        for (const quint64 generation : {299U, 0U, 64U, 300U, 65U, 1U, 63U, 128U}) {
            engine.goTo(generation, kTester);
            QCOMPARE(engine.frame()->generation, generation);
            QVERIFY(engine.frame()->cells == seen[generation]);
            QCOMPARE(engine.frame()->population, seen[generation].population());
        }
        QVERIFY(engine.frame()->epoch > epoch);
        QCOMPARE(engine.state().cause, u"rewind"_s);
        engine.stepBack(kTester);
        QVERIFY(engine.frame()->cells == seen[127]);
        engine.step(kTester); // and on from there
        QVERIFY(engine.frame()->cells == seen[128]);
        const FramePtr before = engine.frame();
        engine.goTo(301, kTester); // where it has never been
        QCOMPARE(engine.frame(), before);
        // An edit makes another future.
        engine.edit({{0, 0, !before->cells.alive(0, 0)}}, kTester);
        engine.goTo(300, kTester);
        QCOMPARE(engine.frame()->generation, 128U);
        engine.goTo(100, kTester);
        QVERIFY(engine.frame()->cells == seen[100]);
    }

    void goingOnFromThePastIsAnotherFutureThanTheEditedOne()
    {
        QRandomGenerator random(12);
        const CellGrid start = soup(120, 90, 0.3, random);
        Oracle oracle(start, Rule(), Topology::Torus);
        std::vector<CellGrid> byItself{start};
        for (int i = 0; i < 400; ++i)
            byItself.push_back(oracle.advance().cells);

        ConwayEngine engine({start, Rule()});
        const auto run = [&engine](int generations) {
            for (int i = 0; i < generations; ++i)
                engine.step(kTester);
        };
        run(50);
        engine.resize(60, 30, kTester);
        engine.setRule(*Rule::parse(u"B36/S23"), kTester);
        run(300);
        engine.goTo(40, kTester);
        engine.goTo(350, kTester); // forward is where it has been, as long as nothing else happened
        QCOMPARE(engine.frame()->generation, 350U);
        QCOMPARE(engine.frame()->cells.width(), 60);
        engine.goTo(40, kTester);
        run(320);
        QVERIFY(engine.frame()->cells == byItself[360]);
        for (const quint64 generation : {359U, 300U, 51U, 50U, 49U, 340U}) {
            engine.goTo(generation, kTester);
            QCOMPARE(engine.frame()->generation, generation);
            QVERIFY(engine.frame()->cells == byItself[generation]);
        }
        // What is taken back or edited now is this one, with its rule.
        engine.clear(kTester);
        engine.undo(kTester);
        QVERIFY(engine.frame()->cells == byItself[340]);
        run(1);
        QVERIFY(engine.frame()->cells == byItself[341]);
    }

    void theBudgetIsKept()
    {
        QRandomGenerator random(13);
        const CellGrid start = soup(500, 500, 0.3, random);
        ConwayEngine small({start, Rule()}, ConwayEngine::kDefaultInterval, 0);
        ConwayEngine large({start, Rule()}, ConwayEngine::kDefaultInterval, qint64{16} << 20U);
        for (int i = 0; i < 2'400; ++i) {
            small.step(kTester);
            large.step(kTester);
        }
        QCOMPARE(small.timeline().oldest(), 2'048U); // the newest picture alone
        QCOMPARE(large.timeline().oldest(), 0U);
        small.goTo(2'047, kTester);
        QCOMPARE(small.frame()->generation, 2'400U);
        small.goTo(2'048, kTester);
        large.goTo(2'048, kTester);
        QVERIFY(small.frame()->cells == large.frame()->cells);
        QCOMPARE(small.frame()->generation, 2'048U);
    }

    void equalUniversesHaveEqualHashes_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        for (const auto &[width, height] : {std::pair(1, 1), std::pair(8, 8), std::pair(63, 129), std::pair(128, 127),
                                            std::pair(257, 300), std::pair(513, 64)})
            QTest::addRow("%dx%d", width, height) << width << height;
    }
    void equalUniversesHaveEqualHashes()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QRandomGenerator random(14);
        ConwayEngine engine({soup(width, height, 0.3, random), Rule()});
        FramePtr held; // asked late, when the engine has gone on
        for (int i = 0; i < 400; ++i) {
            switch (random.bounded(12)) {
            case 0:
                engine.edit({{random.bounded(width), random.bounded(height), true}}, kTester);
                break;
            case 1:
                engine.undo(kTester);
                break;
            case 2:
                engine.redo(kTester);
                break;
            case 3:
                engine.stepBack(kTester);
                break;
            case 4:
                engine.goTo(static_cast<quint64>(random.bounded(100)), kTester);
                break;
            case 5:
                engine.load({soup(width, height, 0.4, random), Rule()}, kTester);
                break;
            case 6:
                engine.resize(1 + random.bounded(2 * width), 1 + random.bounded(2 * height), kTester);
                break;
            default:
                engine.step(kTester);
            }
            if (random.bounded(3) == 0)
                QCOMPARE(engine.frame()->stateHash(), StateHash(engine.frame()->cells).value());
            if (held && random.bounded(4) == 0)
                QCOMPARE(held->stateHash(), StateHash(held->cells).value());
            if (!held || random.bounded(4) == 0)
                held = engine.frame();
        }
    }

    void hashesAreAskedOnAnyThread()
    {
        QRandomGenerator random(15);
        ConwayEngine engine({soup(300, 200, 0.3, random), Rule()});
        for (int i = 0; i < 100; ++i) {
            const FramePtr frame = engine.frame();
            quint64 one = 0;
            quint64 two = 0;
            std::thread first([&one, frame] { one = frame->stateHash(); });
            std::thread second([&two, frame] { two = frame->stateHash(); });
            engine.step(kTester);
            engine.step(kTester);
            first.join();
            second.join();
            QCOMPARE(one, StateHash(frame->cells).value());
            QCOMPARE(two, one);
            QCOMPARE(engine.frame()->stateHash(), StateHash(engine.frame()->cells).value());
        }
    }

    void everyEditIsOneStepThatCanBeUndone()
    {
        ConwayEngine engine(glider());
        std::vector<CellGrid> states{engine.frame()->cells};
        const auto done = [&] { states.push_back(engine.frame()->cells); };
        engine.edit({{0, 0, true}, {7, 7, true}}, kTester);
        done();
        engine.stampPattern(gridOf({u"OO"_s, u"OO"_s}), -1, 6, StampMode::Xor, kTester);
        done();
        engine.clear(kTester);
        done();
        engine.fill({Soup::kFull / 2, 42}, kTester);
        done();
        engine.step(kTester);
        engine.step(kTester);
        states.back() = engine.frame()->cells; // what ran since belongs to it
        engine.resize(11, 5, kTester);
        QCOMPARE(engine.state().width, 11);
        done();
        engine.setRule(*Rule::parse(u"B36/S23"), kTester);
        QCOMPARE(engine.state().rule.toString(), u"B36/S23"_s);
        done();
        engine.load({gliderUniverse(20, 20), Rule()}, kTester);
        QCOMPARE(engine.state().rule, Rule());
        done();
        engine.step(kTester);
        states.back() = engine.frame()->cells;
        engine.reset(kTester);
        QVERIFY(engine.frame()->cells == gliderUniverse(20, 20));
        engine.undo(kTester); // the reset
        QCOMPARE(engine.frame()->generation, 1U);
        for (std::size_t i = states.size() - 1; i-- > 0;) {
            engine.undo(kTester);
            QVERIFY2(engine.frame()->cells == states[i], qPrintable(QString::number(i)));
            QCOMPARE(engine.state().width, engine.frame()->cells.width());
        }
        QCOMPARE(engine.state().rule, Rule());
        QVERIFY(!engine.timeline().canUndo());
        const FramePtr first = engine.frame();
        engine.undo(kTester);
        QCOMPARE(engine.frame(), first);
        for (std::size_t i = 1; i < states.size(); ++i) {
            engine.redo(kTester);
            QVERIFY2(engine.frame()->cells == states[i], qPrintable(QString::number(i)));
        }
        QCOMPARE(engine.state().cause, u"redo"_s);
    }

    void editsAreTakenBackWhileItRuns()
    {
        ConwayEngine engine(glider());
        const auto run = [&engine](int generations) {
            for (int i = 0; i < generations; ++i)
                engine.step(kTester);
        };
        run(10);
        const CellGrid before = engine.frame()->cells;
        engine.edit({{0, 0, true}}, kTester);
        run(3);
        const CellGrid between = engine.frame()->cells;
        engine.clear(kTester);
        run(1);
        engine.undo(kTester); // with a generation before each
        QVERIFY(engine.frame()->cells == between);
        QCOMPARE(engine.frame()->generation, 13U);
        run(1);
        const CellGrid undone = engine.frame()->cells;
        engine.undo(kTester);
        QVERIFY(engine.frame()->cells == before);
        QCOMPARE(engine.frame()->generation, 10U);
        run(2);
        engine.redo(kTester);
        QVERIFY(engine.frame()->cells == undone);
        QCOMPARE(engine.frame()->generation, 14U);
        engine.redo(kTester);
        QCOMPARE(engine.frame()->population, 0);
        QCOMPARE(engine.frame()->generation, 14U);
    }

    void resetLeadsToTheBeginningOfTheUniverseThereIs()
    {
        ConwayEngine engine(glider());
        engine.step(kTester);
        const Universe other{gridOf({u"OO.."_s, u"OO.."_s, u"...."_s}), *Rule::parse(u"B36/S23"), Topology::Plane};
        engine.load(other, kTester);
        engine.step(kTester);
        engine.undo(kTester);
        QCOMPARE(engine.frame()->generation, 1U);
        engine.reset(kTester);
        QVERIFY(engine.frame()->cells == glider().cells);
        QCOMPARE(engine.state().rule, Rule());
        engine.undo(kTester); // the reset
        engine.redo(kTester); // and again
        engine.undo(kTester);
        QCOMPARE(engine.frame()->generation, 1U);
        engine.load(other, kTester);
        engine.step(kTester);
        engine.goTo(0, kTester);
        engine.edit({{3, 2, true}}, kTester);
        engine.reset(kTester);
        QVERIFY(engine.frame()->cells == other.cells);
        QCOMPARE(engine.state().topology, Topology::Plane);
    }

    void beginningsAreWithinTheBudget()
    {
        constexpr qint64 kBudget = qint64{1} << 20U;
        ConwayEngine engine(glider(), ConwayEngine::kDefaultInterval, kBudget);
        CellGrid full(1'024, 1'024);
        full.fill(true);
        const qint64 before = Snapshot::bytesOfAll();
        for (int i = 0; i < 50; ++i) { // each beginning of 128 KiB dies at once, and is known to what can be redone
            engine.load({full, Rule()}, kTester);
            engine.step(kTester);
            engine.undo(kTester);
            engine.redo(kTester);
        }
        QVERIFY2(Snapshot::bytesOfAll() - before < 3 * kBudget, QByteArray::number(Snapshot::bytesOfAll() - before));
    }

    void thePastBeforeAnEditIsThereAfterItsUndo()
    {
        ConwayEngine engine(glider());
        std::vector<CellGrid> byItself;
        const auto run = [&](int generations) {
            for (int i = 0; i < generations; ++i)
                engine.step(kTester);
        };
        for (int i = 0; i < 60; ++i) {
            byItself.push_back(engine.frame()->cells);
            run(1);
        }
        engine.goTo(20, kTester);
        engine.clear(kTester);
        run(5);
        engine.resize(12, 12, kTester);
        engine.undo(kTester);
        engine.undo(kTester);
        QCOMPARE(engine.timeline().oldest(), 0U);
        for (const quint64 generation : {19U, 20U, 7U, 0U}) {
            engine.goTo(generation, kTester);
            QCOMPARE(engine.frame()->generation, generation);
            QVERIFY(engine.frame()->cells == byItself[generation]);
        }
        run(30);
        QVERIFY(engine.frame()->cells == byItself[30]);
        // Redo leaps, so what led there is not known.
        engine.redo(kTester);
        QCOMPARE(engine.timeline().oldest(), 25U);
        engine.undo(kTester);
        QCOMPARE(engine.frame()->generation, 20U);
        QCOMPARE(engine.timeline().oldest(), 20U);
    }

    void thePastOfAnotherWayIsNotTakenForIts()
    {
        ConwayEngine engine(glider());
        const auto run = [&engine](int generations) {
            for (int i = 0; i < generations; ++i)
                engine.step(kTester);
        };
        run(5);
        engine.fill({Soup::kFull / 2, 1}, kTester);
        run(15);
        const CellGrid before = engine.frame()->cells;
        engine.clear(kTester);
        engine.goTo(2, kTester);
        run(1); // and the soup has never been
        engine.fill({Soup::kFull / 2, 2}, kTester);
        engine.undo(kTester);
        QCOMPARE(engine.timeline().oldest(), 0U);
        engine.undo(kTester); // of the clearing, where there was the soup
        QVERIFY(engine.frame()->cells == before);
        QCOMPARE(engine.timeline().oldest(), 20U);
    }

    void anEarlierGenerationHasNoSpeed()
    {
        // Nobody holds a frame, so that memory goes round.
        ConwayEngine engine(glider(), ConwayEngine::kMinInterval);
        engine.start(kTester);
        QTRY_VERIFY(engine.frame()->generationsPerSecond > 0 && engine.frame()->computeTime.count() > 0);
        engine.stop(kTester);
        for (const quint64 generation : {3U, 2U, 1U, 0U}) {
            engine.goTo(generation, kTester);
            QCOMPARE(engine.frame()->generationsPerSecond, 0.0);
            QCOMPARE(engine.frame()->computeTime.count(), 0);
            QCOMPARE(engine.frame()->lateness.count(), 0);
        }
    }

    void b0NeedsATorus()
    {
        ConwayEngine plane({gliderUniverse(8, 8), Rule(), Topology::Plane});
        const QSignalSpy changed(&plane, &ConwayEngine::stateChanged);
        plane.setRule(*Rule::parse(u"B03/S23"), kTester);
        QCOMPARE(changed.count(), 0);
        QCOMPARE(plane.state().rule, Rule());
        ConwayEngine torus(glider());
        torus.setRule(*Rule::parse(u"B03/S23"), kTester);
        torus.step(kTester);
        QCOMPARE(torus.state().rule.toString(), u"B03/S23"_s);
        QVERIFY(torus.frame()->population > 20);
    }

    void commandsDoWhatTheSlotsDo()
    {
        ConwayEngine engine(glider());
        engine.execute({StepCommand{}, kTester});
        QCOMPARE(engine.frame()->tick, 1U);
        engine.execute({EditCommand{{{0, 0, true}}}, kTester});
        QVERIFY(engine.frame()->cells.alive(0, 0));
        engine.execute({SpeedCommand{50}, kTester});
        QCOMPARE(engine.state().intervalMs, 50);
        engine.execute({StartCommand{}, kTester});
        QVERIFY(engine.state().running);
        engine.execute({StopCommand{}, kTester});
        QVERIFY(!engine.state().running);
        engine.execute({ResetCommand{}, kTester});
        QCOMPARE(engine.frame()->tick, 0U);
        QCOMPARE(engine.state().by, kTester);
    }

    void everyEditIsACommandToo()
    {
        ConwayEngine engine(glider());
        engine.execute({ClearCommand{}, kTester});
        QCOMPARE(engine.frame()->population, 0);
        engine.execute(
            {StampCommand{std::make_shared<CellGrid>(gridOf({u"OO"_s, u"OO"_s})), 7, 7, StampMode::Xor}, kTester});
        QCOMPARE(engine.frame()->population, 4);
        QVERIFY(engine.frame()->cells.alive(0, 0));
        engine.execute({UndoCommand{}, kTester});
        QCOMPARE(engine.frame()->population, 0);
        engine.execute({RedoCommand{}, kTester});
        QCOMPARE(engine.frame()->population, 4);
        engine.execute({FillCommand{{Soup::kFull, 1}}, kTester});
        QCOMPARE(engine.frame()->population, 64);
        engine.execute({RuleCommand{*Rule::parse(u"B3/S012345678")}, kTester});
        engine.execute({ResizeCommand{10, 12}, kTester});
        QCOMPARE(engine.state().width, 10);
        QCOMPARE(engine.state().height, 12);
        engine.execute({StepCommand{}, kTester});
        engine.execute({BackCommand{}, kTester});
        QCOMPARE(engine.frame()->generation, 0U);
        QCOMPARE(engine.frame()->population, 64);
        engine.execute({GoToCommand{1}, kTester});
        QCOMPARE(engine.frame()->generation, 1U);
        Pattern block;
        block.cells = gridOf({u"OO"_s, u"OO"_s});
        engine.execute({LoadCommand{*planOf(block, 20, 5, Topology::Plane, 100)}, kTester});
        QCOMPARE(engine.state().width, 20);
        QCOMPARE(engine.frame()->population, 4);
        QVERIFY(engine.frame()->cells.alive(9, 1));
        QVERIFY(engine.state().topology == Topology::Plane);
        QCOMPARE(engine.state().rule, Rule());
    }

    void whatIsDoneIsTold()
    {
        ConwayEngine engine(glider());
        QStringList order;
        connect(&engine, &ConwayEngine::published, this, [&] { order += u"published"_s; });
        connect(&engine, &ConwayEngine::stateChanged, this, [&] { order += u"changed"_s; });
        connect(&engine, &ConwayEngine::executed, this, [&](const Command &command) {
            order += command.by;
            order += QString::number(command.weight);
        });
        engine.execute({ClearCommand{}, kTester, 4});
        QCOMPARE(order, (QStringList{u"published"_s, u"changed"_s, kTester, u"4"_s}));
        order.clear();
        engine.execute({StopCommand{}, kTester}); // it stands already
        QCOMPARE(order, (QStringList{kTester, u"0"_s}));
    }

    void everySizeRuns_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("1x1") << 1 << 1;
        QTest::newRow("1x200") << 1 << 200;
        QTest::newRow("1000x1") << 1000 << 1;
        QTest::newRow("65x63") << 65 << 63;
    }
    void everySizeRuns()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        ConwayEngine engine({gliderUniverse(width, height), Rule()});
        for (int i = 0; i < 10; ++i)
            engine.step(kTester);
        QCOMPARE(engine.frame()->generation, 10U);
        QCOMPARE(engine.frame()->population, engine.frame()->cells.population());
    }
};

QTEST_GUILESS_MAIN(TestConwayEngine)
#include "tst_conwayengine.moc"
