#pragma once

#include "ui/ConnectionStats.h"

#include <QTableView>

namespace conway {

class ViewersModel;

/// The table of viewers; sorted by the column whose head was clicked, oldest first to begin with.
class ViewersTable : public QTableView
{
    Q_OBJECT

public:
    explicit ViewersTable(QWidget *parent = nullptr);

    void setViewers(const QList<ViewerRow> &viewers);

    /// Wide enough for every column.
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// The first column takes what the others leave, but never less than an IPv4 address needs: rather scroll than not
    /// know who it is.
    [[nodiscard]] int narrowestAddress() const;
    [[nodiscard]] int otherColumns() const;
    [[nodiscard]] int roomFor(const QString &text) const;

    ViewersModel *m_viewers;
};

} // namespace conway
