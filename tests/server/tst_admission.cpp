#include "server/Admission.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

class TestAdmission : public QObject
{
    Q_OBJECT

    const PinGuard::Time m_now = PinGuard::Time::clock::now();
    Pass m_stranger;
    Pass m_own;

private Q_SLOTS:
    void init()
    {
        m_stranger = {QHostAddress(u"192.168.1.5"_s), false, {}};
        m_own = {QHostAddress(u"127.0.0.1"_s), true, {}};
    }

    void theHostChooses_data()
    {
        QTest::addColumn<int>("lan");
        QTest::addColumn<bool>("operates");
        QTest::newRow("operate") << static_cast<int>(LanAccess::Operate) << true;
        QTest::newRow("watch") << static_cast<int>(LanAccess::Watch) << false;
        QTest::newRow("pin") << static_cast<int>(LanAccess::Pin) << false;
    }
    void theHostChooses()
    {
        QFETCH(int, lan);
        QFETCH(bool, operates);
        Admission admission;
        admission.set({static_cast<LanAccess>(lan), u"24680"_s});
        QCOMPARE(admission.standingOf(m_stranger).role == Role::Operator, operates);
        QCOMPARE(static_cast<int>(admission.standingOf(m_stranger).lan), lan);
        QVERIFY(admission.standingOf(m_own).role == Role::Operator);
    }

    void thePinIsNotedInThePass()
    {
        Admission admission;
        admission.set({LanAccess::Pin, u"24680"_s});
        QVERIFY(std::holds_alternative<PinGuard::Wrong>(admission.tryPin(m_stranger, u"24681", m_now)));
        QVERIFY(admission.standingOf(m_stranger).role == Role::Watcher);
        QVERIFY(std::holds_alternative<PinGuard::Accepted>(admission.tryPin(m_stranger, u"24680", m_now)));
        QVERIFY(admission.standingOf(m_stranger).role == Role::Operator);

        // Going over to watching and back keeps the PIN, and who knows it; another one does not.
        admission.set({LanAccess::Watch, u"24680"_s});
        QVERIFY(admission.standingOf(m_stranger).role == Role::Watcher);
        admission.set({LanAccess::Pin, u"24680"_s});
        QVERIFY(admission.standingOf(m_stranger).role == Role::Operator);
        admission.set({LanAccess::Pin, u"11223"_s});
        QVERIFY(admission.standingOf(m_stranger).role == Role::Watcher);
    }

    void whereNoneIsWantedNoneIsTried()
    {
        Admission admission;
        admission.set({LanAccess::Watch, u"24680"_s});
        for (int i = 0; i < 2 * limits::kPinTries; ++i)
            QVERIFY(std::holds_alternative<Admission::NotWanted>(admission.tryPin(m_stranger, u"0000", m_now)));
        admission.set({LanAccess::Pin, u"24680"_s});
        QVERIFY(std::holds_alternative<PinGuard::Accepted>(admission.tryPin(m_stranger, u"24680", m_now)));
    }

    void guessingPauses()
    {
        Admission admission;
        admission.set({LanAccess::Pin, u"24680"_s});
        for (int i = 0; i < limits::kPinTries; ++i)
            QVERIFY(std::holds_alternative<PinGuard::Wrong>(admission.tryPin(m_stranger, u"0000", m_now)));
        QVERIFY(std::holds_alternative<PinGuard::Paused>(admission.tryPin(m_stranger, u"24680", m_now)));
        QVERIFY(admission.standingOf(m_stranger).role == Role::Watcher);
    }

    void whyIsToldInItsOwnWords()
    {
        Admission admission;
        admission.set({LanAccess::Watch, {}});
        QVERIFY(!admission.whyReadOnly().contains(u"PIN"));
        admission.set({LanAccess::Pin, u"24680"_s});
        QVERIFY(admission.whyReadOnly().contains(u"PIN"));
    }
};

QTEST_APPLESS_MAIN(TestAdmission)
#include "tst_admission.moc"
