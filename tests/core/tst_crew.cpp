#include "core/Crew.h"

#include <QTest>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

using namespace conway;

/// Threads that do a piece of work together.
class TestCrew : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everybodyTakesPartWhenTheWorkLasts()
    {
        constexpr int kHelpers = 3;
        Crew crew(kHelpers);
        QCOMPARE(crew.size(), kHelpers + 1);
        std::map<int, std::thread::id> before;
        for (int piece = 0; piece < 200; ++piece) {
            std::mutex mutex;
            std::map<int, std::thread::id> present;
            std::atomic<int> arrived = 0;
            crew.run([&](int number) {
                {
                    const std::lock_guard lock(mutex);
                    present.emplace(number, std::this_thread::get_id());
                }
                ++arrived;
                while (arrived < kHelpers + 1) // nobody leaves before all have come
                    std::this_thread::yield();
            });
            QCOMPARE(present.size(), std::size_t{kHelpers + 1});
            QVERIFY(present.at(0) == std::this_thread::get_id());
            QCOMPARE(present.rbegin()->first, kHelpers);
            QVERIFY(before.empty() || present == before); // everybody keeps their number
            before = std::move(present);
        }
    }

    void runReturnsWhenAllHaveComeBack()
    {
        // Short pieces, for which most come too late; what they count must be there, and nobody may be in a piece that
        // is over.
        Crew crew(3);
        for (int piece = 0; piece < 20'000; ++piece) {
            std::atomic<int> next = 0;
            int done = 0; // not atomic: what each did is added when it leaves
            std::mutex mutex;
            crew.run([&](int) {
                int own = 0;
                while (next.fetch_add(1) < 16)
                    ++own;
                const std::lock_guard lock(mutex);
                done += own;
            });
            QCOMPARE(done, 16);
        }
    }

    void withoutHelpersTheCallerDoesAll()
    {
        Crew crew(0);
        int calls = 0;
        crew.run([&](int) { ++calls; });
        QCOMPARE(calls, 1);
    }

    void itMayEndWithoutWork() { Crew crew(2); }
};

QTEST_APPLESS_MAIN(TestCrew)
#include "tst_crew.moc"
