#include "ui/NoticeBar.h"

#include "ui/Icons.h"
#include "ui/Theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr int kMargin = 16;
constexpr int kSign = 22; ///< side of the warning sign
constexpr QColor kAmber(0xf5, 0x9e, 0x0b);

} // namespace

NoticeBar::NoticeBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_usePort(new QPushButton(this))
    , m_retry(new QPushButton(tr("Try again"), this))
    , m_dismiss(new QToolButton(this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setObjectName("noticeText"_L1);
    m_usePort->setObjectName("usePort"_L1);
    m_retry->setObjectName("tryAgain"_L1);
    m_retry->setToolTip(tr("Try the same port once more"));
    m_dismiss->setObjectName("dismiss"_L1);
    m_dismiss->setIcon(glyphIcon(Glyph::Close));
    m_dismiss->setAutoRaise(true);
    m_dismiss->setFocusPolicy(Qt::StrongFocus);
    m_dismiss->setToolTip(tr("Put this notice away"));
    m_dismiss->setAccessibleName(m_dismiss->toolTip());

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kMargin + kSign + 12, 10, kMargin, 11);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_usePort);
    layout->addWidget(m_retry);
    layout->addWidget(m_dismiss);

    connect(m_usePort, &QPushButton::clicked, this, [this] { Q_EMIT portChosen(m_offeredPort); });
    connect(m_retry, &QPushButton::clicked, this, &NoticeBar::retryChosen);
    connect(m_dismiss, &QToolButton::clicked, this, [this] {
        m_dismissed = m_text->text();
        hide();
    });
    hide();
}

void NoticeBar::setNetworkStatus(const NetworkStatus &status)
{
    m_offeredPort = status.offeredPort;
    m_usePort->setVisible(status.offeredPort != 0);
    m_usePort->setText(tr("Use port %1").arg(status.offeredPort)); // a port is a name: no thousands separator
    m_usePort->setToolTip(tr("Listen on port %1 instead").arg(status.offeredPort));
    m_retry->setVisible(!status.listening);
    m_dismiss->setVisible(status.listening);

    const bool news = m_text->text() != status.problem;
    m_text->setText(status.problem);
    if (status.problem.isEmpty() || !status.listening)
        m_dismissed.clear();
    const bool shown = !status.problem.isEmpty() && status.problem != m_dismissed;
    setVisible(shown);
    if (shown && news) {
        setAccessibleName(status.problem);
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    const QColor ground = palette().color(QPalette::Base);
    QPainter painter(this);
    painter.fillRect(rect(), Theme::blend(ground, kAmber, 0.16));
    painter.fillRect(0, height() - 1, width(), 1, Theme::blend(ground, kAmber, 0.5));
    glyphIcon(Glyph::Warning).paint(&painter, kMargin, (height() - kSign) / 2, kSign, kSign);
}

} // namespace conway

#include "moc_NoticeBar.cpp"
