#include "ui/Style.h"

#include "ui/Theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

/// Room at the left and right of a text in a table, and in the heads above.
constexpr int kCellMargin = 7;

} // namespace

Style::Style()
    : QProxyStyle(u"fusion"_s)
{
}

QStyle *Style::create()
{
    return new Style;
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_FocusFrameHMargin:
        if (qobject_cast<const QAbstractItemView *>(widget) != nullptr)
            return kCellMargin - 1; // item views add one
        break;
    case PM_HeaderMargin:
        return kCellMargin;
    default:
        break;
    }
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returned) const
{
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, returned);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    const QRect &area = option->rect;
    switch (element) {
    case CE_ToolBar:
        painter->fillRect(area, option->palette.window());
        painter->fillRect(area.left(), area.bottom(), area.width(), 1, option->palette.mid());
        return;
    case CE_Header:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            drawHeader(*header, painter, widget);
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(area, option->palette.window());
        return;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            const bool open = item->state.testFlag(State_Selected) && item->state.testFlag(State_Enabled);
            painter->fillRect(area, open ? item->palette.highlight() : item->palette.window());
            int flags = Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine;
            if (styleHint(SH_UnderlineShortcut, option, widget, nullptr) == 0)
                flags |= Qt::TextHideMnemonic;
            drawItemText(painter, area, flags, item->palette, item->state.testFlag(State_Enabled), item->text,
                         open ? QPalette::HighlightedText : QPalette::WindowText);
        }
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    if (element != PE_IndicatorRadioButton) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    const QPalette &palette = option->palette;
    const bool hovered = option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled);
    const QRectF circle = QRectF(option->rect).adjusted(1, 1, -1, -1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(
        Theme::blend(palette.color(QPalette::Window), palette.color(QPalette::WindowText), hovered ? 0.8 : 0.5));
    painter->setBrush(option->state.testFlag(State_Sunken) ? palette.mid() : palette.base());
    painter->drawEllipse(circle);
    if (option->state.testFlag(State_On)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(palette.highlight());
        const qreal inset = circle.width() / 4;
        painter->drawEllipse(circle.adjusted(inset, inset, -inset, -inset));
    }
    painter->restore();
}

void Style::drawHeader(const QStyleOptionHeader &header, QPainter *painter, const QWidget *widget) const
{
    QStyleOptionHeader part = header;
    drawControl(CE_HeaderSection, &part, painter, widget);
    part.rect = header.rect.adjusted(kCellMargin, 0, -kCellMargin, 0);
    drawControl(CE_HeaderLabel, &part, painter, widget);
    if (header.sortIndicator == QStyleOptionHeader::None)
        return;
    // Above the text, where it takes no room from it; pointing up when the least comes first.
    const bool ascending = header.sortIndicator == QStyleOptionHeader::SortDown; // as QHeaderView means it
    constexpr qreal kHalfWidth = 4;
    constexpr qreal kHeight = 4;
    const QPointF middle(header.rect.center().x() + 0.5, header.rect.top() + 3);
    const qreal base = middle.y() + (ascending ? kHeight : 0);
    const qreal tip = middle.y() + (ascending ? 0 : kHeight);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(header.palette.placeholderText());
    painter->drawPolygon(
        QPolygonF{{middle.x() - kHalfWidth, base}, {middle.x() + kHalfWidth, base}, {middle.x(), tip}});
    painter->restore();
}

} // namespace conway

#include "moc_Style.cpp"
