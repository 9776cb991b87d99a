#include "app/SingleInstance.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>

using namespace conway;

/// Two "starts" in one process: QLockFile tells them apart as it would two processes. The second asks from a thread of
/// its own, since it waits for the first's answer.
class TestSingleInstance : public QObject
{
    Q_OBJECT

    static bool asksTheFirst(const QString &folder)
    {
        bool answered = false;
        const std::unique_ptr<QThread> second(QThread::create([&] {
            SingleInstance other(folder);
            answered = !other.claim() && other.raiseOther();
        }));
        second->start();
        return QTest::qWaitFor([&] { return second->isFinished(); }, 20'000) && second->wait() && answered;
    }

private Q_SLOTS:
    void theSecondRaisesTheFirst()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path());
        QVERIFY(first.claim());
        const QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        QVERIFY(asksTheFirst(folder.path()));
        QCOMPARE(raised.count(), 1);
        QVERIFY(asksTheFirst(folder.path()));
        QCOMPARE(raised.count(), 2);
    }

    void theOneThatEndsIsNotRaised()
    {
        const QTemporaryDir folder;
        auto first = std::make_unique<SingleInstance>(folder.path());
        QVERIFY(first->claim());
        const QSignalSpy raised(first.get(), &SingleInstance::raiseRequested);
        first->retire();
        QVERIFY(!asksTheFirst(folder.path()));
        QCOMPARE(raised.count(), 0);
        first.reset();
        SingleInstance second(folder.path());
        QVERIFY(second.claim());
    }

    void everyFolderHasItsOwn()
    {
        const QTemporaryDir one;
        const QTemporaryDir two;
        SingleInstance first(one.path());
        SingleInstance second(two.path());
        QVERIFY(first.claim());
        QVERIFY(second.claim());
    }

    void whereNothingCanBeWrittenEveryoneIsTheFirst()
    {
        SingleInstance first(QStringLiteral("/dev/null/settings"));
        QVERIFY(first.claim());
    }
};

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
