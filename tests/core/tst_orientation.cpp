#include "core/Orientation.h"
#include "tests/core/Oracle.h"
#include "tests/core/Picture.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSides[] = {1, 2, 3, 63, 64, 65, 127, 128, 129, 513};

Orientation orientation(int i)
{
    return static_cast<Orientation>(i);
}

/// Where a cell of a width×height grid goes, one cell at a time and each orientation by itself.
CellGrid orientedOneByOne(const CellGrid &cells, Orientation orientation)
{
    const int right = cells.width() - 1;
    const int bottom = cells.height() - 1;
    const bool turns = orientation == Orientation::Turned90 || orientation == Orientation::Turned270 ||
                       orientation == Orientation::Transposed || orientation == Orientation::AntiTransposed;
    CellGrid result = turns ? CellGrid(cells.height(), cells.width()) : CellGrid(cells.width(), cells.height());
    for (int y = 0; y <= bottom; ++y) {
        for (int x = 0; x <= right; ++x) {
            if (!cells.alive(x, y))
                continue;
            switch (orientation) {
            case Orientation::AsItIs:
                result.set(x, y, true);
                break;
            case Orientation::Turned90:
                result.set(bottom - y, x, true);
                break;
            case Orientation::Turned180:
                result.set(right - x, bottom - y, true);
                break;
            case Orientation::Turned270:
                result.set(y, right - x, true);
                break;
            case Orientation::FlippedAcross:
                result.set(right - x, y, true);
                break;
            case Orientation::FlippedDown:
                result.set(x, bottom - y, true);
                break;
            case Orientation::Transposed:
                result.set(y, x, true);
                break;
            case Orientation::AntiTransposed:
                result.set(bottom - y, right - x, true);
                break;
            }
        }
    }
    return result;
}

} // namespace

class TestOrientation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySizeInEveryOrientation()
    {
        QRandomGenerator random(1);
        for (const int width : kSides) {
            for (const int height : kSides) {
                const CellGrid cells = soup(width, height, 0.4, random);
                for (int i = 0; i < kOrientations; ++i) {
                    QVERIFY2(oriented(cells, orientation(i)) == orientedOneByOne(cells, orientation(i)),
                             qPrintable(u"%1x%2, orientation %3"_s.arg(width).arg(height).arg(i)));
                }
            }
        }
    }

    void looksAsItsNameSays_data()
    {
        QTest::addColumn<int>("how");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, Orientation how, const QStringList &expected) {
            QTest::newRow(name) << static_cast<int>(how) << expected;
        };
        row("as it is", Orientation::AsItIs, {u"OO."_s, u"O.."_s});
        row("90", Orientation::Turned90, {u"OO"_s, u".O"_s, u".."_s});
        row("180", Orientation::Turned180, {u"..O"_s, u".OO"_s});
        row("270", Orientation::Turned270, {u".."_s, u"O."_s, u"OO"_s});
        row("across", Orientation::FlippedAcross, {u".OO"_s, u"..O"_s});
        row("down", Orientation::FlippedDown, {u"O.."_s, u"OO."_s});
        row("transposed", Orientation::Transposed, {u"OO"_s, u"O."_s, u".."_s});
        row("anti-transposed", Orientation::AntiTransposed, {u".."_s, u".O"_s, u"OO"_s});
    }

    void looksAsItsNameSays()
    {
        QFETCH(const int, how);
        QFETCH(const QStringList, expected);
        const CellGrid cells = gridOf({u"OO."_s, u"O.."_s});
        QCOMPARE(pictureOf(oriented(cells, orientation(how))), expected);
    }

    void oneAfterTheOtherIsOneOfTheEight()
    {
        QRandomGenerator random(2);
        const CellGrid cells = soup(67, 131, 0.4, random);
        for (int first = 0; first < kOrientations; ++first) {
            for (int second = 0; second < kOrientations; ++second) {
                const CellGrid both = oriented(oriented(cells, orientation(first)), orientation(second));
                QVERIFY(both == oriented(cells, composed(orientation(first), orientation(second))));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestOrientation)
#include "tst_orientation.moc"
