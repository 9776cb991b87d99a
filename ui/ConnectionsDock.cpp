#include "ui/ConnectionsDock.h"

#include "ui/AccessPanel.h"
#include "ui/AddressLink.h"
#include "ui/HumanUnits.h"
#include "ui/ViewersTable.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QLabel *muted(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

/// Whether any of the addresses is more than this computer's own view of itself.
bool isOpenToOthers(const NetworkStatus &status)
{
    return status.listening &&
           std::any_of(status.addresses.begin(), status.addresses.end(), [](const QString &address) {
               const QString host = QUrl(address).host();
               return !host.startsWith("127."_L1) && host != "::1"_L1;
           });
}

} // namespace

ConnectionsDock::ConnectionsDock(QWidget *parent)
    : QDockWidget(tr("Connections"), parent)
    , m_addresses(new QVBoxLayout)
    , m_access(new AccessPanel(this))
    , m_viewersNow(muted({}, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(muted({}, this))
    , m_table(new ViewersTable(this))
    , m_viewersEver(new QLabel(this))
    , m_messages(new QLabel(this))
    , m_bytes(new QLabel(this))
    , m_rate(new QLabel(this))
{
    setObjectName("connections"_L1);
    setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea);

    m_addresses->setSpacing(2);
    m_viewersNow->setObjectName("viewersNow"_L1);
    m_empty->setObjectName("empty"_L1);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(24);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    m_stack->setMinimumHeight(140);

    auto *content = new QWidget;
    auto *viewersLine = new QHBoxLayout;
    viewersLine->addWidget(heading(tr("Viewers"), content));
    viewersLine->addStretch();
    viewersLine->addWidget(m_viewersNow);

    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(8, 14, 14, 14);
    layout->setSpacing(8);
    layout->addWidget(heading(tr("Open in a browser"), content));
    layout->addLayout(m_addresses);
    layout->addSpacing(14);
    layout->addWidget(heading(tr("Viewers on other devices may"), content));
    layout->addWidget(m_access);
    layout->addSpacing(14);
    layout->addLayout(viewersLine);
    layout->addWidget(m_stack, 1);
    layout->addSpacing(6);
    layout->addLayout(makeTotals());

    auto *scroll = new QScrollArea(this); // so that a low window cuts nothing off
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->setMinimumWidth(
        std::max(340, content->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent)));
    setWidget(scroll);

    connect(m_access, &AccessPanel::accessChosen, this, &ConnectionsDock::accessChosen);
    showAddresses();
    setStats({});
}

QLayout *ConnectionsDock::makeTotals()
{
    const struct {
        QString caption;
        QLabel *value;
        QLatin1StringView name;
    } totals[] = {
        {tr("Viewers so far"), m_viewersEver, "viewersEver"_L1},
        {tr("Messages sent"), m_messages, "messagesSent"_L1},
        {tr("Data sent"), m_bytes, "bytesSent"_L1},
        {tr("Sending now"), m_rate, "bytesPerSecond"_L1},
    };
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    for (const auto &[caption, value, name] : totals) {
        value->setObjectName(name);
        value->setAccessibleName(caption);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        const int row = grid->rowCount();
        grid->addWidget(muted(caption, this), row, 0);
        grid->addWidget(value, row, 1);
    }
    return grid;
}

void ConnectionsDock::setStats(const ConnectionStats &stats)
{
    m_table->setViewers(stats.viewers);
    m_viewersNow->setText(tr("%1 connected").arg(humanCount(static_cast<quint64>(stats.viewers.size()))));
    m_viewersNow->setVisible(!stats.viewers.isEmpty());
    m_viewersEver->setText(humanCount(stats.viewersEver));
    m_messages->setText(humanCount(stats.messagesSent));
    m_bytes->setText(humanBytes(stats.bytesSent));
    m_rate->setText(humanByteRate(stats.bytesPerSecond));
    m_stack->setCurrentWidget(stats.viewers.isEmpty() ? static_cast<QWidget *>(m_empty) : m_table);
}

void ConnectionsDock::setNetworkStatus(const NetworkStatus &status)
{
    const bool changed = status.listening != m_status.listening || status.addresses != m_status.addresses;
    m_status = status;
    if (changed) // a link that somebody is about to click stays where it is
        showAddresses();
}

void ConnectionsDock::setAccess(const AccessChoice &access)
{
    m_access->setAccess(access);
}

void ConnectionsDock::showAddresses()
{
    while (QLayoutItem *item = m_addresses->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto say = [this](const QString &text) {
        auto *words = muted(text, widget());
        words->setWordWrap(true);
        m_addresses->addWidget(words);
    };
    if (!m_status.listening) {
        say(tr("Not listening: nobody can connect."));
    } else {
        if (!isOpenToOthers(m_status))
            say(tr("Only this computer can connect: it listens on no address of a network."));
        auto rank = AddressLink::Rank::Best;
        for (const QString &url : m_status.addresses) {
            auto *link = new AddressLink(url, rank);
            connect(link, &AddressLink::copied, this, &ConnectionsDock::addressCopied);
            m_addresses->addWidget(link);
            rank = AddressLink::Rank::Other;
        }
    }
    showEmptyState();
}

void ConnectionsDock::showEmptyState()
{
    m_empty->setText(!isOpenToOthers(m_status) ? tr("Nobody is connected.")
                     : m_status.addresses.size() == 1
                         ? tr("Nobody is connected yet.\n\nOpen this address on a phone or laptop in this network.")
                         : tr("Nobody is connected yet.\n\nOpen one of these addresses on a phone or laptop in this "
                              "network."));
}

} // namespace conway

#include "moc_ConnectionsDock.cpp"
