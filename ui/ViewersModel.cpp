#include "ui/ViewersModel.h"

#include "ui/HumanUnits.h"
#include "ui/Icons.h"

#include <QHash>

#include <limits>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

QString text(const ViewerRow &viewer, int column)
{
    switch (column) {
    case ViewersModel::Address:
        return viewer.address;
    case ViewersModel::Since:
        return humanMoment(viewer.connectedSince, QDateTime::currentDateTime());
    case ViewersModel::Messages:
        return humanCount(viewer.messagesSent);
    case ViewersModel::Bytes:
        return humanBytes(viewer.bytesSent);
    case ViewersModel::RoundTrip:
        return humanRoundTrip(viewer.roundTripMs);
    default:
        return {};
    }
}

/// With every run of digits filled up to the same length: 192.168.1.9 then comes before 192.168.1.20.
QString addressKey(const QString &address)
{
    constexpr qsizetype kLongest = 5; // of a number in an address: a port
    QString key;
    QString digits;
    const auto flush = [&key, &digits] {
        if (!digits.isEmpty())
            key += digits.rightJustified(kLongest, u'0');
        digits.clear();
    };
    for (const QChar character : address) {
        if (character.isDigit()) {
            digits += character;
        } else {
            flush();
            key += character;
        }
    }
    flush();
    return key;
}

QVariant sortKey(const ViewerRow &viewer, int column)
{
    switch (column) {
    case ViewersModel::Address:
        return addressKey(viewer.address);
    case ViewersModel::Since:
        return viewer.connectedSince;
    case ViewersModel::Messages:
        return viewer.messagesSent;
    case ViewersModel::Bytes:
        return viewer.bytesSent;
    case ViewersModel::RoundTrip:
        return viewer.roundTripMs.value_or(std::numeric_limits<double>::max());
    default:
        return {};
    }
}

bool isNumber(int column)
{
    return column == ViewersModel::Messages || column == ViewersModel::Bytes || column == ViewersModel::RoundTrip;
}

} // namespace

void ViewersModel::setViewers(const QList<ViewerRow> &viewers)
{
    QHash<quint64, ViewerRow> coming;
    coming.reserve(viewers.size());
    for (const ViewerRow &viewer : viewers)
        coming.insert(viewer.id, viewer);

    for (auto row = static_cast<int>(m_viewers.size()) - 1; row >= 0; --row) {
        const auto found = coming.constFind(m_viewers.at(row).id);
        if (found == coming.cend()) {
            beginRemoveRows({}, row, row);
            m_viewers.removeAt(row);
            endRemoveRows();
        } else {
            update(row, *found);
            coming.erase(found);
        }
    }
    if (coming.isEmpty())
        return;

    const auto first = static_cast<int>(m_viewers.size());
    beginInsertRows({}, first, first + static_cast<int>(coming.size()) - 1);
    for (const ViewerRow &viewer : viewers) {
        if (coming.remove(viewer.id))
            m_viewers.append(viewer);
    }
    endInsertRows();
}

void ViewersModel::update(int row, const ViewerRow &viewer)
{
    const ViewerRow before = std::exchange(m_viewers[row], viewer);
    for (int column = 0; column < kColumns; ++column) {
        const bool changed = column == Address ? before.address != viewer.address || before.operates != viewer.operates
                                               : sortKey(before, column) != sortKey(viewer, column);
        if (changed)
            Q_EMIT dataChanged(index(row, column), index(row, column));
    }
}

QString ViewersModel::describe(const ViewerRow &viewer)
{
    return viewer.operates ? tr("%1 may operate").arg(viewer.address) : tr("%1 only watches").arg(viewer.address);
}

int ViewersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_viewers.size());
}

int ViewersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant ViewersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ViewerRow &viewer = m_viewers.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(viewer, index.column());
    case kSortRole:
        return sortKey(viewer, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Since)
            return QLocale().toString(viewer.connectedSince.toLocalTime(), QLocale::LongFormat);
        if (index.column() == Address)
            return describe(viewer); // may be cut off
        return {};
    case Qt::AccessibleTextRole:
        return index.column() == Address ? describe(viewer) : text(viewer, index.column());
    case Qt::DecorationRole:
        if (index.column() == Address)
            return glyphIcon(viewer.operates ? Glyph::Operates : Glyph::Watches);
        return {};
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ViewersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (section) {
    case Address:
        return tip ? tr("The viewer's address in the network; a hand: may operate, an eye: only watches")
                   : tr("Viewer");
    case Since:
        return tip ? tr("When the viewer connected") : tr("Since");
    case Messages:
        return tip ? tr("Messages sent to the viewer") : tr("Messages");
    case Bytes:
        return tip ? tr("Data sent to the viewer") : tr("Sent");
    case RoundTrip:
        return tip ? tr("Time from a ping to the viewer's answer") : tr("Round trip");
    default:
        return {};
    }
}

} // namespace conway

#include "moc_ViewersModel.cpp"
