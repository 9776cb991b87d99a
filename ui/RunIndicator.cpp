#include "ui/RunIndicator.h"

#include "core/Command.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr int kDot = 10;
constexpr int kGap = 8;

} // namespace

RunIndicator::RunIndicator(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setState({});
}

void RunIndicator::setState(const EngineState &state)
{
    m_running = state.running;
    m_text = sentence(state);
    setAccessibleName(m_text);
    setToolTip(m_text); // it may be cut off
    updateGeometry();
    update();
}

QSize RunIndicator::sizeHint() const
{
    return {kDot + kGap + fontMetrics().horizontalAdvance(m_text) + kGap, fontMetrics().height() + 4};
}

QSize RunIndicator::minimumSizeHint() const
{
    // Room for an IPv4 address; only longer sentences are cut off.
    return sizeHint().boundedTo(QSize(fontMetrics().averageCharWidth() * 40, sizeHint().height()));
}

void RunIndicator::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // Filled or hollow, so that the colour alone says nothing.
    const QRectF dot(1, (height() - kDot) / 2.0, kDot, kDot);
    if (m_running) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::Highlight));
        painter.drawEllipse(dot);
    } else {
        painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 2));
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1));
    }
    const QRect room = rect().adjusted(kDot + kGap, 0, 0, 0);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, room.width()));
}

QString RunIndicator::sentence(const EngineState &state)
{
    const QString by = state.by == QStringView(kHost) ? tr("this computer") : state.by;
    const bool running = state.running;
    if (state.cause == "start"_L1)
        return tr("Running, started by %1").arg(by);
    if (state.cause == "stop"_L1)
        return tr("Stopped by %1").arg(by);
    if (state.cause == "reset"_L1)
        return running ? tr("Running, reset by %1").arg(by) : tr("Stopped, reset by %1").arg(by);
    if (state.cause == "speed"_L1)
        return running ? tr("Running, speed set by %1").arg(by) : tr("Stopped, speed set by %1").arg(by);
    if (state.cause == "edit"_L1)
        return running ? tr("Running, edited by %1").arg(by) : tr("Stopped, edited by %1").arg(by);
    return running ? tr("Running") : tr("Stopped");
}

} // namespace conway

#include "moc_RunIndicator.cpp"
