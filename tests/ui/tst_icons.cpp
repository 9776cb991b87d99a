#include "Samples.h"
#include "ui/Icons.h"
#include "ui/Theme.h"

#include <QGuiApplication>
#include <QPalette>
#include <QTest>

using namespace conway;
using namespace conway::samples;

namespace {

/// The colour of what is drawn, where it is drawn most.
QColor ink(const QPixmap &pixmap)
{
    const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    QColor strongest(0, 0, 0, 0);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor colour = image.pixelColor(x, y);
            if (colour.alpha() > strongest.alpha())
                strongest = colour;
        }
    }
    return strongest;
}

constexpr Glyph kAll[] = {Glyph::Start, Glyph::Stop,    Glyph::Step,  Glyph::Reset,    Glyph::Turbo,  Glyph::Copy,
                          Glyph::Done,  Glyph::Warning, Glyph::Close, Glyph::Operates, Glyph::Watches};

} // namespace

class TestIcons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void glyphsFollowTheTheme();
    void glyphsArePaleWhenDisabled();
    void glyphsAreDrawnInEveryPixelOfADenseDisplay();
    void glyphsDiffer();
    void applicationIconHasAllSizes_data();
    void applicationIconHasAllSizes();
    void applicationIconShowsAGlider();
};

void TestIcons::glyphsFollowTheTheme()
{
    Theme theme;
    const QIcon icon = glyphIcon(Glyph::Stop);
    for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
        theme.choose(choice);
        QCOMPARE(ink(icon.pixmap(QSize(32, 32), 1.0)), QGuiApplication::palette().color(QPalette::ButtonText));
    }
}

void TestIcons::glyphsArePaleWhenDisabled()
{
    const Theme theme;
    QCOMPARE(ink(glyphIcon(Glyph::Stop).pixmap(QSize(32, 32), 1.0, QIcon::Disabled)),
             QGuiApplication::palette().color(QPalette::Disabled, QPalette::ButtonText));
}

void TestIcons::glyphsAreDrawnInEveryPixelOfADenseDisplay()
{
    const QPixmap pixmap = glyphIcon(Glyph::Start).pixmap(QSize(20, 20), 3.0);
    QCOMPARE(pixmap.size(), QSize(60, 60));
    QCOMPARE(pixmap.devicePixelRatio(), 3.0);
}

void TestIcons::glyphsDiffer()
{
    QList<QImage> images;
    for (const Glyph glyph : kAll) {
        const QImage image = glyphIcon(glyph).pixmap(QSize(24, 24), 1.0).toImage();
        QVERIFY(ink(QPixmap::fromImage(image)).alpha() > 200);
        QVERIFY(!images.contains(image));
        images << image;
    }
}

void TestIcons::applicationIconHasAllSizes_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {16, 24, 32, 48, 64, 128, 256, 512})
        QTest::newRow(qPrintable(QString::number(size))) << size;
}

void TestIcons::applicationIconHasAllSizes()
{
    QFETCH(const int, size);
    const QIcon icon = applicationIcon();
    QVERIFY(icon.availableSizes().contains(QSize(size, size)));
    const QPixmap pixmap = icon.pixmap(QSize(size, size), 1.0);
    QCOMPARE(pixmap.size(), QSize(size, size));
    QCOMPARE(ink(pixmap).alpha(), 255);
}

void TestIcons::applicationIconShowsAGlider()
{
    for (const int size : {16, 32, 256}) {
        const QImage image = applicationIcon().pixmap(QSize(size, size), 1.0).toImage();
        // The middles of the 3×3 cells: light where one lives.
        const QString glider = u".O.|..O|OOO"_s;
        QString seen;
        for (int y = 0; y < 3; ++y) {
            for (int x = 0; x < 3; ++x) {
                const auto middle = [size](int cell) { return size / 2 + (cell - 1) * size * 5 / 18; };
                seen += image.pixelColor(middle(x), middle(y)).lightness() > 150 ? u'O' : u'.';
            }
            if (y < 2)
                seen += u'|';
        }
        QCOMPARE(seen, glider);
    }
}

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
