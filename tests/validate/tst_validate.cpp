// What conway-validate must not overlook, and what it must not blame.

#include "core/Universe.h"
#include "tests/validate/MessageShape.h"
#include "tests/validate/Samples.h"
#include "tests/validate/TickTiming.h"
#include "tests/validate/UniverseCopy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace conway;
using namespace conway::validate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QJsonObject json(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

QJsonObject fullState(quint64 tick, const CellGrid &cells)
{
    QJsonArray grid;
    for (int y = 0; y < cells.height(); ++y) {
        QJsonArray row;
        for (int x = 0; x < cells.width(); ++x)
            row.append(cells.alive(x, y) ? 1 : 0);
        grid.append(row);
    }
    return {{u"type"_s, u"full_state"_s},
            {u"tick"_s, static_cast<qint64>(tick)},
            {u"grid"_s, grid},
            {u"size"_s, cells.height()}};
}

QJsonObject delta(quint64 tick, const CellGrid &from, const CellGrid &to)
{
    QJsonArray deltas;
    for (int y = 0; y < to.height(); ++y) {
        for (int x = 0; x < to.width(); ++x) {
            if (from.alive(x, y) != to.alive(x, y))
                deltas.append(QJsonObject{{u"x"_s, x}, {u"y"_s, y}, {u"alive"_s, to.alive(x, y)}});
        }
    }
    return {{u"type"_s, u"delta"_s}, {u"tick"_s, static_cast<qint64>(tick)}, {u"deltas"_s, deltas}};
}

CellGrid generationAfter(const CellGrid &cells)
{
    CellGrid next(cells.width(), cells.height());
    TileSet changed(cells.width(), cells.height());
    LifeKernel(Rule{}).advance(cells, next, changed);
    return next;
}

/// A copy that holds the glider at tick 0 and knows the rule.
UniverseCopy gliderCopy()
{
    UniverseCopy copy;
    copy.setRule(Rule{});
    if (!copy.take(fullState(0, gliderUniverse(8, 8))))
        qFatal("the copy does not take a full_state");
    return copy;
}

} // namespace

class TestValidate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatAnHonestServerSends()
    {
        UniverseCopy copy = gliderCopy();
        CellGrid cells = gliderUniverse(8, 8);
        for (quint64 tick = 1; tick <= 40; ++tick) {
            const CellGrid next = generationAfter(cells);
            const auto change = copy.take(delta(tick, cells, next));
            QVERIFY2(change, qPrintable(change ? QString() : change.error().message));
            QVERIFY(*change == UniverseCopy::Change::Tick);
            cells = next;
        }
        QVERIFY(copy.cells() == cells);
        QCOMPARE(copy.recomputed(), 40);
    }

    void takesAnEdit()
    {
        UniverseCopy copy = gliderCopy();
        const CellGrid before = copy.cells();
        CellGrid after = before;
        after.set(7, 7, true);
        const auto change = copy.take(delta(0, before, after));
        QVERIFY(change && *change == UniverseCopy::Change::Edit);
        QCOMPARE(copy.heldAt(0, before), std::optional(true));
        QCOMPARE(copy.heldAt(0, after), std::optional(true));
    }

    void countsTicksThatCameTogether()
    {
        UniverseCopy copy = gliderCopy();
        LifeKernel kernel{Rule()};
        const CellGrid before = copy.cells();
        CellGrid first(8, 8);
        CellGrid second(8, 8);
        TileSet changed(8, 8);
        kernel.advance(before, first, changed);
        kernel.advance(first, second, changed);
        QJsonArray deltas;
        for (int y = 0; y < 8; ++y) {
            for (int x = 0; x < 8; ++x) {
                if (before.alive(x, y) != second.alive(x, y))
                    deltas.append(QJsonObject{{u"x"_s, x}, {u"y"_s, y}, {u"alive"_s, second.alive(x, y)}});
            }
        }
        const auto change = copy.take({{u"type"_s, u"delta"_s}, {u"tick"_s, 2}, {u"deltas"_s, deltas}});
        QVERIFY(change && *change == UniverseCopy::Change::Tick);
        QCOMPARE(copy.conflated(), 1);
        QCOMPARE(copy.recomputed(), 1);
    }

    void refusesADelta_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("says");

        QTest::newRow("not the next generation")
            << QByteArray(R"({"type":"delta","tick":1,"deltas":[]})") << u"not the generation that follows"_s;
        QTest::newRow("two ticks, and not both of them")
            << QByteArray(R"({"type":"delta","tick":2,"deltas":[]})") << u"not the generation that follows"_s;
        QTest::newRow("a tick of the far future")
            << QByteArray(R"({"type":"delta","tick":99,"deltas":[]})") << u"tick 99 came after tick 0"_s;
        QTest::newRow("a cell that does not change")
            << QByteArray(R"({"type":"delta","tick":1,"deltas":[{"x":0,"y":0,"alive":false}]})")
            << u"was dead already"_s;
        QTest::newRow("a cell outside") << QByteArray(
                                               R"({"type":"delta","tick":1,"deltas":[{"x":8,"y":0,"alive":true}]})")
                                        << u"outside"_s;
        QTest::newRow("a negative cell") << QByteArray(
                                                R"({"type":"delta","tick":1,"deltas":[{"x":-1,"y":0,"alive":true}]})")
                                         << u"not {"_s;
        QTest::newRow("alive as a number")
            << QByteArray(R"({"type":"delta","tick":1,"deltas":[{"x":1,"y":0,"alive":1}]})") << u"not {"_s;
    }

    void refusesADelta()
    {
        QFETCH(const QByteArray, message);
        QFETCH(const QString, says);
        UniverseCopy copy = gliderCopy();
        const auto change = copy.take(json(message.constData()));
        QVERIFY(!change);
        QVERIFY2(change.error().message.contains(says), qPrintable(change.error().message));
    }

    void refusesAFullState_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("no cells") << QByteArray(R"({"type":"full_state","tick":0,"grid":[],"size":0})");
        QTest::newRow("a short row") << QByteArray(R"({"type":"full_state","tick":0,"grid":[[0,1],[1]],"size":2})");
        QTest::newRow("a cell of 2") << QByteArray(R"({"type":"full_state","tick":0,"grid":[[0,2],[1,0]],"size":2})");
        QTest::newRow("true for 1") << QByteArray(R"({"type":"full_state","tick":0,"grid":[[0,true],[1,0]],"size":2})");
        QTest::newRow("another size") << QByteArray(R"({"type":"full_state","tick":0,"grid":[[0,1],[1,0]],"size":3})");
        QTest::newRow("not square, unsaid") << QByteArray(R"({"type":"full_state","tick":0,"grid":[[0,1]],"size":2})");
        QTest::newRow("not square, wrongly said")
            << QByteArray(R"({"type":"full_state","tick":0,"grid":[[0,1]],"size":2,"width":1,"height":2})");
    }

    void refusesAFullState()
    {
        QFETCH(const QByteArray, message);
        UniverseCopy copy;
        QVERIFY(!copy.take(json(message.constData())));
        QVERIFY(copy.isEmpty());
    }

    void knowsWhatItHeld()
    {
        UniverseCopy copy = gliderCopy();
        const CellGrid first = copy.cells();
        const CellGrid second = generationAfter(first);
        QVERIFY(copy.take(delta(1, first, second)));
        QCOMPARE(copy.heldAt(0, first), std::optional(true));
        QCOMPARE(copy.heldAt(1, first), std::optional(false));
        QVERIFY(!copy.heldAt(2, first).has_value());
    }

    void knowsTheShapesOfMessages_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<bool>("isRight");
        QTest::newRow("delta") << QByteArray(R"({"type":"delta","tick":1,"deltas":[]})") << true;
        QTest::newRow("pong") << QByteArray(R"({"type":"pong","tick":1})") << true;
        QTest::newRow("pong with t") << QByteArray(R"({"type":"pong","tick":1,"t":2.5})") << true;
        QTest::newRow("an event that has grown")
            << QByteArray(
                   R"({"type":"state","running":true,"intervalMs":5,"rule":"B3/S23","cause":"a","by":"b","new":1})")
            << true;
        QTest::newRow("delta that has grown")
            << QByteArray(R"({"type":"delta","tick":1,"deltas":[],"new":1})") << false;
        QTest::newRow("delta without tick") << QByteArray(R"({"type":"delta","deltas":[]})") << false;
        QTest::newRow("half a tick") << QByteArray(R"({"type":"delta","tick":0.5,"deltas":[]})") << false;
        QTest::newRow("tick as text") << QByteArray(R"({"type":"delta","tick":"1","deltas":[]})") << false;
        QTest::newRow("no type") << QByteArray(R"({"tick":1})") << false;
        QTest::newRow("unknown type") << QByteArray(R"({"type":"deltas","tick":1})") << false;
    }

    void knowsTheShapesOfMessages()
    {
        QFETCH(const QByteArray, message);
        QFETCH(const bool, isRight);
        QCOMPARE(wrongShape(json(message.constData())).isEmpty(), isRight);
    }

    void findsTheLateTick()
    {
        TickTiming timing;
        const TickTiming::Time start{};
        timing.restart(500ms);
        timing.arrived(7, start + 12ms); // 2 ms after the earliest of them, measured on the schedule
        timing.arrived(8, start + 510ms);
        timing.arrived(9, start + 1045ms);
        timing.arrived(10, start + 1510ms);
        QCOMPARE(timing.lateness().max(), 35.0);
        QCOMPARE(timing.lateness().count(), 4);
    }

    void aTickLeftOutMakesTheRestLate()
    {
        TickTiming timing;
        const TickTiming::Time start{};
        timing.restart(500ms);
        timing.arrived(1, start);
        timing.arrived(2, start + 1000ms); // one due time passed without a tick
        timing.arrived(3, start + 1500ms);
        QCOMPARE(timing.lateness().max(), 500.0);
    }

    void schedulesAreNotCompared()
    {
        TickTiming timing;
        const TickTiming::Time start{};
        timing.restart(500ms);
        timing.arrived(1, start);
        timing.arrived(2, start + 500ms);
        timing.restart(100ms);
        timing.arrived(3, start + 777ms);
        timing.arrived(4, start + 877ms);
        QCOMPARE(timing.lateness().max(), 0.0);
    }

    void samplesKnowTheirRanks()
    {
        Samples samples;
        QCOMPARE(samples.max(), 0.0);
        QCOMPARE(samples.quantile(0.5), 0.0);
        for (const double value : {5.0, 1.0, 4.0, 2.0, 3.0})
            samples.add(value);
        QCOMPARE(samples.average(), 3.0);
        QCOMPARE(samples.max(), 5.0);
        QCOMPARE(samples.last(), 3.0);
        QCOMPARE(samples.quantile(0.5), 3.0);
        QCOMPARE(samples.quantile(0.99), 5.0);
        QCOMPARE(samples.quantile(0.0), 1.0);
    }
};

QTEST_GUILESS_MAIN(TestValidate)
#include "tst_validate.moc"
