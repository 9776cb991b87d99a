#include "server/ServerLoop.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QSocketNotifier>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <functional>
#include <memory>

using namespace conway;
using namespace std::chrono_literals;

namespace {

/// Two sockets that are each other's end.
struct Pair {
    Pair()
    {
        std::array<int, 2> both{};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, both.data()) == 0) {
            here = both[0];
            there = both[1];
        }
    }
    ~Pair()
    {
        closeHere();
        closeThere();
    }
    Q_DISABLE_COPY_MOVE(Pair)

    void closeHere() { closeOnce(here); }
    void closeThere() { closeOnce(there); }
    void say() const { QCOMPARE(write(there, "x", 1), 1); }
    void hear() const
    {
        char byte = 0;
        QCOMPARE(read(here, &byte, 1), 1);
    }

    int here = -1;
    int there = -1;

private:
    static void closeOnce(int &descriptor)
    {
        if (descriptor >= 0)
            close(descriptor);
        descriptor = -1;
    }
};

} // namespace

class TestEpollLoop : public QObject
{
    Q_OBJECT

    QThread m_thread;
    QObject *m_there = nullptr;
    std::atomic<bool> m_isDone = false;

    /// Runs it on the loop's thread, to its end. (Not by Qt::BlockingQueuedConnection: what Qt's semaphore orders,
    /// ThreadSanitizer does not see.)
    void inside(const std::function<void()> &work)
    {
        m_isDone = false;
        QMetaObject::invokeMethod(
            m_there,
            [this, work] {
                work();
                m_isDone = true;
                m_isDone.notify_one();
            },
            Qt::QueuedConnection);
        m_isDone.wait(false);
    }

    /// On the loop's thread: goes round until `isDone`, or for ten seconds.
    static bool goUntil(const std::function<bool()> &isDone)
    {
        QElapsedTimer clock;
        clock.start();
        QEventLoop loop;
        QTimer look;
        connect(&look, &QTimer::timeout, &loop, [&] {
            if (isDone() || clock.hasExpired(10'000))
                loop.quit();
        });
        look.start(1ms);
        if (!isDone())
            loop.exec();
        return isDone();
    }

private Q_SLOTS:
    void init()
    {
        m_thread.setEventDispatcher(newServerLoop());
        m_thread.start();
        m_there = new QObject;
        m_there->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_there, &QObject::deleteLater);
    }

    void cleanup()
    {
        m_thread.quit();
        QVERIFY(m_thread.wait(10'000));
    }

    void isWokenFromOtherThreads()
    {
        int calls = 0;
        for (int i = 0; i < 1'000; ++i)
            QMetaObject::invokeMethod(
                m_there, [&calls] { ++calls; }, Qt::QueuedConnection);
        inside([&calls] { QCOMPARE(calls, 1'000); });
    }

    void tellsWhoHasSomethingToSay()
    {
        inside([] {
            const Pair quiet;
            const Pair loud;
            QSocketNotifier first(quiet.here, QSocketNotifier::Read);
            QSocketNotifier second(loud.here, QSocketNotifier::Read);
            int wrong = 0;
            int heard = 0;
            connect(&first, &QSocketNotifier::activated, &first, [&wrong] { ++wrong; });
            connect(&second, &QSocketNotifier::activated, &second, [&] {
                loud.hear();
                ++heard;
            });
            loud.say();
            loud.say();
            QVERIFY(goUntil([&] { return heard == 2; }));
            QCOMPARE(wrong, 0);
        });
    }

    void oneDescriptorIsReadAndWritten()
    {
        inside([] {
            const Pair pair;
            QSocketNotifier reads(pair.here, QSocketNotifier::Read);
            QSocketNotifier writes(pair.here, QSocketNotifier::Write);
            int canRead = 0;
            int canWrite = 0;
            connect(&reads, &QSocketNotifier::activated, &reads, [&] {
                pair.hear();
                ++canRead;
            });
            connect(&writes, &QSocketNotifier::activated, &writes, [&] {
                ++canWrite;
                writes.setEnabled(false);
            });
            pair.say();
            QVERIFY(goUntil([&] { return canRead == 1 && canWrite == 1; }));
            pair.say(); // the other one is still there when one is gone
            QVERIFY(goUntil([&] { return canRead == 2; }));
            QCOMPARE(canWrite, 1);
            writes.setEnabled(true);
            QVERIFY(goUntil([&] { return canWrite == 2; }));
        });
    }

    void theEndOfTheOtherSideCanBeRead()
    {
        inside([] {
            Pair pair;
            QSocketNotifier reads(pair.here, QSocketNotifier::Read);
            bool ended = false;
            connect(&reads, &QSocketNotifier::activated, &reads, [&] {
                char byte = 0;
                ended = read(pair.here, &byte, 1) == 0;
                reads.setEnabled(false);
            });
            pair.closeThere();
            QVERIFY(goUntil([&] { return ended; }));
        });
    }

    void aNumberThatComesAgainDoesNotGetWhatWasForAnother()
    {
        inside([] {
            // Both are ready in the same round; whoever is told first closes the other's socket and opens one of the
            // same number.
            std::array<std::unique_ptr<Pair>, 2> pairs{std::make_unique<Pair>(), std::make_unique<Pair>()};
            std::array<std::unique_ptr<QSocketNotifier>, 2> notifiers;
            std::unique_ptr<QSocketNotifier> newcomer;
            Pair fresh;
            int told = 0;
            int wrong = 0;
            for (std::size_t i = 0; i < 2; ++i) {
                notifiers[i] = std::make_unique<QSocketNotifier>(pairs[i]->here, QSocketNotifier::Read);
                connect(notifiers[i].get(), &QSocketNotifier::activated, notifiers[i].get(), [&, i] {
                    pairs[i]->hear();
                    ++told;
                    const std::size_t other = 1 - i;
                    const int number = pairs[other]->here;
                    notifiers[other].reset();
                    pairs[other]->closeHere();
                    QCOMPARE(fcntl(fresh.here, F_DUPFD, number), number);
                    newcomer = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
                    connect(newcomer.get(), &QSocketNotifier::activated, newcomer.get(), [&wrong] { ++wrong; });
                });
                pairs[i]->say();
            }
            QVERIFY(goUntil([&] { return told == 1; }));
            QTimer::singleShot(0, [&told] { ++told; });
            QVERIFY(goUntil([&] { return told == 2; }));
            QCOMPARE(wrong, 0);
            const int number = static_cast<int>(newcomer->socket());
            newcomer.reset();
            close(number);
        });
    }

    void aNumberThatComesAgainIsWatchedThoughSomebodyStillWaitsForTheOneBefore()
    {
        inside([] {
            Pair pair;
            const Pair fresh;
            QSocketNotifier stale(pair.here, QSocketNotifier::Read);
            int wrong = 0;
            connect(&stale, &QSocketNotifier::activated, &stale, [&wrong] { ++wrong; });
            const int number = pair.here;
            pair.closeHere();
            QCOMPARE(fcntl(fresh.here, F_DUPFD, number), number);
            QSocketNotifier newcomer(number, QSocketNotifier::Write);
            QSocketNotifier reader(number, QSocketNotifier::Read);
            int canWrite = 0;
            int heard = 0;
            connect(&newcomer, &QSocketNotifier::activated, &newcomer, [&] {
                ++canWrite;
                newcomer.setEnabled(false);
            });
            connect(&reader, &QSocketNotifier::activated, &reader, [&] {
                fresh.hear();
                ++heard;
            });
            fresh.say();
            QVERIFY(goUntil([&] { return canWrite == 1 && heard == 1; }));
            stale.setEnabled(false); // is nobody's any more, and takes nothing from the others
            fresh.say();
            QVERIFY(goUntil([&] { return heard == 2; }));
            QCOMPARE(wrong, 0);
            reader.setEnabled(false);
            close(number);
        });
    }

    void timersComeInTheirOrder()
    {
        inside([] {
            QList<int> order;
            QTimer::singleShot(30ms, [&order] { order.append(3); });
            QTimer::singleShot(10ms, [&order] { order.append(1); });
            QTimer::singleShot(20ms, [&order] { order.append(2); });
            QVERIFY(goUntil([&] { return order.size() == 3; }));
            QCOMPARE(order, QList<int>({1, 2, 3}));
        });
    }

    void aTimerComesAgainUntilItIsStopped()
    {
        inside([] {
            QTimer timer;
            int rung = 0;
            connect(&timer, &QTimer::timeout, &timer, [&] {
                if (++rung == 5)
                    timer.stop();
            });
            timer.start(2ms);
            QVERIFY(timer.remainingTime() >= 0 && timer.remainingTime() <= 2);
            QVERIFY(goUntil([&] { return rung == 5; }));
            bool later = false;
            QTimer::singleShot(20ms, [&later] { later = true; });
            QVERIFY(goUntil([&] { return later; }));
            QCOMPARE(rung, 5);
            QCOMPARE(timer.remainingTime(), -1);
        });
    }

    void aTimerWithoutAnIntervalLeavesRoomForSockets()
    {
        inside([] {
            const Pair pair;
            QSocketNotifier reads(pair.here, QSocketNotifier::Read);
            QTimer always;
            int rung = 0;
            int heard = 0;
            connect(&always, &QTimer::timeout, &always, [&rung] { ++rung; });
            connect(&reads, &QSocketNotifier::activated, &reads, [&] {
                pair.hear();
                ++heard;
            });
            always.start(0ms);
            pair.say();
            QVERIFY(goUntil([&] { return heard == 1 && rung > 10; }));
        });
    }

    void aTimerIsNotCalledWithinItsOwnCall()
    {
        inside([] {
            QTimer timer;
            int depth = 0;
            int deepest = 0;
            int rung = 0;
            connect(&timer, &QTimer::timeout, &timer, [&] {
                deepest = std::max(deepest, ++depth);
                QEventLoop within;
                QTimer::singleShot(10ms, &within, &QEventLoop::quit);
                within.exec();
                --depth;
                ++rung;
            });
            timer.start(1ms);
            QVERIFY(goUntil([&] { return rung >= 2; }));
            QCOMPARE(deepest, 1);
        });
    }

    void whatIsToBeDeletedIsDeleted()
    {
        bool gone = false;
        inside([&gone] {
            auto *object = new QObject;
            connect(object, &QObject::destroyed, object, [&gone] { gone = true; });
            object->deleteLater();
        });
        inside([] {}); // a round later
        QVERIFY(gone);
    }
};

QTEST_GUILESS_MAIN(TestEpollLoop)
#include "tst_epollloop.moc"
