#pragma once

#include "ui/ConnectionStats.h"
#include "ui/NetworkStatus.h"

#include <QDockWidget>

class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace conway {

class ViewersTable;

/// The addresses to open, who has opened them, and what was sent.
class ConnectionsDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit ConnectionsDock(QWidget *parent = nullptr);

    void setStats(const ConnectionStats &stats);
    void setNetworkStatus(const NetworkStatus &status);

Q_SIGNALS:
    void addressCopied(const QString &url);

private:
    [[nodiscard]] QLayout *makeTotals();
    void showAddresses();
    void showEmptyState();

    NetworkStatus m_status;
    QVBoxLayout *m_addresses;
    QLabel *m_viewersNow;
    QStackedWidget *m_stack;
    QLabel *m_empty;
    ViewersTable *m_table;
    QLabel *m_viewersEver;
    QLabel *m_messages;
    QLabel *m_bytes;
    QLabel *m_rate;
};

} // namespace conway
