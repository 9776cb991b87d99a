#include "ui/ViewersTable.h"

#include "ui/HumanUnits.h"
#include "ui/ViewersModel.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conway {

ViewersTable::ViewersTable(QWidget *parent)
    : QTableView(parent)
    , m_viewers(new ViewersModel(this))
{
    setObjectName("viewers"_L1);
    setAccessibleName(tr("Viewers"));

    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_viewers);
    sorted->setSortRole(ViewersModel::kSortRole);
    setModel(sorted);
    setSortingEnabled(true);
    sortByColumn(ViewersModel::Since, Qt::AscendingOrder);

    setSelectionBehavior(SelectRows);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setFrameShape(NoFrame);
    setHorizontalScrollMode(ScrollPerPixel);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the table
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 14);

    // Widths are set once and not from the contents: columns that breathe with every update cannot be read.
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(40);
    header->setDefaultSectionSize(40);
    const QDateTime now = QDateTime::currentDateTime();
    const std::pair<int, QString> widest[] = {
        {ViewersModel::Since, humanMoment(now, now)},   {ViewersModel::Since, humanMoment(now, now.addDays(1))},
        {ViewersModel::Messages, humanCount(999'999)},  {ViewersModel::Bytes, humanBytes(999'900'000)},
        {ViewersModel::RoundTrip, humanRoundTrip(999)},
    };
    for (const auto &[column, text] : widest) {
        const QString head = model()->headerData(column, Qt::Horizontal).toString();
        header->resizeSection(column, std::max({roomFor(text), roomFor(head), header->sectionSize(column)}));
    }
}

void ViewersTable::setViewers(const QList<ViewerRow> &viewers)
{
    m_viewers->setViewers(viewers);
}

QSize ViewersTable::sizeHint() const
{
    return {narrowestAddress() + otherColumns() + 2 * frameWidth(), QTableView::sizeHint().height()};
}

void ViewersTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    setColumnWidth(ViewersModel::Address, std::max(narrowestAddress(), viewport()->width() - otherColumns()));
}

int ViewersTable::narrowestAddress() const
{
    const int sign = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    return sign + roomFor(u" 255.255.255.255"_s);
}

int ViewersTable::otherColumns() const
{
    int width = 0;
    for (int column = ViewersModel::Address + 1; column < ViewersModel::kColumns; ++column)
        width += columnWidth(column);
    return width;
}

int ViewersTable::roomFor(const QString &text) const
{
    const int margin = style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1;
    return fontMetrics().horizontalAdvance(text) + 2 * margin;
}

} // namespace conway

#include "moc_ViewersTable.cpp"
