#include "ui/Icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QPixmap>

// A static library's resources are left out by the linker unless someone asks for them. Not possible inside a
// namespace.
static void bringInWindowResources()
{
    Q_INIT_RESOURCE(window);
}

using namespace Qt::StringLiterals;

namespace conway {

namespace {

/// Glyphs are drawn on a square of this side.
constexpr qreal kSide = 24;
constexpr qreal kPen = 2;

/// What is filled and what is drawn with a pen.
struct Shape {
    QPainterPath filled;
    QPainterPath lines;
};

/// A triangle pointing right, its corners rounded off by the pen that draws its outline.
void addArrow(Shape &shape, qreal left, qreal right)
{
    QPainterPath arrow;
    arrow.moveTo(left, 5.5);
    arrow.lineTo(right, 12);
    arrow.lineTo(left, 18.5);
    arrow.closeSubpath();
    shape.filled.addPath(arrow);
    shape.lines.addPath(arrow);
}

Shape shapeOf(Glyph glyph)
{
    Shape shape;
    QPainterPath &lines = shape.lines;
    switch (glyph) {
    case Glyph::Start:
        addArrow(shape, 7, 18.5);
        break;
    case Glyph::Stop:
        shape.filled.addRoundedRect(5, 5, 14, 14, 2, 2);
        break;
    case Glyph::Step:
        addArrow(shape, 5, 14);
        lines.moveTo(19, 5.5);
        lines.lineTo(19, 18.5);
        break;
    case Glyph::Reset: {
        const QRectF circle(5, 5, 14, 14);
        lines.arcMoveTo(circle, 150);
        lines.arcTo(circle, 150, -300);
        lines.moveTo(4.5, 4);
        lines.lineTo(5.2, 9.2);
        lines.lineTo(10.4, 8.6);
        break;
    }
    case Glyph::Turbo:
        addArrow(shape, 3.5, 11);
        addArrow(shape, 13, 20.5);
        break;
    case Glyph::Copy:
        lines.addRoundedRect(9, 9, 11, 11, 2, 2);
        lines.moveTo(5.5, 15);
        lines.lineTo(5, 15);
        lines.quadTo(4, 15, 4, 14);
        lines.lineTo(4, 5);
        lines.quadTo(4, 4, 5, 4);
        lines.lineTo(14, 4);
        lines.quadTo(15, 4, 15, 5);
        lines.lineTo(15, 5.5);
        break;
    case Glyph::Done:
        lines.moveTo(5, 12.5);
        lines.lineTo(10, 17.5);
        lines.lineTo(19, 7);
        break;
    case Glyph::Warning:
        lines.moveTo(12, 4);
        lines.lineTo(21, 20);
        lines.lineTo(3, 20);
        lines.closeSubpath();
        lines.moveTo(12, 10);
        lines.lineTo(12, 14);
        shape.filled.addEllipse(QPointF(12, 17), 1.2, 1.2);
        break;
    case Glyph::Close:
        lines.moveTo(6.5, 6.5);
        lines.lineTo(17.5, 17.5);
        lines.moveTo(17.5, 6.5);
        lines.lineTo(6.5, 17.5);
        break;
    case Glyph::Operates: // the pointer of a mouse
        lines.moveTo(6, 4);
        lines.lineTo(18.5, 11.5);
        lines.lineTo(12.5, 13.5);
        lines.lineTo(9, 19);
        lines.closeSubpath();
        shape.filled.addPath(lines);
        break;
    case Glyph::Watches: // an eye
        lines.moveTo(2.5, 12);
        lines.quadTo(12, 1, 21.5, 12);
        lines.quadTo(12, 23, 2.5, 12);
        lines.closeSubpath();
        shape.filled.addEllipse(QPointF(12, 12), 3, 3);
        break;
    }
    return shape;
}

class GlyphEngine : public QIconEngine
{
public:
    explicit GlyphEngine(Glyph glyph)
        : m_glyph(glyph)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QPalette::ColorGroup group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const QColor colour = m_glyph == Glyph::Warning ? palette.color(QPalette::BrightText)
                                                        : palette.color(group, QPalette::ButtonText);
        const Shape shape = shapeOf(m_glyph);
        const qreal side = std::min(rect.width(), rect.height());

        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(QRectF(rect).center());
        painter->scale(side / kSide, side / kSide);
        painter->translate(-kSide / 2, -kSide / 2);
        painter->fillPath(shape.filled, colour);
        painter->strokePath(shape.lines, QPen(colour, kPen, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return drawn(size, mode, state);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, [[maybe_unused]] qreal scale) override
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        return drawn(size * scale, mode, state); // QIcon::pixmap(): device independent from here on
#else
        return drawn(size, mode, state);
#endif
    }

    [[nodiscard]] QIconEngine *clone() const override
    {
        return new GlyphEngine(m_glyph);
    }

private:
    QPixmap drawn(const QSize &deviceSize, QIcon::Mode mode, QIcon::State state)
    {
        QPixmap pixmap(deviceSize);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, pixmap.rect(), mode, state);
        return pixmap;
    }

    Glyph m_glyph;
};

} // namespace

QIcon glyphIcon(Glyph glyph)
{
    return QIcon(new GlyphEngine(glyph));
}

QIcon applicationIcon()
{
    bringInWindowResources();
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256, 512})
        icon.addFile(u":/icons/cybermesh-conway-%1.png"_s.arg(size), QSize(size, size));
    return icon;
}

} // namespace conway
