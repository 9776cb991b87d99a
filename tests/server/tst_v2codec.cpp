#include "core/LifeKernel.h"
#include "core/Soup.h"
#include "core/SplitMix64.h"
#include "core/Universe.h"
#include "server/BinaryStream.h"
#include "server/Crc32.h"
#include "server/Limits.h"
#include "server/TileCode.h"
#include "tests/wire/V2Decoder.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace conway;
using namespace Qt::StringLiterals;
using wire::V2Decoder;
using wire::V2Outcome;

namespace {

FramePtr frameOf(const CellGrid &cells, quint64 sequence, quint32 epoch = 1)
{
    auto *frame = new Frame;
    frame->epoch = epoch;
    frame->sequence = sequence;
    frame->tick = sequence;
    frame->generation = sequence;
    frame->cells = cells;
    frame->population = cells.population();
    frame->changedTiles = TileSet(cells.width(), cells.height());
    return FramePtr(frame);
}

/// The frames of a soup or a sparse universe, a generation each, with the changed tiles that an engine tells.
class Life
{
public:
    explicit Life(const CellGrid &cells)
        : m_frame(frameOf(cells, 0))
    {
    }

    [[nodiscard]] const FramePtr &frame() const { return m_frame; }

    const FramePtr &step()
    {
        auto *next = new Frame(*m_frame);
        ++next->sequence;
        ++next->generation;
        m_kernel.advance(m_frame->cells, next->cells, next->changedTiles);
        next->population = next->cells.population();
        m_frame = FramePtr(next);
        return m_frame;
    }

private:
    FramePtr m_frame;
    LifeKernel m_kernel{Rule()};
};

/// A WebSocket frame's payload, as RFC 6455 §5.2 has it.
QByteArray payloadOf(const QByteArray &frame)
{
    const auto length = static_cast<quint8>(frame[1]);
    const qsizetype head = length < 126 ? 2 : (length == 126 ? 4 : 10);
    return frame.sliced(head);
}

V2Outcome give(V2Decoder &viewer, const QByteArray &frame)
{
    return viewer.take(payloadOf(frame));
}

/// What differs first from what docs/protocol.md asks for, counted cell by cell; empty when nothing does. Outside the
/// view all is 0.
QByteArray difference(const V2Decoder &viewer, const CellGrid &cells, const ViewArea &area)
{
    const auto columns = static_cast<int>(valuesAcross(cells.width(), area.level));
    const auto rows = static_cast<int>(valuesAcross(cells.height(), area.level));
    std::vector<int> living(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 0);
    for (int y = 0; y < cells.height(); ++y) {
        for (int x = 0; x < cells.width(); ++x)
            living[static_cast<std::size_t>((y >> area.level) * columns + (x >> area.level))] += cells.alive(x, y);
    }
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            const int count = living[static_cast<std::size_t>(y * columns + x)];
            int expected = area.level == 0 ? count : static_cast<int>(std::ceil(15 * count / std::pow(4, area.level)));
            if (!area.tiles.contains(x / 128, y / 128))
                expected = 0;
            if (viewer.value(x, y) != expected)
                return QByteArray::number(x) + ',' + QByteArray::number(y) + ": " +
                       QByteArray::number(viewer.value(x, y)) + " instead of " + QByteArray::number(expected);
        }
    }
    return {};
}

void setView(V2Decoder &viewer, const ViewArea &area)
{
    viewer.setView(area.tiles.left, area.tiles.top, area.tiles.right, area.tiles.bottom);
}

ViewArea randomArea(SplitMix64 &random, int level, QSize universe)
{
    const auto below = [&](int limit) { return static_cast<qint64>(random.next() % static_cast<quint64>(limit)); };
    const qint64 x = below(universe.width());
    const qint64 y = below(universe.height());
    return ViewArea::covering({x, y, 1 + below(universe.width()), 1 + below(universe.height())}, level, universe);
}

void addSizes()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size :
         {QSize(1, 1), QSize(1, 70), QSize(70, 1), QSize(63, 5), QSize(64, 64), QSize(65, 33), QSize(127, 129),
          QSize(128, 128), QSize(129, 127), QSize(300, 200), QSize(1000, 70), QSize(40, 1040)}) {
        QTest::addRow("%dx%d", size.width(), size.height()) << size;
    }
}

} // namespace

class TestV2Codec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void crcIsTheUsualOne()
    {
        for (const auto crc : {&crc32, &wire::crc32Of}) {
            QCOMPARE(crc(""), 0U);
            QCOMPARE(crc("a"), 0xE8B7BE43U);
            QCOMPARE(crc("123456789"), 0xCBF43926U);
            QCOMPARE(crc("The quick brown fox jumps over the lazy dog"), 0x414FA339U);
        }
        QByteArray bytes;
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(crc32(bytes), wire::crc32Of(bytes));
            bytes += static_cast<char>(i * 37);
        }
    }

    void areasAreWholeTiles()
    {
        const QSize universe(1000, 300);
        QCOMPARE(ViewArea::whole(0, universe), (ViewArea{0, {0, 0, 8, 3}}));
        QCOMPARE(ViewArea::whole(1, universe), (ViewArea{1, {0, 0, 4, 2}}));
        QCOMPARE(ViewArea::whole(9, universe), (ViewArea{9, {0, 0, 1, 1}}));
        QCOMPARE(ViewArea::covering({127, 128, 1, 1}, 0, universe), (ViewArea{0, {0, 1, 1, 2}}));
        QCOMPARE(ViewArea::covering({127, 127, 2, 2}, 0, universe), (ViewArea{0, {0, 0, 2, 2}}));
        QCOMPARE(ViewArea::covering({-50, 290, 60, 5'000}, 0, universe), (ViewArea{0, {0, 2, 1, 3}}));
        for (const CellRect &nothing : {CellRect{1'000, 0, 5, 5}, CellRect{-5, 0, 5, 5}, CellRect{5, 5, 0, 9},
                                        CellRect{5, 5, -4, 9}, CellRect{qint64{1} << 60, 0, qint64{1} << 60, 1}})
            QVERIFY(ViewArea::covering(nothing, 3, universe).tiles.isEmpty());
        QCOMPARE((ViewArea{0, {7, 1, 8, 3}}).cells(universe), (CellRect{896, 128, 104, 172}));
        QCOMPARE(ViewArea::whole(9, universe).cells(universe), (CellRect{0, 0, 1'000, 300}));
        QVERIFY(ViewArea{}.cells(universe).isEmpty());
    }

    void levelsFitTheScreen()
    {
        QCOMPARE(fittingLevel(1, 1), 0);
        QCOMPARE(fittingLevel(1'024, 1'024), 0);
        QCOMPARE(fittingLevel(1'025, 8), 1);
        QCOMPARE(fittingLevel(8, 2'049), 2);
        QCOMPARE(fittingLevel(16'384, 16'384), 4);
        QCOMPARE(fittingLevel(65'536, 1), 6);
        QCOMPARE(fittingLevel(qint64{1} << 40, 1), limits::kMaxLevel);
    }

    void viewsAreMeasuredInWholeTiles()
    {
        const QSize largest(65'536, 65'536);
        const auto values = [](const CellRect &cells, int level, QSize universe) {
            return ViewArea::covering(cells, level, universe).values(universe);
        };
        QCOMPARE(values({0, 0, 1, 1}, 0, largest), 128 * 128);
        QCOMPARE(values({127, 127, 2, 2}, 0, largest), 256 * 256);
        QCOMPARE(values({0, 0, 200, 200}, 0, {130, 7}), 130 * 7);
        QCOMPARE(values({0, 0, 200, 200}, 1, {131, 7}), 66 * 4);
        QCOMPARE(values({}, 3, largest), 0);
        // A screen of 3840×2160, however it lies on the tiles.
        QVERIFY(values({127, 127, 3'840, 2'160}, 0, largest) <= limits::kViewValues);
        QVERIFY(values({255, 255, 7'680, 4'320}, 1, largest) <= limits::kViewValues);
        QVERIFY(values({0, 0, 4'096, 2'305}, 0, largest) > limits::kViewValues);
        QVERIFY(values({1, 1, 8'192, 1'024}, 0, largest) > limits::kViewValues);
        QVERIFY(values({0, 0, 65'536, 65'536}, 4, largest) > limits::kViewValues);
        QVERIFY(values({0, 0, 65'536, 65'536}, 5, largest) <= limits::kViewValues);
    }

    // --- Tiles -------------------------------------------------------------------------------------------------------

    void tilesAreReadBack_data()
    {
        QTest::addColumn<int>("level");
        QTest::addColumn<int>("oneIn"); // a value that is not 0, among so many
        for (const int level : {0, 1}) {
            for (const int oneIn : {1, 2, 3, 5, 20, 300, 5'000, 1'000'000})
                QTest::addRow("level %d, one in %d", level, oneIn) << level << oneIn;
        }
    }
    void tilesAreReadBack()
    {
        QFETCH(int, level);
        QFETCH(int, oneIn);
        SplitMix64 random(static_cast<quint64>(oneIn));
        for (const auto &[columns, rows] : {std::pair{1, 1},
                                            {1, 128},
                                            {128, 1},
                                            {7, 3},
                                            {16, 9},
                                            {63, 64},
                                            {64, 64},
                                            {65, 2},
                                            {127, 100},
                                            {128, 128}}) {
            TileValues values(level, columns, rows);
            wire::V2Tile expected(columns, rows, level == 0);
            for (int y = 0; y < rows; ++y) {
                for (int x = 0; x < columns; ++x) {
                    if (random.next() % static_cast<quint64>(oneIn) != 0)
                        continue;
                    const quint64 value = level == 0 ? 1 : 1 + random.next() % 15;
                    const int bit = x * values.bitsPerValue();
                    values.row(y)[bit / 64] |= value << static_cast<unsigned>(bit % 64);
                    expected.values[static_cast<std::size_t>(y * columns + x)] = static_cast<quint8>(value);
                }
            }
            const TileCode code = encodeTile(values);
            wire::V2Tile read(columns, rows, level == 0);
            QCOMPARE(wire::decodeValues(static_cast<quint8>(code.encoding), code.bytes, read), nullptr);
            QVERIFY(read == expected);
            QCOMPARE(crc32(values.rawForm()), expected.check());
            QCOMPARE(code.encoding == TileEncoding::Zero, expected.isZero());
            QVERIFY(code.bytes.size() <= values.rawForm().size());
        }
    }

    void riceNumberIsTheBestOne()
    {
        // Of all sixteen, counted as the protocol defines them, none makes it shorter.
        SplitMix64 random(5);
        for (const int oneIn : {6, 12, 40, 100, 400, 3'000}) {
            TileValues values(0, 128, 128);
            QList<int> gaps{0};
            for (int place = 0; place < 128 * 128; ++place) {
                if (random.next() % static_cast<quint64>(oneIn) == 0) {
                    values.row(place / 128)[place % 128 / 64] |= quint64{1} << static_cast<unsigned>(place % 64);
                    gaps += 0;
                } else {
                    ++gaps.last();
                }
            }
            const TileCode code = encodeTile(values);
            QCOMPARE(code.encoding, TileEncoding::Gaps);
            qsizetype shortest = 1'000'000;
            for (int r = 0; r <= 15; ++r) {
                qsizetype bits = 0;
                for (const int gap : gaps)
                    bits += (gap >> r) + 1 + r;
                shortest = std::min(shortest, 1 + (bits + 7) / 8);
            }
            QCOMPARE(code.bytes.size(), shortest);
        }
    }

    // --- Whole streams -----------------------------------------------------------------------------------------------

    void viewersHoldWhatTheServerHolds_data() { addSizes(); }
    void viewersHoldWhatTheServerHolds()
    {
        QFETCH(QSize, size);
        SplitMix64 random(static_cast<quint64>(size.width()) * 1'000 + static_cast<quint64>(size.height()));
        for (int level = 0; level <= limits::kMaxLevel; ++level) {
            const Soup soup{level % 2 == 0 ? Soup::kFull / 3 : Soup::kFull / 200, random.next()};
            Life life(soup.universe(size.width(), size.height()));
            BinaryStream stream(life.frame(), 0);
            ViewArea area = randomArea(random, level, size);
            V2Decoder viewer;
            setView(viewer, area);
            QCOMPARE(give(viewer, stream.snapshot(area)), V2Outcome::Applied);
            QCOMPARE(difference(viewer, life.frame()->cells, area), QByteArray());
            for (int i = 0; i < 5; ++i) {
                const auto steps = 1 + static_cast<int>(random.next() % 3);
                for (int step = 0; step < steps; ++step)
                    life.step();
                stream.advance(life.frame(), static_cast<quint32>(i));
                QVERIFY(stream.hasDelta());
                QCOMPARE(give(viewer, stream.delta(area)), V2Outcome::Applied);
                QCOMPARE(viewer.head().flags, steps > 1 ? 1 : 0);
                QCOMPARE(difference(viewer, life.frame()->cells, area), QByteArray());
                QCOMPARE(viewer.head().sequence, static_cast<quint32>(life.frame()->sequence));
                QCOMPARE(viewer.head().time, static_cast<quint32>(i));
                QCOMPARE(viewer.head().population, static_cast<quint32>(life.frame()->population));
                if (i % 2 == 0) // as a hub does; without it the next advance() does it
                    stream.dropBase();
                if (i % 3 == 0) {
                    const ViewArea moved = randomArea(random, level, size);
                    setView(viewer, moved);
                    QCOMPARE(give(viewer, stream.tiles(moved, area)), V2Outcome::Applied);
                    area = moved;
                    QCOMPARE(difference(viewer, life.frame()->cells, area), QByteArray());
                }
            }
        }
    }

    void deltasNeedNoMemory_data() { addSizes(); }
    void deltasNeedNoMemory()
    {
        // Tiles that nobody asked for until now, and of which the frame before is known by its cells alone.
        QFETCH(QSize, size);
        Life life(Soup{Soup::kFull / 3, 3}.universe(size.width(), size.height()));
        for (int level = 0; level <= limits::kMaxLevel; ++level) {
            const ViewArea area = ViewArea::whole(level, size);
            V2Decoder viewer;
            QCOMPARE(give(viewer, BinaryStream(life.frame(), 0).snapshot(area)), V2Outcome::Applied);
            BinaryStream stream(life.frame(), 0);
            stream.advance(life.step(), 0);
            QCOMPARE(give(viewer, stream.delta(area)), V2Outcome::Applied);
            QCOMPARE(difference(viewer, life.frame()->cells, area), QByteArray());
        }
    }

    void onlyTouchedTilesAreLookedAt()
    {
        CellGrid cells(1'000, 1'000);
        BinaryStream stream(frameOf(cells, 0), 0);
        cells.set(10, 10, true);
        cells.set(900, 900, true); // a lie: not in the set
        TileSet touched(1'000, 1'000);
        touched.mark(0, 0);
        stream.advance(frameOf(cells, 1), touched, 0);
        const QByteArray delta = payloadOf(stream.delta(ViewArea::whole(0, stream.universe())));
        QCOMPARE(delta[34], char(1));
        QCOMPARE(delta.sliced(36, 8), QByteArray::fromHex("e703e70300000000"));
    }

    void equalMessagesAreOne()
    {
        Life life(Soup{Soup::kFull / 3, 1}.universe(300, 300));
        BinaryStream stream(life.frame(), 0);
        const ViewArea area = ViewArea::whole(0, stream.universe());
        const QByteArray snapshot = stream.snapshot(area);
        QVERIFY(stream.snapshot(area).isSharedWith(snapshot));
        stream.advance(life.step(), 0);
        const QByteArray delta = stream.delta(area);
        QVERIFY(stream.delta(area).isSharedWith(delta));
        const QByteArray later = stream.snapshot(area);
        QVERIFY(later != snapshot);
        stream.dropBase();
        QVERIFY(stream.snapshot(area).isSharedWith(later));
        QVERIFY(!stream.hasDelta());
    }

    void tilesAreOnlyThoseNotHeld()
    {
        CellGrid cells(600, 600);
        cells.fill(true);
        BinaryStream stream(frameOf(cells, 0), 0);
        const ViewArea held{0, {0, 0, 3, 3}};
        const ViewArea area{0, {1, 1, 4, 4}};
        V2Decoder viewer;
        setView(viewer, held);
        QCOMPARE(give(viewer, stream.snapshot(held)), V2Outcome::Applied);
        QCOMPARE(viewer.head().tileCount, 9);
        setView(viewer, area);
        QCOMPARE(give(viewer, stream.tiles(area, held)), V2Outcome::Applied);
        QCOMPARE(viewer.head().tileCount, 5);
        QCOMPARE(difference(viewer, cells, area), QByteArray());
    }

    void forgettingChangesNoAnswer()
    {
        // More areas than are kept.
        const QSize size(4'096, 2'048);
        BinaryStream stream(frameOf(Soup{Soup::kFull / 2, 1}.universe(size.width(), size.height()), 0), 0);
        const ViewArea first = ViewArea::whole(0, size);
        const QByteArray before = stream.snapshot(first);
        QVERIFY(before.size() > 1'000'000);
        for (int left = 0; left < 12; ++left) {
            for (int top = 0; top < 12; ++top)
                QVERIFY(stream.snapshot({0, {left, top, 32, 16}}).size() > 100'000);
        }
        const QByteArray after = stream.snapshot(first);
        QCOMPARE(after, before);
        QVERIFY(!after.isSharedWith(before));
    }

    void anotherEpochOrSizeHasNoDelta()
    {
        BinaryStream stream(frameOf(CellGrid(10, 10), 4, 1), 0);
        stream.advance(frameOf(CellGrid(10, 10), 5, 2), 0);
        QVERIFY(!stream.hasDelta());
        stream.advance(frameOf(CellGrid(11, 10), 6, 2), 0);
        QVERIFY(!stream.hasDelta());
        QCOMPARE(stream.universe(), QSize(11, 10));
        V2Decoder viewer;
        QCOMPARE(give(viewer, stream.snapshot(ViewArea::whole(0, {11, 10}))), V2Outcome::Applied);
        QCOMPARE(viewer.head().width, 11);
        QCOMPARE(viewer.head().epoch, 2U);
        stream.advance(frameOf(CellGrid(11, 10), 7, 2), 0);
        QVERIFY(stream.hasDelta());
        QCOMPARE(give(viewer, stream.delta(ViewArea::whole(0, {11, 10}))), V2Outcome::Applied);
    }

    void numbersWrapAndSaturate()
    {
        auto *frame = new Frame;
        frame->epoch = 0xFFFFFFFF;
        frame->sequence = (quint64{1} << 40) + 0xFFFFFFFF;
        frame->generation = 0x0123456789ABCDEF;
        frame->population = (qint64{1} << 32) + 5;
        frame->cells = CellGrid(CellGrid::kMaxSide, 1);
        frame->changedTiles = TileSet(CellGrid::kMaxSide, 1);
        const FramePtr first(frame);
        BinaryStream stream(first, 0xFFFFFFFE);
        const ViewArea area = ViewArea::whole(0, stream.universe());
        V2Decoder viewer;
        QCOMPARE(give(viewer, stream.snapshot(area)), V2Outcome::Applied);
        QCOMPARE(viewer.head().sequence, 0xFFFFFFFFU);
        QCOMPARE(viewer.head().generation, quint64{0x0123456789ABCDEF});
        QCOMPARE(viewer.head().population, 0xFFFFFFFFU);
        QCOMPARE(viewer.head().width, 65'536);
        QCOMPARE(viewer.head().time, 0xFFFFFFFEU);
        auto *next = new Frame(*first);
        ++next->sequence;
        next->cells.set(65'535, 0, true);
        next->changedTiles.mark(511, 0);
        stream.advance(FramePtr(next), 1);
        QCOMPARE(give(viewer, stream.delta(area)), V2Outcome::Applied);
        QCOMPARE(viewer.head().sequence, 0U);
        QCOMPARE(viewer.value(65'535, 0), 1);
    }

    // --- The viewer --------------------------------------------------------------------------------------------------

    void viewerKnowsWhatFits()
    {
        Life life(gliderUniverse(8, 8));
        const ViewArea area = ViewArea::whole(0, {8, 8});
        BinaryStream stream(life.frame(), 0);
        const QByteArray first = stream.snapshot(area);
        stream.advance(life.step(), 0);
        const QByteArray second = stream.delta(area);
        stream.advance(life.step(), 0);
        const QByteArray third = stream.delta(area);
        const QByteArray thirdTiles = stream.tiles(area, {0, {}});

        V2Decoder viewer;
        QCOMPARE(give(viewer, second), V2Outcome::Ignored); // no snapshot yet
        QCOMPARE(give(viewer, first), V2Outcome::Applied);
        QCOMPARE(give(viewer, third), V2Outcome::Gap);
        QCOMPARE(give(viewer, second), V2Outcome::Ignored); // awaits a snapshot
        QCOMPARE(give(viewer, first), V2Outcome::Applied);
        QCOMPARE(give(viewer, thirdTiles), V2Outcome::Gap);
        QCOMPARE(give(viewer, first), V2Outcome::Applied);
        QCOMPARE(give(viewer, second), V2Outcome::Applied);
        QCOMPARE(give(viewer, second), V2Outcome::Ignored); // not later
        QCOMPARE(give(viewer, third), V2Outcome::Applied);
        QCOMPARE(give(viewer, thirdTiles), V2Outcome::Applied);
        QCOMPARE(difference(viewer, life.frame()->cells, area), QByteArray());
        BinaryStream another(frameOf(CellGrid(8, 8), 2, 9), 0);
        another.advance(frameOf(CellGrid(8, 8), 3, 9), 0);
        QCOMPARE(give(viewer, another.delta(area)), V2Outcome::Ignored); // another epoch
    }

    void noDamagePassesUnnoticed()
    {
        Life life(Soup{Soup::kFull / 8, 2}.universe(150, 20));
        for (const int level : {0, 2}) {
            const ViewArea area = ViewArea::whole(level, {150, 20});
            BinaryStream stream(life.frame(), 0);
            const QByteArray snapshot = payloadOf(stream.snapshot(area));
            stream.advance(life.step(), 0);
            const QByteArray delta = payloadOf(stream.delta(area));
            for (qsizetype length = 0; length < delta.size(); ++length) {
                V2Decoder viewer;
                QCOMPARE(viewer.take(snapshot), V2Outcome::Applied);
                QCOMPARE(viewer.take(QByteArrayView(delta).first(length)), V2Outcome::Malformed);
                QVERIFY(!viewer.reason().isEmpty());
            }
            for (qsizetype at = 0; at < delta.size(); ++at) {
                for (int bit = 0; bit < 8; ++bit) {
                    QByteArray damaged = delta;
                    damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
                    V2Decoder viewer;
                    QCOMPARE(viewer.take(snapshot), V2Outcome::Applied);
                    const V2Outcome outcome = viewer.take(damaged);
                    // Numbers that are only told, and of which any is possible: seq, generation, time, population; a
                    // flag. In another epoch a delta is to be ignored.
                    const bool isTold = at == 3 || (at >= 8 && at < 12) || (at >= 16 && at < 32);
                    const bool isEpoch = at >= 4 && at < 8;
                    if (isEpoch)
                        QCOMPARE(outcome, V2Outcome::Ignored);
                    else if (!isTold)
                        QVERIFY2(outcome != V2Outcome::Applied, qPrintable(QString::number(at)));
                    if (outcome == V2Outcome::Applied) // and the cells are right nevertheless
                        QCOMPARE(difference(viewer, life.frame()->cells, area), QByteArray());
                }
            }
        }
    }

    // --- The document ------------------------------------------------------------------------------------------------

    void documentShowsWhatIsSent()
    {
        Life life(gliderUniverse(8, 8));
        BinaryStream stream(life.frame(), 1'000);
        const ViewArea area = ViewArea::whole(0, {8, 8});
        const QByteArray snapshot = stream.snapshot(area);
        stream.advance(life.step(), 1'500);
        const QByteArray delta = stream.delta(area);
        QVERIFY(delta.size() <= 64);

        QFile file(QStringLiteral(CONWAY_PROTOCOL));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray document = file.readAll();
        const qsizetype begin = document.indexOf("#### A glider's first two frames");
        QVERIFY(begin >= 0);
        const QList<QByteArray> lines = document.sliced(begin).split('\n');
        const qsizetype first = lines.indexOf("```");
        const qsizetype last = lines.indexOf("```", first + 1);
        QVERIFY(first > 0 && last > first);
        QByteArray shown;
        for (const QByteArray &line : lines.sliced(first + 1, last - first - 1)) {
            QVERIFY(line.contains("  "));
            shown += line.first(line.indexOf("  ")).replace(' ', "");
        }
        QCOMPARE(shown, snapshot.toHex() + delta.toHex());
    }
};

QTEST_APPLESS_MAIN(TestV2Codec)
#include "tst_v2codec.moc"
