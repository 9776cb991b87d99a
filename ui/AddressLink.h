#pragma once

#include <QString>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace conway {

/// An address to open: a link, shortened in the middle where it does not fit, and a button that copies it.
class AddressLink : public QWidget
{
    Q_OBJECT

public:
    enum class Rank { Best, Other }; ///< the best one stands out

    AddressLink(const QString &url, Rank rank, QWidget *parent = nullptr);

    [[nodiscard]] const QString &url() const { return m_url; }

Q_SIGNALS:
    void copied(const QString &url); ///< it is in the clipboard now

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refreshText();
    void copy();

    const QString m_url;
    QLabel *m_label;
    QToolButton *m_copy;
    QTimer m_confirmation; ///< how long the button says that it is done
};

} // namespace conway
