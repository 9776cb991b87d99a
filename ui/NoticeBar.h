#pragma once

#include "ui/NetworkStatus.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace conway {

/// A strip that says what is wrong with the network and offers what can be done about it. Stands above the universe and
/// blocks nothing. Hidden when all is well.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    /// A warning while listening can be put away, and stays away until there is another one.
    void setNetworkStatus(const NetworkStatus &status);

Q_SIGNALS:
    void portChosen(quint16 port);
    void retryChosen();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
    QPushButton *m_usePort;
    QPushButton *m_retry;
    QToolButton *m_dismiss;
    quint16 m_offeredPort = 0;
    QString m_dismissed;
};

} // namespace conway
