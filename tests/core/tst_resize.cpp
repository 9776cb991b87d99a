#include "core/Resize.h"
#include "tests/core/Oracle.h"
#include "tests/core/Picture.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSides[] = {1, 2, 3, 63, 64, 65, 127, 128, 129, 513};

} // namespace

class TestResize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheCentre()
    {
        const CellGrid cells = gridOf({u"O.O"_s, u"OO."_s});
        QCOMPARE(pictureOf(resized(cells, 5, 4)), (QStringList{u"....."_s, u".O.O."_s, u".OO.."_s, u"....."_s}));
        // The odd one out is at the right and at the bottom.
        QCOMPARE(pictureOf(resized(cells, 4, 3)), (QStringList{u"O.O."_s, u"OO.."_s, u"...."_s}));
        QCOMPARE(pictureOf(resized(cells, 2, 1)), (QStringList{u"O."_s}));
        QCOMPARE(pictureOf(resized(cells, 1, 3)), (QStringList{u"."_s, u"O"_s, u"."_s}));
        QVERIFY(resized(cells, 3, 2) == cells);
    }

    void isAsIfCellsWereMovedOneByOne()
    {
        QRandomGenerator random(1);
        for (int i = 0; i < 100; ++i) {
            const auto side = [&random] { return kSides[random.bounded(10)]; };
            const CellGrid cells = soup(side(), side(), 0.4, random);
            const CellGrid other = resized(cells, side(), side());
            const int left = (other.width() - cells.width()) / 2;
            const int top = (other.height() - cells.height()) / 2;
            CellGrid expected(other.width(), other.height());
            for (int y = 0; y < other.height(); ++y) {
                for (int x = 0; x < other.width(); ++x)
                    expected.set(x, y, cells.contains(x - left, y - top) && cells.alive(x - left, y - top));
            }
            QVERIFY(other == expected);
        }
    }

    void thereAndBackAgain()
    {
        QRandomGenerator random(2);
        for (int i = 0; i < 200; ++i) {
            const int width = 1 + random.bounded(200);
            const int height = 1 + random.bounded(200);
            const CellGrid cells = soup(width, height, 0.4, random);
            const CellGrid larger = resized(cells, width + random.bounded(200), height + random.bounded(200));
            QCOMPARE(larger.population(), cells.population());
            QVERIFY(resized(larger, width, height) == cells);
        }
    }
};

QTEST_APPLESS_MAIN(TestResize)
#include "tst_resize.moc"
