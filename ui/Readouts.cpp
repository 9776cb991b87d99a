#include "ui/Readouts.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace conway {

namespace {

constexpr int kFigureGap = 22; ///< between figures
constexpr int kCaptionGap = 6; ///< between a caption and its value

/// Who stays when room is scarce.
constexpr std::array kByImportance{Readouts::Generation, Readouts::Population, Readouts::Rate, Readouts::Births,
                                   Readouts::Deaths,     Readouts::Size,       Readouts::Rule};
/// These always stay.
constexpr int kNeeded = 2;

} // namespace

Readouts::Readouts(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    setAccessibleName(tr("Figures"));
    const auto name = [this](Figure figure, const QString &caption, const QString &tip) {
        m_slots[figure].caption = caption;
        m_slots[figure].tip = tip;
    };
    name(Generation, tr("Generation"), tr("Generations since the universe began"));
    name(Population, tr("Population"), tr("Living cells"));
    name(Births, tr("Births"), tr("Cells that came alive in the newest generation"));
    name(Deaths, tr("Deaths"), tr("Cells that died in the newest generation"));
    name(Rate, tr("Rate"), tr("Generations a second that are really made"));
    name(Rule, tr("Rule"), tr("Number of neighbours with which a cell is born (B) and survives (S)"));
    name(Size, tr("Size"), tr("Cells across and down; the edges are joined to a torus"));
    measure();
}

void Readouts::set(Figure figure, const QString &value)
{
    Slot &slot = m_slots[figure];
    if (slot.value == value)
        return;
    slot.value = value;
    const int width = QFontMetrics(valueFont()).horizontalAdvance(value);
    if (width > slot.valueWidth) {
        slot.valueWidth = width;
        updateGeometry();
    }
    update();
}

bool Readouts::fits(Figure figure) const
{
    return shown()[figure];
}

QSize Readouts::sizeHint() const
{
    int width = 0;
    for (const Figure figure : kByImportance)
        width += widthOf(figure);
    return {width, heightForText()};
}

QSize Readouts::minimumSizeHint() const
{
    int width = 0;
    for (std::size_t i = 0; i < kNeeded; ++i)
        width += widthOf(kByImportance[i]);
    return {width, heightForText()};
}

bool Readouts::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        if (const auto *help = dynamic_cast<QHelpEvent *>(event))
            showTip(*help);
        return true;
    }
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        measure();
    return QWidget::event(event);
}

void Readouts::showTip(const QHelpEvent &help)
{
    const int x = help.pos().x();
    forEachShown([&](Figure figure, int left) {
        if (x >= left && x < left + widthOf(figure))
            QToolTip::showText(help.globalPos(), m_slots[figure].tip, this, QRect(left, 0, widthOf(figure), height()));
    });
}

void Readouts::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QFont bold = valueFont();
    forEachShown([&](Figure figure, int left) {
        const Slot &slot = m_slots[figure];
        const QRect room(left + kFigureGap, 0, slot.captionWidth + kCaptionGap + slot.valueWidth, height());
        painter.setFont(font());
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft, slot.caption);
        painter.setFont(bold);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(room.adjusted(slot.captionWidth + kCaptionGap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         slot.value);
    });
}

QFont Readouts::valueFont() const
{
    QFont result = font();
    result.setWeight(QFont::DemiBold);
    return result;
}

void Readouts::measure()
{
    const QFontMetrics captions(font());
    const QFontMetrics values(valueFont());
    for (Slot &slot : m_slots) {
        slot.captionWidth = captions.horizontalAdvance(slot.caption);
        slot.valueWidth = values.horizontalAdvance(slot.value);
    }
    updateGeometry();
    update();
}

int Readouts::widthOf(Figure figure) const
{
    const Slot &slot = m_slots[figure];
    return kFigureGap + slot.captionWidth + kCaptionGap + slot.valueWidth;
}

int Readouts::heightForText() const
{
    return fontMetrics().height() + 4;
}

std::array<bool, Readouts::kFigures> Readouts::shown() const
{
    std::array<bool, kFigures> result{};
    int used = 0;
    for (const Figure figure : kByImportance) {
        used += widthOf(figure);
        if (used > width())
            break;
        result[figure] = true;
    }
    return result;
}

template <class Visitor>
void Readouts::forEachShown(Visitor visit) const
{
    const auto visible = shown();
    int left = width(); // they stand at the right edge
    for (int i = 0; i < kFigures; ++i) {
        if (visible[static_cast<std::size_t>(i)])
            left -= widthOf(static_cast<Figure>(i));
    }
    for (int i = 0; i < kFigures; ++i) {
        if (!visible[static_cast<std::size_t>(i)])
            continue;
        visit(static_cast<Figure>(i), left);
        left += widthOf(static_cast<Figure>(i));
    }
}

} // namespace conway

#include "moc_Readouts.cpp"
