#include "ui/AccessPanel.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

class TestAccessPanel : public QObject
{
    Q_OBJECT

    using Lan = AccessChoice::Lan;

    std::unique_ptr<QWidget> m_window;
    AccessPanel *m_panel = nullptr;
    QLineEdit *m_elsewhere = nullptr; ///< something else that can have the focus
    std::unique_ptr<QSignalSpy> m_chosen;

private Q_SLOTS:
    void init();
    void cleanup();
    void showsWhatHolds();
    void aClickChoosesAndChangesNothingElse();
    void goingBackToThePinKeepsIt();
    void aNewPinIsAskedForWithoutOne();
    void aTypedPinIsChosenByEnter();
    void aTypedPinIsChosenByLeaving();
    void whatIsNoPinCannotBeTyped();
    void anUnfinishedPinIsGivenUp();
    void escapeBringsBackWhatHolds();
    void anUpdateDoesNotDisturbTyping();
    void everythingIsReachedByKeyboard();
    void everythingHasANameAndATip();
    void thePinIsLarge();

private:
    [[nodiscard]] QAbstractButton *button(QLatin1StringView name) const
    {
        return m_panel->findChild<QAbstractButton *>(name);
    }
    [[nodiscard]] QLineEdit *pin() const { return m_panel->findChild<QLineEdit *>("pin"_L1); }
    [[nodiscard]] AccessChoice takeChosen() { return m_chosen->takeFirst().value(0).value<AccessChoice>(); }
    void type(const QString &text)
    {
        pin()->setFocus();
        pin()->selectAll();
        QTest::keyClicks(pin(), text);
    }
};

void TestAccessPanel::init()
{
    m_window = std::make_unique<QWidget>();
    m_panel = new AccessPanel(m_window.get());
    m_elsewhere = new QLineEdit(m_window.get());
    m_elsewhere->move(0, 200);
    m_chosen = std::make_unique<QSignalSpy>(m_panel, &AccessPanel::accessChosen);
    m_panel->setAccess({Lan::Pin, u"123456"_s});
    m_window->resize(480, 300);
    m_panel->resize(m_panel->sizeHint());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestAccessPanel::cleanup()
{
    m_chosen.reset();
    m_window.reset();
}

void TestAccessPanel::showsWhatHolds()
{
    QVERIFY(button("lanPin"_L1)->isChecked());
    QVERIFY(pin()->isVisible());
    QCOMPARE(pin()->text(), u"123456"_s);

    m_panel->setAccess({Lan::Watch, u"123456"_s});
    QVERIFY(button("lanWatch"_L1)->isChecked());
    QVERIFY(!pin()->isVisible());
    QVERIFY(!button("newPin"_L1)->isVisible());

    m_panel->setAccess({Lan::Operate, {}});
    QVERIFY(button("lanOperate"_L1)->isChecked());
    QVERIFY(!pin()->isVisible());
    QCOMPARE(m_chosen->count(), 0); // telling it is not choosing
}

void TestAccessPanel::aClickChoosesAndChangesNothingElse()
{
    button("lanWatch"_L1)->click();
    QCOMPARE(takeChosen(), (AccessChoice{Lan::Watch, u"123456"_s}));
    QVERIFY(pin()->isVisible()); // until that holds
    m_panel->setAccess({Lan::Watch, u"123456"_s});
    button("lanOperate"_L1)->click();
    QCOMPARE(takeChosen(), (AccessChoice{Lan::Operate, u"123456"_s}));
    QCOMPARE(m_chosen->count(), 0);
}

void TestAccessPanel::goingBackToThePinKeepsIt()
{
    m_panel->setAccess({Lan::Operate, u"4711"_s});
    button("lanPin"_L1)->click();
    QCOMPARE(takeChosen(), (AccessChoice{Lan::Pin, u"4711"_s}));
}

void TestAccessPanel::aNewPinIsAskedForWithoutOne()
{
    button("newPin"_L1)->click();
    QCOMPARE(takeChosen(), (AccessChoice{Lan::Pin, {}}));
    QCOMPARE(pin()->text(), u"123456"_s);
    m_panel->setAccess({Lan::Pin, u"654321"_s});
    QCOMPARE(pin()->text(), u"654321"_s);
}

void TestAccessPanel::aTypedPinIsChosenByEnter()
{
    type(u"0815"_s);
    QCOMPARE(m_chosen->count(), 0);
    QTest::keyClick(pin(), Qt::Key_Return);
    QCOMPARE(takeChosen(), (AccessChoice{Lan::Pin, u"0815"_s}));
    m_panel->setAccess({Lan::Pin, u"0815"_s});
    m_elsewhere->setFocus();
    QCOMPARE(m_chosen->count(), 0); // once is enough
}

void TestAccessPanel::aTypedPinIsChosenByLeaving()
{
    type(u"08154711"_s);
    m_elsewhere->setFocus();
    QCOMPARE(takeChosen(), (AccessChoice{Lan::Pin, u"08154711"_s}));
    pin()->setFocus();
    m_panel->setAccess({Lan::Pin, u"08154711"_s});
    m_elsewhere->setFocus();
    QCOMPARE(m_chosen->count(), 0);
}

void TestAccessPanel::whatIsNoPinCannotBeTyped()
{
    type(u"12a-3 4.5"_s);
    QCOMPARE(pin()->text(), u"12345"_s);
    type(u"1234567890123"_s);
    QCOMPARE(pin()->text(), u"123456789012"_s);
}

void TestAccessPanel::anUnfinishedPinIsGivenUp()
{
    type(u"12"_s);
    m_elsewhere->setFocus();
    QCOMPARE(pin()->text(), u"123456"_s);
    type(u"12"_s);
    QTest::keyClick(pin(), Qt::Key_Return);
    QCOMPARE(pin()->text(), u"123456"_s);
    pin()->selectAll();
    QTest::keyClick(pin(), Qt::Key_Delete);
    m_elsewhere->setFocus();
    QCOMPARE(pin()->text(), u"123456"_s);
    QCOMPARE(m_chosen->count(), 0);
}

void TestAccessPanel::escapeBringsBackWhatHolds()
{
    type(u"99999"_s);
    QTest::keyClick(pin(), Qt::Key_Escape);
    QCOMPARE(pin()->text(), u"123456"_s);
    m_elsewhere->setFocus();
    QCOMPARE(m_chosen->count(), 0);
}

void TestAccessPanel::anUpdateDoesNotDisturbTyping()
{
    type(u"9999"_s);
    m_panel->setAccess({Lan::Pin, u"123456"_s});
    QCOMPARE(pin()->text(), u"9999"_s);
    QTest::keyClick(pin(), Qt::Key_Escape);
    m_panel->setAccess({Lan::Pin, u"555555"_s});
    QCOMPARE(pin()->text(), u"555555"_s);
}

void TestAccessPanel::everythingIsReachedByKeyboard()
{
    m_elsewhere->setFocus();
    QStringList names;
    for (int presses = 0; presses < 10; ++presses) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        const QString name = QApplication::focusWidget()->objectName();
        if (name.isEmpty())
            break;
        names << name;
    }
    QCOMPARE(names, (QStringList{u"lanPin"_s, u"pin"_s, u"newPin"_s}));

    button("lanPin"_L1)->setFocus();
    QTest::keyClick(button("lanPin"_L1), Qt::Key_Left);
    QVERIFY(button("lanWatch"_L1)->hasFocus());
    QVERIFY(button("lanWatch"_L1)->isChecked());
    QCOMPARE(takeChosen(), (AccessChoice{Lan::Watch, u"123456"_s}));
    button("newPin"_L1)->setFocus();
    QTest::keyClick(button("newPin"_L1), Qt::Key_Space);
    QCOMPARE(takeChosen(), (AccessChoice{Lan::Pin, {}}));
}

void TestAccessPanel::everythingHasANameAndATip()
{
    for (const QLatin1StringView name : {"lanOperate"_L1, "lanWatch"_L1, "lanPin"_L1, "newPin"_L1}) {
        QVERIFY2(!button(name)->text().isEmpty(), name.data());
        QVERIFY2(!button(name)->toolTip().isEmpty(), name.data());
    }
    QCOMPARE(pin()->accessibleName(), u"PIN"_s);
    QVERIFY(!pin()->toolTip().isEmpty());
}

void TestAccessPanel::thePinIsLarge()
{
    QVERIFY(pin()->fontMetrics().height() > 1.6 * m_elsewhere->fontMetrics().height());
    m_panel->setAccess({Lan::Pin, u"000000000000"_s});
    QVERIFY(pin()->fontMetrics().horizontalAdvance(pin()->text()) < pin()->width());
}

QTEST_MAIN(TestAccessPanel)
#include "tst_accesspanel.moc"
