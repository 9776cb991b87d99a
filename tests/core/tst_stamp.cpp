#include "core/Stamp.h"
#include "tests/core/Oracle.h"
#include "tests/core/Picture.h"

#include <QTest>

#include <limits>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSides[] = {1, 2, 3, 63, 64, 65, 127, 128, 129, 513};
constexpr StampMode kModes[] = {StampMode::Or, StampMode::Xor, StampMode::Copy};
constexpr Topology kTopologies[] = {Topology::Torus, Topology::Plane};

/// The definition: the pattern's cells put down one by one.
CellGrid stampedOneByOne(CellGrid universe, Topology topology, const CellGrid &pattern, qint64 x, qint64 y,
                         StampMode mode)
{
    for (int j = 0; j < pattern.height(); ++j) {
        for (int i = 0; i < pattern.width(); ++i) {
            qint64 column = x + i;
            qint64 row = y + j;
            if (topology == Topology::Torus) {
                column = ((column % universe.width()) + universe.width()) % universe.width();
                row = ((row % universe.height()) + universe.height()) % universe.height();
            }
            if (column < 0 || row < 0 || column >= universe.width() || row >= universe.height())
                continue;
            const bool is = universe.alive(static_cast<int>(column), static_cast<int>(row));
            const bool comes = pattern.alive(i, j);
            const bool becomes = mode == StampMode::Or ? is || comes : mode == StampMode::Xor ? is != comes : comes;
            universe.set(static_cast<int>(column), static_cast<int>(row), becomes);
        }
    }
    return universe;
}

CellGrid stamped(CellGrid universe, Topology topology, const CellGrid &pattern, int x, int y, StampMode mode)
{
    stamp(universe, topology, pattern, x, y, mode);
    return universe;
}

/// Mostly around the edges, sometimes far away.
int randomPlace(int universeSide, int patternSide, QRandomGenerator &random)
{
    if (random.bounded(8) == 0)
        return static_cast<int>(random.generate());
    return random.bounded(-patternSide - 70, universeSide + 70);
}

} // namespace

class TestStamp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAsIfCellsWerePutDownOneByOne_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("topology");
        for (const StampMode mode : kModes) {
            for (const Topology topology : kTopologies) {
                QTest::addRow("mode %d, topology %d", static_cast<int>(mode), static_cast<int>(topology))
                    << static_cast<int>(mode) << static_cast<int>(topology);
            }
        }
    }

    void isAsIfCellsWerePutDownOneByOne()
    {
        QFETCH(const int, mode);
        QFETCH(const int, topology);
        const auto how = static_cast<StampMode>(mode);
        const auto where = static_cast<Topology>(topology);
        QRandomGenerator random(static_cast<quint32>(1 + mode * 2 + topology));
        for (int i = 0; i < 150; ++i) {
            const auto side = [&] { return kSides[random.bounded(i % 30 == 0 ? 10 : 9)]; };
            const CellGrid universe = soup(side(), side(), 0.5, random);
            const CellGrid pattern = soup(side(), side(), 0.5, random);
            const int x = randomPlace(universe.width(), pattern.width(), random);
            const int y = randomPlace(universe.height(), pattern.height(), random);
            QVERIFY2(stamped(universe, where, pattern, x, y, how) ==
                         stampedOneByOne(universe, where, pattern, x, y, how),
                     qPrintable(u"%1x%2 on %3x%4 at (%5,%6)"_s.arg(pattern.width())
                                    .arg(pattern.height())
                                    .arg(universe.width())
                                    .arg(universe.height())
                                    .arg(x)
                                    .arg(y)));
        }
    }

    void theFarthestPlacesAreAsGoodAsAny()
    {
        QRandomGenerator random(7);
        const CellGrid universe = soup(65, 63, 0.5, random);
        const CellGrid pattern = soup(129, 130, 0.5, random);
        for (const int far : {std::numeric_limits<int>::min(), std::numeric_limits<int>::max()}) {
            for (const StampMode mode : kModes) {
                QVERIFY(stamped(universe, Topology::Plane, pattern, far, 0, mode) == universe);
                QVERIFY(stamped(universe, Topology::Plane, pattern, 0, far, mode) == universe);
                QVERIFY(stamped(universe, Topology::Torus, pattern, far, far, mode) ==
                        stampedOneByOne(universe, Topology::Torus, pattern, far, far, mode));
            }
        }
    }

    void copyKillsWhereThePatternIsDead()
    {
        const CellGrid universe = gridOf({u"OOOO"_s, u"OOOO"_s, u"OOOO"_s});
        const CellGrid pattern = gridOf({u"O.."_s, u"..O"_s});
        const auto picture = [&](Topology topology, int x, int y, StampMode mode) {
            return pictureOf(stamped(universe, topology, pattern, x, y, mode));
        };
        QCOMPARE(picture(Topology::Plane, 2, 2, StampMode::Copy), (QStringList{u"OOOO"_s, u"OOOO"_s, u"OOO."_s}));
        QCOMPARE(picture(Topology::Torus, 2, 2, StampMode::Copy), (QStringList{u"OO.."_s, u"OOOO"_s, u".OO."_s}));
        QCOMPARE(picture(Topology::Torus, 2, 2, StampMode::Xor), (QStringList{u".OOO"_s, u"OOOO"_s, u"OO.O"_s}));
        QCOMPARE(picture(Topology::Torus, 2, 2, StampMode::Or), pictureOf(universe));
    }
};

QTEST_APPLESS_MAIN(TestStamp)
#include "tst_stamp.moc"
