#pragma once

#include "ui/AccessChoice.h"
#include "ui/ConnectionStats.h"
#include "ui/NetworkStatus.h"

#include <QDockWidget>

class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace conway {

class AccessPanel;
class ViewersTable;

/// The addresses to open, who may operate, who has opened them, and what was sent.
class ConnectionsDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit ConnectionsDock(QWidget *parent = nullptr);

    void setStats(const ConnectionStats &stats);
    void setNetworkStatus(const NetworkStatus &status);
    void setAccess(const AccessChoice &access);

Q_SIGNALS:
    void addressCopied(const QString &url);
    void accessChosen(const conway::AccessChoice &access);

private:
    [[nodiscard]] QLayout *makeTotals();
    void showAddresses();
    void showEmptyState();

    NetworkStatus m_status;
    QVBoxLayout *m_addresses;
    AccessPanel *m_access;
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
