#include "server/FramePicture.h"
#include "server/Limits.h"

#include <QImage>
#include <QTest>

using namespace conway;

namespace {

CellGrid soup(int width, int height)
{
    CellGrid cells(width, height);
    quint64 state = 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            cells.set(x, y, (state >> 40U) % 3 == 0);
        }
    }
    return cells;
}

QImage pictureOf(const CellGrid &cells, const PictureScale &scale)
{
    return QImage::fromData(framePicture(cells, scale), "PNG");
}

} // namespace

class TestFramePicture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scalesAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("pixels"); // 0: refused
        QTest::addColumn<int>("cells");
        const auto row = [](const char *text, int pixels, int cells) {
            QTest::newRow(*text ? text : "empty") << QByteArray(text) << pixels << cells;
        };
        row("1", 1, 1);
        row("12", 12, 1);
        row("65536", 65'536, 1);
        row("1/1", 1, 1);
        row("1/3", 1, 3);
        row("1/65536", 1, 65'536);
        for (const char *bad :
             {"",    "0",    "1/0", "-1", "+1", "1/-2", "0.5",   "2/4", "65537",    "1/65537", "99999999999999999999",
              "1e3", "0x10", " 1",  "1 ", "1/", "/2",   "1/2/3", "x",   "1\xc2\xb2"})
            row(bad, 0, 0);
    }
    void scalesAreRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, pixels);
        QFETCH(int, cells);
        const auto scale = PictureScale::parse(text);
        QCOMPARE(scale.has_value(), pixels > 0);
        if (scale) {
            QCOMPARE(*scale, (PictureScale{pixels, cells}));
            QCOMPARE(PictureScale::parse(scale->toString()), scale);
        }
    }

    void theFittingScaleIsTheLargest_data()
    {
        QTest::addColumn<QSize>("universe");
        QTest::addColumn<QByteArray>("scale");
        QTest::newRow("8x8") << QSize(8, 8) << QByteArray("128");
        QTest::newRow("1x1") << QSize(1, 1) << QByteArray("1024");
        QTest::newRow("1024x1024") << QSize(1024, 1024) << QByteArray("1");
        QTest::newRow("1025x1024") << QSize(1025, 1024) << QByteArray("1/2");
        QTest::newRow("16384x16384") << QSize(16'384, 16'384) << QByteArray("1/16");
        QTest::newRow("65536x65536") << QSize(65'536, 65'536) << QByteArray("1/64");
        QTest::newRow("a long one") << QSize(65'536, 1) << QByteArray("1"); // its side is as long as a picture's may be
        QTest::newRow("half as long") << QSize(1, 32'768) << QByteArray("2");
    }
    void theFittingScaleIsTheLargest()
    {
        QFETCH(QSize, universe);
        QFETCH(QByteArray, scale);
        const PictureScale fitting = PictureScale::fitting(universe, limits::kUnscaledPicturePixels);
        QCOMPARE(fitting.toString(), scale);
        QVERIFY(fitting.fits(universe, limits::kUnscaledPicturePixels));
        const PictureScale larger =
            fitting.cells > 1 ? PictureScale{1, fitting.cells - 1} : PictureScale{fitting.pixels + 1, 1};
        QVERIFY(!larger.fits(universe, limits::kUnscaledPicturePixels));
    }

    void fittingNeverFails()
    {
        for (int width = 1; width <= limits::kPictureSide; width += 1 + width / 3) {
            for (int height = 1; height <= limits::kPictureSide; height += 1 + height / 3) {
                const QSize size(width, height);
                QVERIFY(PictureScale::fitting(size, limits::kPicturePixels).fits(size, limits::kPicturePixels));
            }
        }
    }

    void everyCellHasItsPixels_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("scale");
        for (const QSize &size : {QSize(1, 1), QSize(8, 8), QSize(63, 5), QSize(64, 3), QSize(65, 2), QSize(200, 13)}) {
            for (const int scale : {1, 2, 3, 7, 16})
                QTest::addRow("%dx%d by %d", size.width(), size.height(), scale) << size << scale;
        }
    }
    void everyCellHasItsPixels()
    {
        QFETCH(QSize, size);
        QFETCH(int, scale);
        const CellGrid cells = soup(size.width(), size.height());
        const QImage image = pictureOf(cells, {scale, 1});
        QCOMPARE(image.size(), size * scale);
        int wrong = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                wrong += qGray(image.pixel(x, y)) != (cells.alive(x / scale, y / scale) ? 0 : 255) ? 1 : 0;
        }
        QCOMPARE(wrong, 0);
    }

    void aPixelOfManyCellsTellsTheirShare()
    {
        CellGrid cells(100, 10); // 4 cells a pixel: the last row of pixels has two of cells
        const auto fill = [&cells](int left, int top, int count) {
            for (int i = 0; i < count; ++i)
                cells.set(left + i % 4, top + i / 4, true);
        };
        fill(4, 0, 1);
        fill(8, 0, 8);
        fill(12, 0, 16);
        fill(96, 8, 8);
        const QImage image = pictureOf(cells, {1, 4});
        QCOMPARE(image.size(), QSize(25, 3));
        const auto grey = [&image](int x, int y) { return qGray(image.pixel(x, y)); };
        QCOMPARE(grey(0, 0), 255);
        QVERIFY(grey(1, 0) < 255 * 0.7);
        QVERIFY(grey(2, 0) < grey(1, 0));
        QCOMPARE(grey(3, 0), 0);
        QCOMPARE(grey(24, 2), 0);
        QCOMPARE(grey(23, 2), 255);
    }

    void noCellIsLostHoweverSmallThePicture()
    {
        for (const QPoint cell : {QPoint(0, 0), QPoint(999, 699), QPoint(500, 64)}) {
            CellGrid cells(1000, 700);
            cells.set(cell.x(), cell.y(), true);
            const QImage image = pictureOf(cells, {1, 1000});
            QCOMPARE(image.size(), QSize(1, 1));
            QVERIFY(qGray(image.pixel(0, 0)) < 200);
        }
    }
};

QTEST_APPLESS_MAIN(TestFramePicture)
#include "tst_framepicture.moc"
