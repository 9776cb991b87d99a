// What the load tool must not overlook, and what it must not blame.

#include "core/LifeKernel.h"
#include "core/TileSet.h"
#include "core/Universe.h"
#include "tests/bench/load/Densities.h"
#include "tests/bench/load/JsonJudge.h"
#include "tests/bench/load/MemoryTrend.h"
#include "tests/bench/load/SharedJudge.h"
#include "tests/bench/load/TickSpread.h"
#include "tests/bench/load/V2Judge.h"
#include "tests/bench/load/WebSocketWire.h"

#include <QCryptographicHash>
#include <QTest>

using namespace conway;
using namespace conway::load;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Kind = Outcome::Kind;

QByteArray fullState(int tick, const CellGrid &cells)
{
    QByteArrayList rows;
    for (int y = 0; y < cells.height(); ++y) {
        QByteArrayList row;
        for (int x = 0; x < cells.width(); ++x)
            row.append(cells.alive(x, y) ? "1" : "0");
        rows.append('[' + row.join(',') + ']');
    }
    return "{\"type\":\"full_state\",\"tick\":" + QByteArray::number(tick) + ",\"grid\":[" + rows.join(',') +
           "],\"size\":" + QByteArray::number(cells.height()) + '}';
}

QByteArray delta(int tick, const CellGrid &from, const CellGrid &to)
{
    QByteArrayList cells;
    for (int y = 0; y < to.height(); ++y) {
        for (int x = 0; x < to.width(); ++x) {
            if (from.alive(x, y) != to.alive(x, y))
                cells.append("{\"x\":" + QByteArray::number(x) + ",\"y\":" + QByteArray::number(y) +
                             ",\"alive\":" + (to.alive(x, y) ? "true}" : "false}"));
        }
    }
    return "{\"type\":\"delta\",\"tick\":" + QByteArray::number(tick) + ",\"deltas\":[" + cells.join(',') + "]}";
}

CellGrid generationAfter(const CellGrid &cells)
{
    CellGrid next(cells.width(), cells.height());
    TileSet changed(cells.width(), cells.height());
    LifeKernel(Rule{}).advance(cells, next, changed);
    return next;
}

/// The glider of 8×8 as docs/protocol.md has it, without the WebSocket's own two bytes: what tst_v2codec holds against
/// the server's.
const QByteArray kView = R"({"type":"view","level":0,"x":0,"y":0,"w":8,"h":8,"maxFps":0,"paused":false})";
const QByteArray kSnapshot =
    QByteArray::fromHex("43020100 01000000 00000000 00000000 0000000000000000 e8030000 05000000 "
                        "00070100 07000700 00000000 0176c70ec20500 03 2928c023");
const QByteArray kDelta = QByteArray::fromHex("43020200 01000000 01000000 00000000 0100000000000000 dc050000 05000000 "
                                              "00070100 07000700 00000000 0159862b8e0500 03 893d5c01");

QByteArray altered(QByteArray frame, qsizetype at, char by)
{
    frame[at] = static_cast<char>(frame[at] ^ by);
    return frame;
}

/// Judges one message after the other, as for one viewer.
struct Watcher {
    explicit Watcher(std::unique_ptr<Judge> theJudge)
        : judge(std::move(theJudge))
    {
    }

    Kind take(Opcode opcode, const QByteArray &message)
    {
        last = judge->judge(held, opcode, message);
        held = last.copy;
        return last.kind;
    }

    std::unique_ptr<Judge> judge;
    CopyPtr held;
    Outcome last;
};

Watcher jsonWatcher()
{
    return Watcher(std::make_unique<JsonJudge>(Rule{}));
}

/// Holds the snapshot.
Watcher v2Watcher()
{
    Watcher watcher(std::make_unique<V2Judge>());
    watcher.take(Opcode::Text, kView);
    if (watcher.take(Opcode::Binary, kSnapshot) != Kind::Whole)
        qFatal("the snapshot of docs/protocol.md is not taken");
    return watcher;
}

/// Counts how often it is asked.
class CountingJudge final : public Judge
{
public:
    explicit CountingJudge(int &count)
        : m_count(count)
    {
    }

    Outcome judge(const CopyPtr &held, Opcode opcode, QByteArrayView payload) override
    {
        ++m_count;
        return m_json.judge(held, opcode, payload);
    }

private:
    int &m_count;
    JsonJudge m_json{Rule{}};
};

} // namespace

class TestLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsFramesByteByByte()
    {
        for (const qsizetype size : {0, 1, 125, 126, 65535, 65536}) {
            const QByteArray payload(size, 'x');
            QByteArray bytes("\x82", 1);
            if (size <= 125)
                bytes += static_cast<char>(size);
            else if (size <= 65535)
                bytes += QByteArray("\x7e") + static_cast<char>(size >> 8) + static_cast<char>(size & 0xff);
            else
                bytes += QByteArray("\x7f\0\0\0\0\0\1\0\0", 9);
            const qsizetype header = bytes.size();
            bytes += payload + "next";
            for (const qsizetype part : {qsizetype{0}, qsizetype{1}, header - 1, header + size - 1}) {
                const auto frame = readServerFrame(QByteArrayView(bytes).first(part));
                QVERIFY(frame);
                QCOMPARE(frame->bytes, part >= header + size ? header + size : 0);
            }
            const auto frame = readServerFrame(bytes);
            QVERIFY(frame);
            QCOMPARE(frame->bytes, header + size);
            QCOMPARE(frame->opcode, Opcode::Binary);
            QCOMPARE(frame->payload.toByteArray(), payload);
        }
    }

    void refusesFramesThatBreakTheProtocol_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("reserved bit") << QByteArray("\xc1\0", 2);
        QTest::newRow("unknown opcode") << QByteArray("\x83\0", 2);
        QTest::newRow("fragment") << QByteArray("\x01\0", 2);
        QTest::newRow("continuation") << QByteArray("\x80\0", 2);
        QTest::newRow("masked") << QByteArray("\x81\x80", 2);
        QTest::newRow("long ping") << QByteArray("\x89\x7e\0\x80", 4);
        QTest::newRow("not the shortest length, 16 bits") << QByteArray("\x81\x7e\0\x7d", 4);
        QTest::newRow("not the shortest length, 64 bits") << QByteArray("\x81\x7f\0\0\0\0\0\0\xff\xff", 10);
        QTest::newRow("endless") << QByteArray("\x81\x7f\x7f\0\0\0\0\0\0\0", 10);
    }

    void refusesFramesThatBreakTheProtocol()
    {
        QFETCH(const QByteArray, bytes);
        QVERIFY(!readServerFrame(bytes));
    }

    void masksWhatItSends()
    {
        const QByteArray payload(300, 'p');
        const QByteArray frame = clientFrame(Opcode::Text, payload);
        QCOMPARE(frame.first(4), QByteArray("\x81\xfe\x01\x2c", 4));
        QByteArray unmasked = frame.sliced(8);
        for (qsizetype i = 0; i < unmasked.size(); ++i)
            unmasked[i] = static_cast<char>(unmasked[i] ^ frame[4 + i % 4]);
        QCOMPARE(unmasked, payload);
    }

    void holdsTheHandshakeAgainstWhatWasAsked()
    {
        const Handshake handshake("host:1", "conway.v2");
        const QByteArray &request = handshake.request();
        const qsizetype key = request.indexOf("Sec-WebSocket-Key: ") + 19;
        const QByteArray accept =
            QCryptographicHash::hash(QByteArray(request.sliced(key, request.indexOf('\r', key) - key) +
                                                "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"),
                                     QCryptographicHash::Sha1)
                .toBase64();
        const QByteArray answer = "HTTP/1.1 101 Switching Protocols\r\nsec-websocket-accept: " + accept +
                                  "\r\nSec-WebSocket-Protocol: conway.v2\r\n\r\n";
        const auto whole = handshake.readAnswer(answer + "rest");
        QVERIFY(whole);
        QCOMPARE(*whole, answer.size());
        const auto part = handshake.readAnswer(answer.chopped(1));
        QVERIFY(part);
        QCOMPARE(*part, 0);
        QVERIFY(!handshake.readAnswer(QByteArray(answer).replace("101", "503")));
        QVERIFY(!handshake.readAnswer(QByteArray(answer).replace(accept, "AAAA")));
        QVERIFY(!handshake.readAnswer(QByteArray(answer).replace("conway.v2", "other")));
    }

    void jsonTakesWhatAnHonestServerSends()
    {
        Watcher watcher = jsonWatcher();
        CellGrid cells = gliderUniverse(8, 8);
        QCOMPARE(watcher.take(Opcode::Text, fullState(0, cells)), Kind::Whole);
        for (int tick = 1; tick < 10; ++tick) {
            const CellGrid next = generationAfter(cells);
            QCOMPARE(watcher.take(Opcode::Text, delta(tick, cells, next)), Kind::Step);
            QVERIFY(watcher.last.tick && !watcher.last.conflated);
            cells = next;
        }
        CellGrid edited = cells;
        edited.set(0, 0, !edited.alive(0, 0));
        QCOMPARE(watcher.take(Opcode::Text, delta(9, cells, edited)), Kind::Step);
        QVERIFY(!watcher.last.tick);
        QCOMPARE(watcher.take(Opcode::Text, R"({"type":"pong","tick":9})"), Kind::Event);
        // Held up: two ticks at once.
        QCOMPARE(watcher.take(Opcode::Text, delta(11, edited, generationAfter(generationAfter(edited)))), Kind::Step);
        QVERIFY(watcher.last.conflated);
    }

    void jsonFindsWhatIsWrong()
    {
        const CellGrid first = gliderUniverse(8, 8);
        const CellGrid second = generationAfter(first);
        const CellGrid third = generationAfter(second);
        Watcher early = jsonWatcher();
        QCOMPARE(early.take(Opcode::Text, delta(1, first, second)), Kind::Wrong);

        const auto after = [&](const QByteArray &message) {
            Watcher watcher = jsonWatcher();
            watcher.take(Opcode::Text, fullState(5, first));
            return watcher.take(Opcode::Text, message);
        };
        QCOMPARE(after(delta(6, first, second)), Kind::Step);
        QCOMPARE(after(delta(6, first, third)), Kind::Wrong);  // not what follows
        QCOMPARE(after(delta(6, second, third)), Kind::Wrong); // the one of the tick after
        QCOMPARE(after(delta(7, second, third)), Kind::Wrong); // cells that do not change
        QCOMPARE(after(delta(7, first, second)), Kind::Gap);   // one is missing
        QCOMPARE(after(delta(4, first, second)), Kind::Gap);   // back in time
        QCOMPARE(after(R"({"type":"delta","tick":6,"deltas":[{"x":8,"y":0,"alive":true}]})"), Kind::Wrong);
        QCOMPARE(after("nonsense"), Kind::Wrong);
        QCOMPARE(after(R"({"type":"full_state","tick":0,"grid":[[0,2],[0,0]],"size":2})"), Kind::Wrong);
    }

    void v2TakesTheGliderOfTheDocument()
    {
        Watcher watcher = v2Watcher();
        const CellGrid cells = gliderUniverse(8, 8);
        const auto shows = [&watcher](const CellGrid &some) {
            return dynamic_cast<const V2Copy &>(*watcher.held).shows(some);
        };
        QVERIFY(shows(cells));
        QVERIFY(!shows(generationAfter(cells)));
        QCOMPARE(watcher.take(Opcode::Binary, kDelta), Kind::Step);
        QVERIFY(watcher.last.tick);
        QVERIFY(shows(generationAfter(cells)));
        QCOMPARE(watcher.take(Opcode::Binary, kDelta), Kind::Late);
        QCOMPARE(watcher.take(Opcode::Text, R"({"type":"stats"})"), Kind::Event);
        QVERIFY(shows(generationAfter(cells)));
    }

    void v2FindsWhatIsWrong()
    {
        constexpr qsizetype kPrev = 12;
        constexpr qsizetype kSeq = 8;
        constexpr qsizetype kCheck = 45;
        const auto after = [](const QByteArray &message) {
            Watcher watcher = v2Watcher();
            watcher.take(Opcode::Binary, message);
            return std::pair(watcher.last.kind, watcher.last.resync);
        };
        QCOMPARE(after(altered(altered(kDelta, kPrev, 2), kSeq, 2)), std::pair(Kind::Gap, true));
        QCOMPARE(after(altered(kDelta, kCheck, 1)), std::pair(Kind::Wrong, true));
        QCOMPARE(after(altered(kDelta, 0, 1)), std::pair(Kind::Wrong, true));
        QCOMPARE(after(kDelta.chopped(1)), std::pair(Kind::Wrong, true));

        Watcher watcher(std::make_unique<V2Judge>());
        QCOMPARE(watcher.take(Opcode::Binary, kSnapshot), Kind::Wrong); // before its view
    }

    void v2HeadersAloneShowGaps()
    {
        Watcher watcher(std::make_unique<V2HeadJudge>());
        QCOMPARE(watcher.take(Opcode::Text, kView), Kind::Event);
        QCOMPARE(watcher.take(Opcode::Binary, kSnapshot), Kind::Whole);
        QCOMPARE(watcher.take(Opcode::Binary, kDelta), Kind::Step);
        QCOMPARE(watcher.take(Opcode::Binary, kDelta), Kind::Late);
        QCOMPARE(watcher.take(Opcode::Binary, altered(altered(kDelta, 12, 2), 8, 2)), Kind::Gap);
        QCOMPARE(watcher.take(Opcode::Binary, "short"), Kind::Wrong);
    }

    void densitiesAreThoseOfTheProtocol()
    {
        CellGrid cells(5, 3);
        QCOMPARE(densityAt(cells, 1, 0, 0), 0);
        cells.set(0, 0, true);
        QCOMPARE(densityAt(cells, 0, 0, 0), 1);
        QCOMPARE(densityAt(cells, 1, 0, 0), 4);
        QCOMPARE(densityAt(cells, 9, 0, 0), 1);
        cells.set(4, 2, true); // alone in its square, which the edge cuts off
        QCOMPARE(densityAt(cells, 1, 2, 1), 4);
        cells.fill(true);
        QCOMPARE(densityAt(cells, 1, 0, 0), 15);
    }

    void sameMessagesAreJudgedOnce()
    {
        int count = 0;
        SharedJudge judge(std::make_unique<CountingJudge>(count));
        const CellGrid first = gliderUniverse(8, 8);
        const CellGrid second = generationAfter(first);
        const CopyPtr early = judge.judge(nullptr, Opcode::Text, fullState(0, first)).copy;
        QCOMPARE(judge.judge(nullptr, Opcode::Text, fullState(0, first)).copy, early);
        QCOMPARE(count, 1);
        const CopyPtr stepped = judge.judge(early, Opcode::Text, delta(1, first, second)).copy;
        QCOMPARE(count, 2);
        // Who comes later by another message shares the copy from then on.
        QCOMPARE(judge.judge(nullptr, Opcode::Text, fullState(1, second)).copy, stepped);
        QCOMPARE(count, 3);
        // The same bytes after another copy are another matter.
        QCOMPARE(judge.judge(stepped, Opcode::Text, delta(1, first, second)).kind, Kind::Wrong);
        QCOMPARE(count, 4);
    }

    void spreadIsFromTheFirstToTheLast()
    {
        TickSpread spread;
        spread.add(1, 10ms);
        spread.add(2, 50ms);
        spread.add(1, 8ms);
        spread.add(1, 12ms);
        const validate::Samples samples = spread.samples();
        QCOMPARE(samples.count(), 1); // one viewer alone is no spread
        QCOMPARE(samples.max(), 4.0);
    }

    void trendIsThatOfTheSecondHalf()
    {
        MemoryTrend trend;
        QCOMPARE(trend.slope(), 0.0);
        for (int second = 0; second <= 100; ++second)
            trend.add(second, second < 50 ? second * 1000 : 50'000 + (second - 50) * 10);
        QVERIFY(std::abs(trend.slope() - 10) < 1e-6);
        QCOMPARE(trend.secondsOfHalf(), 50.0);
        QCOMPARE(trend.most(), 50'500.0);
    }
};

QTEST_GUILESS_MAIN(TestLoad)
#include "tst_load.moc"
