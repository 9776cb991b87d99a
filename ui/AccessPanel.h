#pragma once

#include "ui/AccessChoice.h"

#include <QWidget>

class QButtonGroup;
class QToolButton;

namespace conway {

/// Chooses what viewers on other devices may do, and shows the PIN large enough to read it out to a room.
///
/// A PIN is typed here, or made by whoever is told accessChosen() without one.
class AccessPanel : public QWidget
{
    Q_OBJECT

public:
    explicit AccessPanel(QWidget *parent = nullptr);

    /// What holds. A PIN that is being typed stays as it is until it is finished.
    void setAccess(const AccessChoice &access);

Q_SIGNALS:
    void accessChosen(const conway::AccessChoice &access);

private:
    class PinField;

    [[nodiscard]] QWidget *makeChoices();
    [[nodiscard]] QWidget *makePinLine();
    void choose(AccessChoice::Lan lan, const QString &pin);

    AccessChoice m_access;
    QButtonGroup *m_choices;
    QWidget *m_choiceLine; ///< made before the PIN's parts: Tab goes through all in the order they were made
    PinField *m_pin;
    QToolButton *m_newPin;
    QWidget *m_pinLine;
};

} // namespace conway
