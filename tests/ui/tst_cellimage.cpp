#include "Samples.h"
#include "ui/CellImage.h"

#include <QRandomGenerator>
#include <QTest>

using namespace conway;
using namespace conway::samples;

namespace {

constexpr CellColours kColours{0xffffffff, 0xff000000};

CellGrid soup(int width, int height)
{
    QRandomGenerator random(1);
    CellGrid cells(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            cells.set(x, y, random.bounded(3) == 0);
    }
    return cells;
}

} // namespace

class TestCellImage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCellIsAPixel_data();
    void aCellIsAPixel();
    void memoryIsReusedForTheSameSize();
    void densityCountsEveryCellOnce_data();
    void densityCountsEveryCellOnce();
    void aSingleCellInACrowdIsSeen();
    void moreLifeIsNeverFainter();
};

void TestCellImage::aCellIsAPixel_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("one cell") << QSize(1, 1);
    QTest::newRow("a word") << QSize(64, 3);
    QTest::newRow("a word and one") << QSize(65, 2);
    QTest::newRow("tall") << QSize(3, 200);
    QTest::newRow("several words") << QSize(200, 7);
}

void TestCellImage::aCellIsAPixel()
{
    QFETCH(const QSize, size);
    const CellGrid cells = soup(size.width(), size.height());
    QImage image;
    paintCells(cells, image, kColours);
    QCOMPARE(image.size(), size);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            QCOMPARE(image.pixel(x, y), cells.alive(x, y) ? kColours.alive : kColours.dead);
    }
}

void TestCellImage::memoryIsReusedForTheSameSize()
{
    QImage image;
    paintCells(soup(100, 100), image, kColours);
    const uchar *before = image.constBits();
    paintCells(CellGrid(100, 100), image, kColours);
    QCOMPARE(image.constBits(), before);
    QCOMPARE(image.pixel(50, 50), kColours.dead);
}

void TestCellImage::densityCountsEveryCellOnce_data()
{
    QTest::addColumn<QSize>("universe");
    QTest::addColumn<QSize>("image");
    QTest::newRow("two by two") << QSize(128, 64) << QSize(64, 32);
    QTest::newRow("not a whole number of cells") << QSize(200, 130) << QSize(77, 50);
    QTest::newRow("to a single pixel") << QSize(300, 300) << QSize(1, 1);
    QTest::newRow("over several words a pixel") << QSize(1000, 5) << QSize(3, 5);
    QTest::newRow("a cell a pixel") << QSize(70, 9) << QSize(70, 9);
}

// Black on white, a pixel's shade says how many of its cells are alive: as many as a count cell by cell finds.
void TestCellImage::densityCountsEveryCellOnce()
{
    QFETCH(const QSize, universe);
    QFETCH(const QSize, image);
    const CellGrid cells = soup(universe.width(), universe.height());

    // What shade stands for what share is read off a universe of a single row, its first cells alive.
    const auto shadeOf = [](int alive, int of) {
        CellGrid row(of, 1);
        for (int x = 0; x < alive; ++x)
            row.set(x, 0, true);
        QImage pixel;
        paintDensity(row, QSize(1, 1), pixel, kColours);
        return pixel.pixel(0, 0);
    };

    QImage picture;
    paintDensity(cells, image, picture, kColours);
    QCOMPARE(picture.size(), image);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QPoint from(x * universe.width() / image.width(), y * universe.height() / image.height());
            const QPoint to((x + 1) * universe.width() / image.width(), (y + 1) * universe.height() / image.height());
            int alive = 0;
            for (int row = from.y(); row < to.y(); ++row) {
                for (int column = from.x(); column < to.x(); ++column)
                    alive += cells.alive(column, row) ? 1 : 0;
            }
            const int area = (to.x() - from.x()) * (to.y() - from.y());
            // Brought down to a row that a universe can be: the shades have fewer steps than that.
            const int of = std::min(area, CellGrid::kMaxSide);
            QCOMPARE(picture.pixel(x, y),
                     shadeOf(area == of ? alive : static_cast<int>(qint64{alive} * of / area), of));
        }
    }
}

void TestCellImage::aSingleCellInACrowdIsSeen()
{
    CellGrid cells(1024, 1024);
    cells.set(700, 300, true);
    QImage image;
    paintDensity(cells, QSize(16, 16), image, kColours);
    for (int y = 0; y < 16; ++y) {
        for (int x = 0; x < 16; ++x) {
            const bool here = x == 700 / 64 && y == 300 / 64;
            QCOMPARE(qGray(image.pixel(x, y)) < 200, here);
        }
    }
}

void TestCellImage::moreLifeIsNeverFainter()
{
    int last = 256;
    for (int alive = 0; alive <= 400; ++alive) {
        CellGrid cells(20, 20);
        for (int i = 0; i < alive; ++i)
            cells.set(i % 20, i / 20, true);
        QImage image;
        paintDensity(cells, QSize(1, 1), image, kColours);
        const int gray = qGray(image.pixel(0, 0));
        QVERIFY(gray <= last);
        last = gray;
    }
    QCOMPARE(last, 0);
}

QTEST_MAIN(TestCellImage)
#include "tst_cellimage.moc"
