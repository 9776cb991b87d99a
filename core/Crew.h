#pragma once

#include <QtGlobal>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace conway {

/// Threads that do the same piece of work together, again and again, as the bands of a generation are done.
///
/// Between two pieces they soon sleep. They are started with the first one: a universe that is never large never has
/// them.
class Crew
{
public:
    /// So many threads besides the one that calls run().
    explicit Crew(int helpers);
    ~Crew();
    Q_DISABLE_COPY_MOVE(Crew)

    /// Calls work(0) here, and work(1), work(2)… on every other thread that is awake in time, and returns when all have
    /// come back from it. A thread has the same number in every piece of work. `work` takes its share from a common
    /// counter, say, and must not throw. On a busy machine this thread may do it
    /// all: nobody is waited for who has not begun.
    void run(const std::function<void(int)> &work);
    [[nodiscard]] int size() const { return m_helpers + 1; }

private:
    void help(int number, int seen);

    const int m_helpers;
    std::atomic<const std::function<void(int)> *> m_work = nullptr; ///< to begin with; null: too late
    std::atomic<int> m_piece = 0;                                   ///< counts up with each piece of work
    std::atomic<int> m_inside = 0;                                  ///< helpers that may have begun
    std::atomic<bool> m_ends = false;
    std::vector<std::thread> m_threads;
};

} // namespace conway
