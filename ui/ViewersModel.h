#pragma once

#include "ui/ConnectionStats.h"

#include <QAbstractTableModel>

namespace conway {

/// The viewers as a table. A viewer keeps its row while it is connected: an update changes cells, appends who is new
/// and removes who left, so that views keep selection and scroll position.
class ViewersModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Address, Since, Messages, Bytes, RoundTrip, kColumns };
    /// What to sort by: numbers and times instead of their texts.
    static constexpr int kSortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void setViewers(const QList<ViewerRow> &viewers);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    void update(int row, const ViewerRow &viewer);
    [[nodiscard]] static QString describe(const ViewerRow &viewer);

    QList<ViewerRow> m_viewers;
};

} // namespace conway
