#include "ui/AccessPanel.h"

#include "ui/Icons.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRadioButton>
#include <QRegularExpressionValidator>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr int kPinDigitsMax = 12; // and 4 at least, as the server has it

class PinValidator : public QRegularExpressionValidator
{
public:
    PinValidator(const QString &actual, QObject *parent)
        : QRegularExpressionValidator(QRegularExpression(u"[0-9]{4,%1}"_s.arg(kPinDigitsMax)), parent)
        , m_actual(actual)
    {
    }

    /// What was left unfinished becomes what holds.
    void fixup(QString &input) const override { input = m_actual; }

private:
    const QString &m_actual;
};

} // namespace

/// Digits, wide apart. Escape brings back what holds; the space bar is left to the window, where it starts and stops.
class AccessPanel::PinField : public QLineEdit
{
public:
    explicit PinField(QWidget *parent)
        : QLineEdit(parent)
    {
        setValidator(new PinValidator(m_actual, this));
        setInputMethodHints(Qt::ImhDigitsOnly);
        setMaxLength(kPinDigitsMax);
    }

    void setActual(const QString &pin)
    {
        const bool isBeingTyped = hasFocus() && isModified() && text() != m_actual;
        m_actual = pin;
        if (!isBeingTyped)
            setText(pin);
    }

protected:
    bool event(QEvent *event) override
    {
        const auto *key = dynamic_cast<QKeyEvent *>(event);
        if (key != nullptr && key->type() == QEvent::ShortcutOverride && key->key() == Qt::Key_Space) {
            event->ignore();
            return false;
        }
        return QLineEdit::event(event);
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Escape && text() != m_actual)
            setText(m_actual);
        else
            QLineEdit::keyPressEvent(event);
    }

private:
    QString m_actual;
};

AccessPanel::AccessPanel(QWidget *parent)
    : QWidget(parent)
    , m_choices(new QButtonGroup(this))
    , m_choiceLine(makeChoices())
    , m_pin(new PinField(this))
    , m_newPin(new QToolButton(this))
    , m_pinLine(makePinLine())
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_choiceLine);
    layout->addWidget(m_pinLine);

    connect(m_choices, &QButtonGroup::idClicked, this,
            [this](int id) { choose(static_cast<AccessChoice::Lan>(id), m_access.pin); });
    connect(m_pin, &QLineEdit::editingFinished, this, [this] {
        if (m_pin->text() != m_access.pin)
            choose(AccessChoice::Lan::Pin, m_pin->text());
    });
    connect(m_newPin, &QToolButton::clicked, this, [this] { choose(AccessChoice::Lan::Pin, {}); });
    setAccess({});
}

QWidget *AccessPanel::makeChoices()
{
    const struct {
        AccessChoice::Lan lan;
        QLatin1StringView name;
        QString text;
        QString tip;
    } choices[] = {
        {AccessChoice::Lan::Operate, "lanOperate"_L1, tr("&Operate"),
         tr("Everybody in the network may start, stop, reset and draw")},
        {AccessChoice::Lan::Watch, "lanWatch"_L1, tr("Only &watch"),
         tr("Other devices show the universe; only this computer operates it")},
        {AccessChoice::Lan::Pin, "lanPin"_L1, tr("Operate with &PIN"),
         tr("Other devices show the universe; who enters the PIN there operates it")},
    };
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    for (const auto &[lan, name, text, tip] : choices) {
        auto *button = new QRadioButton(text, line);
        button->setObjectName(name);
        button->setToolTip(tip);
        button->setStatusTip(tip);
        button->setAccessibleDescription(tip);
        m_choices->addButton(button, static_cast<int>(lan));
        layout->addWidget(button);
    }
    layout->addStretch();
    return line;
}

QWidget *AccessPanel::makePinLine()
{
    QFont font = m_pin->font();
    font.setPointSizeF(font.pointSizeF() * 1.75);
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::PercentageSpacing, 110);
    m_pin->setObjectName("pin"_L1);
    m_pin->setFont(font);
    m_pin->setAlignment(Qt::AlignCenter);
    m_pin->setAccessibleName(tr("PIN"));
    // limits::kPinDigitsMin and kPinDigitsMax, which the window does not see.
    m_pin->setToolTip(tr("The PIN that other devices need to operate. Type another one, 4 to 12 digits, and press "
                         "Enter; who has entered the old one then only watches"));
    m_pin->setStatusTip(m_pin->toolTip());

    m_newPin->setObjectName("newPin"_L1);
    m_newPin->setIcon(glyphIcon(Glyph::Reset));
    m_newPin->setText(tr("New PIN"));
    m_newPin->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_newPin->setAutoRaise(true);
    m_newPin->setFocusPolicy(Qt::StrongFocus);
    m_newPin->setToolTip(tr("Make another PIN; who has entered the old one then only watches"));
    m_newPin->setStatusTip(m_newPin->toolTip());

    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pin, 1);
    layout->addWidget(m_newPin);
    return line;
}

void AccessPanel::setAccess(const AccessChoice &access)
{
    m_access = access;
    m_choices->button(static_cast<int>(access.lan))->setChecked(true);
    const QList<QAbstractButton *> buttons = m_choices->buttons();
    for (QAbstractButton *button : buttons) // Tab goes to the one that holds, arrows to the others
        button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
    m_pin->setActual(access.pin);
    m_pinLine->setVisible(access.lan == AccessChoice::Lan::Pin);
}

void AccessPanel::choose(AccessChoice::Lan lan, const QString &pin)
{
    Q_EMIT accessChosen({lan, pin});
}

} // namespace conway

#include "moc_AccessPanel.cpp"
