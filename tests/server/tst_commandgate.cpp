#include "server/CommandGate.h"

#include <QTest>

using namespace conway;

class TestCommandGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsHeavyTakesMoreRoom()
    {
        CommandGate gate;
        for (int i = 0; i < limits::kCommandsWaiting / limits::kHeavyMessage; ++i)
            QVERIFY(gate.enter(limits::kHeavyMessage));
        QVERIFY(!gate.enter(1));
        gate.leave(limits::kHeavyMessage);
        QVERIFY(gate.enter(1));
        QVERIFY(!gate.enter(limits::kHeavyMessage)); // and nothing is taken by it
        for (int i = 1; i < limits::kHeavyMessage; ++i)
            QVERIFY(gate.enter(1));
        QVERIFY(!gate.enter(1));
    }

    void theHostsWeighNothing()
    {
        CommandGate gate;
        gate.leave(0);
        for (int i = 0; i < limits::kCommandsWaiting; ++i)
            QVERIFY(gate.enter(1));
        QVERIFY(!gate.enter(1));
    }
};

QTEST_APPLESS_MAIN(TestCommandGate)
#include "tst_commandgate.moc"
