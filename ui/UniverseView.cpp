#include "ui/UniverseView.h"

#include "ui/Theme.h"

#include <QEvent>
#include <QLocale>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <chrono>
#include <cmath>

using namespace std::chrono_literals;

namespace conway {

namespace {

constexpr int kMargin = 20; ///< around the board, in logical pixels

/// With less than this many line widths a cell, lines are left out.
constexpr int kCellPerLine = 6;

} // namespace

BoardPlace BoardPlace::within(QRect viewport, QSize universe, int margin, bool gridLines, qreal devicePixelRatio)
{
    BoardPlace place;
    // One more for the line that closes the grid at the right and below.
    const int line = std::max(1, static_cast<int>(devicePixelRatio));
    const QRect room = viewport.adjusted(margin, margin, -margin - line, -margin - line);
    if (room.isEmpty() || universe.isEmpty())
        return place;
    place.cellSide = std::min(room.width() / universe.width(), room.height() / universe.height());
    QSize size = universe * place.cellSide;
    if (place.cellSide == 0)
        size = universe.scaled(room.size(), Qt::KeepAspectRatio).expandedTo(QSize(1, 1)).boundedTo(universe);
    else if (gridLines && place.cellSide >= kCellPerLine * line)
        place.line = line;
    place.cells =
        QRect(QPoint(room.left() + (room.width() - size.width()) / 2, room.top() + (room.height() - size.height()) / 2),
              size);
    return place;
}

UniverseView::UniverseView(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Universe"));
    m_describeTimer.setSingleShot(true);
    m_describeTimer.setInterval(1s);
    connect(&m_describeTimer, &QTimer::timeout, this, &UniverseView::describe);
}

UniverseView::~UniverseView() = default;

void UniverseView::setFrame(const FramePtr &frame)
{
    if (frame == m_frame)
        return;
    const bool first = !m_frame;
    m_frame = frame;
    update();
    if (first)
        describe();
    else if (!m_describeTimer.isActive())
        m_describeTimer.start();
}

void UniverseView::setGridLines(bool shown)
{
    m_gridLines = shown;
    update();
}

BoardPlace UniverseView::place(QPoint origin, qreal devicePixelRatio) const
{
    if (!m_frame)
        return {};
    const auto device = [devicePixelRatio](int logical) {
        return static_cast<int>(std::lround(logical * devicePixelRatio));
    };
    return BoardPlace::within(QRect(origin, QSize(device(width()), device(height()))),
                              QSize(m_frame->cells.width(), m_frame->cells.height()), device(kMargin), m_gridLines,
                              devicePixelRatio);
}

void UniverseView::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), palette().color(QPalette::Window));
    if (!m_frame)
        return;

    // From here on in whole device pixels. A widget in a window at 150 % may begin in the middle of one: only the
    // painter knows where.
    const QTransform toDevice = painter.deviceTransform();
    painter.setTransform(toDevice.inverted(), true);
    const BoardPlace board = place(toDevice.map(QPointF(0, 0)).toPoint(), toDevice.m11());
    if (board.cells.isEmpty())
        return;

    refreshImage(board);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(board.cells, m_image);
    if (board.line > 0) {
        paintGridLines(painter, board);
    } else {
        painter.setPen(QPen(Theme::blend(palette().color(QPalette::Base), palette().color(QPalette::Text), 0.3), 1));
        painter.drawRect(
            board.cells.adjusted(-1, -1, 0, 0)); // a pen of one pixel lies right of and below the rectangle
    }
}

void UniverseView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

void UniverseView::refreshImage(const BoardPlace &place)
{
    const CellColours colours{palette().color(QPalette::Active, QPalette::Base).rgb(),
                              palette().color(QPalette::Active, QPalette::Highlight).rgb()};
    const QSize wanted =
        place.cellSide > 0 ? QSize(m_frame->cells.width(), m_frame->cells.height()) : place.cells.size();
    if (m_imageFrame == m_frame && m_imageColours == colours && m_image.size() == wanted)
        return;
    if (place.cellSide > 0)
        paintCells(m_frame->cells, m_image, colours);
    else
        paintDensity(m_frame->cells, wanted, m_image, colours);
    m_imageFrame = m_frame;
    m_imageColours = colours;
}

void UniverseView::paintGridLines(QPainter &painter, const BoardPlace &place) const
{
    const QColor base = palette().color(QPalette::Base);
    const QColor colour = Theme::blend(base, palette().color(QPalette::Text), Theme::isDark(palette()) ? 0.14 : 0.13);
    const QRect &cells = place.cells;
    for (int x = cells.left(); x <= cells.right() + 1; x += place.cellSide)
        painter.fillRect(x, cells.top(), place.line, cells.height() + place.line, colour);
    for (int y = cells.top(); y <= cells.bottom() + 1; y += place.cellSide)
        painter.fillRect(cells.left(), y, cells.width() + place.line, place.line, colour);
}

void UniverseView::describe()
{
    const QLocale locale;
    setAccessibleDescription(tr("Generation %1, population %2, %3 by %4 cells")
                                 .arg(locale.toString(m_frame->generation), locale.toString(m_frame->population),
                                      locale.toString(m_frame->cells.width()),
                                      locale.toString(m_frame->cells.height())));
}

} // namespace conway

#include "moc_UniverseView.cpp"
