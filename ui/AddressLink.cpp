#include "ui/AddressLink.h"

#include "ui/Icons.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QUrl>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conway {

AddressLink::AddressLink(const QString &url, Rank rank, QWidget *parent)
    : QWidget(parent)
    , m_url(url)
    , m_label(new QLabel(this))
    , m_copy(new QToolButton(this))
{
    m_label->setTextFormat(Qt::RichText);
    m_label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_label->setAccessibleName(url);
    m_label->setToolTip(tr("Open %1 in a browser on this computer").arg(url));
    if (rank == Rank::Best) {
        QFont font = m_label->font();
        font.setPointSizeF(font.pointSizeF() * 1.2);
        font.setWeight(QFont::DemiBold);
        m_label->setFont(font);
    }
    connect(m_label, &QLabel::linkActivated, this, [](const QString &link) { QDesktopServices::openUrl(QUrl(link)); });

    m_copy->setIcon(glyphIcon(Glyph::Copy));
    m_copy->setText(tr("Copy"));
    m_copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setAutoRaise(true);
    m_copy->setFocusPolicy(Qt::StrongFocus);
    m_copy->setToolTip(tr("Copy %1").arg(url));
    m_copy->setAccessibleName(tr("Copy %1").arg(url));
    connect(m_copy, &QToolButton::clicked, this, &AddressLink::copy);
    m_confirmation.setSingleShot(true);
    m_confirmation.setInterval(1500ms);
    connect(&m_confirmation, &QTimer::timeout, this, [this] { m_copy->setIcon(glyphIcon(Glyph::Copy)); });

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_copy);
    refreshText();
}

void AddressLink::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    refreshText();
}

void AddressLink::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refreshText();
    QWidget::changeEvent(event);
}

void AddressLink::refreshText()
{
    // The colour stands in the text, because a label keeps the link colour of the palette that it was first drawn with.
    const QString shown = m_label->fontMetrics().elidedText(m_url, Qt::ElideMiddle, m_label->width());
    m_label->setText(u"<a href=\"%1\" style=\"color:%2;text-decoration:none\">%3</a>"_s.arg(
        m_url.toHtmlEscaped(), palette().color(QPalette::Link).name(), shown.toHtmlEscaped()));
}

void AddressLink::copy()
{
    QGuiApplication::clipboard()->setText(m_url);
    m_copy->setIcon(glyphIcon(Glyph::Done));
    m_confirmation.start();
    Q_EMIT copied(m_url);
}

} // namespace conway

#include "moc_AddressLink.cpp"
