#include "Samples.h"
#include "core/Universe.h"
#include "ui/Theme.h"
#include "ui/UniverseView.h"

#include <QApplication>
#include <QTest>

using namespace conway;
using namespace conway::samples;

namespace {

/// Of a universe that has many cells for each pixel, and little memory.
constexpr int kLargeSide = 16384;

/// The view as it is painted, and where its board lies in that.
struct Painted {
    explicit Painted(UniverseView &view)
        : pixmap(view.grab())
        , image(pixmap.toImage())
        , board(view.place(QPoint(0, 0), pixmap.devicePixelRatio()))
        , alive(view.palette().color(QPalette::Highlight).rgb())
        , dead(view.palette().color(QPalette::Base).rgb())
    {
    }

    /// A cell's pixels, without grid lines.
    [[nodiscard]] QRect cell(int x, int y) const
    {
        const int side = board.cellSide;
        return QRect(board.cells.topLeft() + QPoint(x, y) * side, QSize(side, side))
            .adjusted(board.line, board.line, 0, 0);
    }

    [[nodiscard]] bool isAll(const QRect &area, QRgb colour) const
    {
        for (int y = area.top(); y <= area.bottom(); ++y) {
            for (int x = area.left(); x <= area.right(); ++x) {
                if (image.pixel(x, y) != colour)
                    return false;
            }
        }
        return true;
    }

    [[nodiscard]] bool shows(const CellGrid &cells) const
    {
        for (int y = 0; y < cells.height(); ++y) {
            for (int x = 0; x < cells.width(); ++x) {
                if (!isAll(cell(x, y), cells.alive(x, y) ? alive : dead))
                    return false;
            }
        }
        return true;
    }

    QPixmap pixmap;
    QImage image;
    BoardPlace board;
    QRgb alive;
    QRgb dead;
};

class PaintCounter : public QObject
{
public:
    explicit PaintCounter(QWidget *watched) { watched->installEventFilter(this); }
    int paints = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            ++paints;
        return false;
    }
};

} // namespace

class TestUniverseView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPixelOfACellHasItsColour_data();
    void everyPixelOfACellHasItsColour();
    void boardLiesInTheMiddleAsLargeAsFits_data();
    void boardLiesInTheMiddleAsLargeAsFits();
    void gridLinesStandBetweenCells();
    void gridLinesCanBeLeftOut();
    void gridLinesAreLeftOutWhereTheyWouldDrownTheCells();
    void cellsAreCrispWhereAWidgetBeginsInTheMiddleOfAPixel();
    void hugeUniverseTakesNoMoreMemoryThanTheViewport();
    void hugeUniverseShowsASingleCell();
    void aNewFrameReplacesTheOld();
    void newestFrameIsPaintedOnce();
    void coloursFollowThePalette();
    void nothingIsPaintedBeforeTheFirstFrame();
    void anySizeOfTheWidgetWillDo();
    void screenReaderIsToldGenerationAndPopulation();

private:
    const Theme m_theme;
};

void TestUniverseView::everyPixelOfACellHasItsColour_data()
{
    QTest::addColumn<FramePtr>("frame");
    QTest::newRow("the brief's glider") << frameOf(gliderUniverse(8, 8));
    QTest::newRow("one dead cell") << frameWith(1, 1, {});
    QTest::newRow("one living cell") << frameWith(1, 1, {{0, 0}});
    QTest::newRow("wide") << frameWith(70, 3, {{0, 0}, {63, 1}, {64, 1}, {69, 2}});
    QTest::newRow("tall") << frameWith(2, 90, {{0, 0}, {1, 89}, {0, 45}});
    QTest::newRow("small cells") << frameWith(200, 150, {{0, 0}, {199, 149}, {100, 75}, {101, 75}, {199, 0}});
    QTest::newRow("a pixel a cell") << frameWith(400, 300, {{0, 0}, {399, 299}, {100, 75}, {101, 76}});
}

void TestUniverseView::everyPixelOfACellHasItsColour()
{
    QFETCH(const FramePtr, frame);
    UniverseView view;
    view.resize(503, 401);
    view.setFrame(frame);
    const Painted painted(view);
    QVERIFY(painted.board.cellSide >= 1);
    QVERIFY(painted.shows(frame->cells));
}

void TestUniverseView::boardLiesInTheMiddleAsLargeAsFits_data()
{
    QTest::addColumn<QRect>("viewport");
    QTest::addColumn<QSize>("universe");
    QTest::addColumn<int>("cellSide");
    QTest::newRow("square") << QRect(0, 0, 841, 841) << QSize(8, 8) << 100;
    QTest::newRow("wide viewport") << QRect(0, 0, 2000, 841) << QSize(8, 8) << 100;
    QTest::newRow("wide universe") << QRect(0, 0, 841, 841) << QSize(80, 8) << 10;
    QTest::newRow("not at the origin") << QRect(301, 77, 841, 841) << QSize(8, 8) << 100;
    QTest::newRow("one cell") << QRect(0, 0, 141, 241) << QSize(1, 1) << 100;
    QTest::newRow("just a pixel a cell") << QRect(0, 0, 841, 841) << QSize(800, 800) << 1;
    QTest::newRow("more cells than pixels") << QRect(0, 0, 841, 841) << QSize(801, 801) << 0;
    QTest::newRow("the largest, a strip") << QRect(0, 0, 841, 841) << QSize(16384, 1) << 0;
    QTest::newRow("the largest") << QRect(0, 0, 841, 641) << QSize(16384, 16384) << 0;
}

void TestUniverseView::boardLiesInTheMiddleAsLargeAsFits()
{
    QFETCH(const QRect, viewport);
    QFETCH(const QSize, universe);
    QFETCH(const int, cellSide);
    constexpr int kMargin = 20;
    const BoardPlace place = BoardPlace::within(viewport, universe, kMargin, true, 1);
    QCOMPARE(place.cellSide, cellSide);
    QVERIFY(viewport.adjusted(kMargin, kMargin, -kMargin, -kMargin).contains(place.cells));
    QVERIFY(!place.cells.isEmpty());
    QVERIFY(place.cells.width() <= std::max(1, cellSide) * universe.width());
    QVERIFY(place.cells.height() <= std::max(1, cellSide) * universe.height());
    QVERIFY(std::abs(place.cells.center().x() - viewport.center().x()) <= 1);
    QVERIFY(std::abs(place.cells.center().y() - viewport.center().y()) <= 1);
}

void TestUniverseView::gridLinesStandBetweenCells()
{
    const FramePtr frame = frameWith(10, 10, {{3, 3}, {4, 3}});
    UniverseView view;
    view.resize(400, 400);
    view.setFrame(frame);
    const Painted painted(view);
    const BoardPlace &board = painted.board;
    QVERIFY(board.line > 0);
    const QRgb line = painted.image.pixel(board.cells.topLeft());
    QVERIFY(line != painted.dead);
    QVERIFY(line != painted.alive);
    for (int i = 0; i <= 10; ++i) { // also around the whole, and also between two living cells
        const int offset = i * board.cellSide;
        QVERIFY(painted.isAll(QRect(board.cells.left() + offset, board.cells.top(), board.line, board.cells.height()),
                              line));
        QVERIFY(painted.isAll(QRect(board.cells.left(), board.cells.top() + offset, board.cells.width(), board.line),
                              line));
    }
    QVERIFY(painted.shows(frame->cells));
}

void TestUniverseView::gridLinesCanBeLeftOut()
{
    const FramePtr frame = frameWith(10, 10, {{3, 3}, {4, 3}});
    UniverseView view;
    view.resize(400, 400);
    view.setFrame(frame);
    view.setGridLines(false);
    const Painted painted(view);
    QCOMPARE(painted.board.line, 0);
    QVERIFY(painted.shows(frame->cells)); // to the very edge of every cell
}

void TestUniverseView::gridLinesAreLeftOutWhereTheyWouldDrownTheCells()
{
    for (int side = 1; side <= 12; ++side) {
        const QRect viewport(0, 0, 100 * side + 1, 100 * side + 1);
        QCOMPARE(BoardPlace::within(viewport, QSize(100, 100), 0, true, 1).line, side < 6 ? 0 : 1);
        QCOMPARE(BoardPlace::within(viewport, QSize(100, 100), 0, false, 1).line, 0);
    }
    QCOMPARE(BoardPlace::within(QRect(0, 0, 1102, 1102), QSize(100, 100), 0, true, 2).line, 0);
    QCOMPARE(BoardPlace::within(QRect(0, 0, 1202, 1202), QSize(100, 100), 0, true, 2).line, 2);
}

// At 150 % a child at an odd position begins between two pixels of the display.
void TestUniverseView::cellsAreCrispWhereAWidgetBeginsInTheMiddleOfAPixel()
{
    const FramePtr frame = frameOf(gliderUniverse(8, 8));
    QWidget window;
    window.resize(401, 401);
    auto *view = new UniverseView(&window);
    view->setFrame(frame);
    for (int offset = 0; offset < 4; ++offset) {
        view->setGeometry(11 + offset, 7 + offset, 301, 303);
        const QPixmap picture = window.grab();
        const QImage image = picture.toImage();
        const QRgb alive = view->palette().color(QPalette::Highlight).rgb();
        const QRgb dead = view->palette().color(QPalette::Base).rgb();
        int living = 0;
        int other = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QRgb pixel = image.pixel(x, y);
                living += pixel == alive ? 1 : 0;
                const bool line = qAbs(qGreen(pixel) - qGreen(dead)) < 60; // or window
                other += pixel != alive && !line ? 1 : 0;
            }
        }
        // Five living cells, whole, and nowhere a shade between living and dead.
        const BoardPlace board = view->place(QPoint(0, 0), picture.devicePixelRatio());
        const int inner = board.cellSide - board.line;
        QCOMPARE(living, 5 * inner * inner);
        QCOMPARE(other, 0);
    }
}

void TestUniverseView::hugeUniverseTakesNoMoreMemoryThanTheViewport()
{
    UniverseView view;
    view.resize(640, 480);
    view.setFrame(frameOf(CellGrid(kLargeSide, kLargeSide)));
    const Painted painted(view);
    QVERIFY(view.imageBytes() > 0);
    QVERIFY2(view.imageBytes() <= painted.image.sizeInBytes(), qPrintable(QString::number(view.imageBytes())));
    QCOMPARE(painted.board.cellSide, 0);
    QVERIFY(painted.isAll(painted.board.cells, painted.dead));
}

void TestUniverseView::hugeUniverseShowsASingleCell()
{
    UniverseView view;
    view.resize(640, 480);
    CellGrid cells(kLargeSide, kLargeSide);
    cells.set(8192, 4096, true);
    cells.set(kLargeSide - 1, kLargeSide - 1, true);
    view.setFrame(frameOf(std::move(cells)));
    const Painted painted(view);
    const QRect &board = painted.board.cells;
    int different = 0;
    for (int y = board.top(); y <= board.bottom(); ++y) {
        for (int x = board.left(); x <= board.right(); ++x)
            different += painted.image.pixel(x, y) != painted.dead ? 1 : 0;
    }
    QCOMPARE(different, 2);
    QVERIFY(painted.image.pixel(board.bottomRight()) != painted.dead);
    QVERIFY(painted.image.pixel(board.left() + board.width() / 2, board.top() + board.height() / 4) != painted.dead);
}

void TestUniverseView::aNewFrameReplacesTheOld()
{
    UniverseView view;
    view.resize(300, 300);
    for (const FramePtr &frame :
         {frameWith(4, 4, {{0, 0}}), frameWith(4, 4, {{3, 1}}), frameWith(5, 3, {{4, 2}}), frameWith(3, 5, {{2, 4}})}) {
        view.setFrame(frame);
        QVERIFY(Painted(view).shows(frame->cells));
    }
}

void TestUniverseView::newestFrameIsPaintedOnce()
{
    UniverseView view;
    view.resize(300, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QCoreApplication::processEvents();
    PaintCounter counter(&view);
    for (int i = 0; i < 99; ++i)
        view.setFrame(frameWith(4, 4, {{i % 4, 0}}));
    const FramePtr newest = frameWith(4, 4, {{2, 3}});
    view.setFrame(newest);
    QTRY_COMPARE(counter.paints, 1);
    QVERIFY(Painted(view).shows(newest->cells));
}

void TestUniverseView::coloursFollowThePalette()
{
    UniverseView view;
    view.resize(300, 300);
    const FramePtr frame = frameWith(4, 4, {{2, 3}});
    view.setFrame(frame);
    QVERIFY(Painted(view).shows(frame->cells));
    QPalette other = view.palette();
    other.setColor(QPalette::Base, Qt::black);
    other.setColor(QPalette::Highlight, Qt::yellow);
    view.setPalette(other);
    const Painted painted(view);
    QCOMPARE(painted.alive, QColor(Qt::yellow).rgb());
    QVERIFY(painted.shows(frame->cells));
}

void TestUniverseView::nothingIsPaintedBeforeTheFirstFrame()
{
    UniverseView view;
    view.resize(300, 300);
    const QImage image = view.grab().toImage();
    const QRgb ground = view.palette().color(QPalette::Window).rgb();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            QCOMPARE(image.pixel(x, y), ground);
    }
}

void TestUniverseView::anySizeOfTheWidgetWillDo()
{
    UniverseView view;
    view.setFrame(frameOf(gliderUniverse(300, 2)));
    for (const QSize size : {QSize(1, 1), QSize(41, 41), QSize(42, 42), QSize(43, 600), QSize(600, 43)}) {
        view.resize(size);
        QVERIFY(!view.grab().isNull());
    }
}

void TestUniverseView::screenReaderIsToldGenerationAndPopulation()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    UniverseView view;
    QCOMPARE(view.accessibleName(), u"Universe"_s);
    view.setFrame(frameWith(8, 6, {{1, 1}}, 12));
    QCOMPARE(view.accessibleDescription(), u"Generation 12, population 1, 8 by 6 cells"_s);
    view.setFrame(frameWith(8, 6, {{1, 1}, {2, 2}}, 13));
    QTRY_COMPARE(view.accessibleDescription(), u"Generation 13, population 2, 8 by 6 cells"_s);
}

int main(int argc, char **argv)
{
    // Otherwise 150 % might be rounded to 200 %.
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    TestUniverseView test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_universeview.moc"
