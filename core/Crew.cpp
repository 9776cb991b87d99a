#include "core/Crew.h"

#include <chrono>

namespace conway {

namespace {

/// As long as a universe that is worth a second thread takes to have its frame published and the next generation asked
/// for. A thread that sleeps takes longer than that to wake.
constexpr auto kAwake = std::chrono::microseconds(20);

/// Returns when `value` is no longer `old`, at once if it changes soon.
void awaitChange(const std::atomic<int> &value, int old)
{
    const auto sleepsAt = std::chrono::steady_clock::now() + kAwake;
    while (value == old) {
        if (std::chrono::steady_clock::now() < sleepsAt)
            std::this_thread::yield();
        else
            value.wait(old);
    }
}

} // namespace

Crew::Crew(int helpers)
    : m_helpers(helpers)
{
}

Crew::~Crew()
{
    m_ends = true;
    ++m_piece;
    m_piece.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void Crew::run(const std::function<void(int)> &work)
{
    while (static_cast<int>(m_threads.size()) < m_helpers)
        m_threads.emplace_back(&Crew::help, this, static_cast<int>(m_threads.size()) + 1, m_piece.load());
    m_work = &work;
    ++m_piece;
    m_piece.notify_all();
    work(0);
    // A helper counts itself before it looks at m_work; so it either finds nothing there, or is waited for.
    m_work = nullptr;
    for (int inside = m_inside; inside != 0; inside = m_inside)
        awaitChange(m_inside, inside);
}

void Crew::help(int number, int seen)
{
    for (;;) {
        awaitChange(m_piece, seen);
        seen = m_piece;
        if (m_ends)
            return;
        ++m_inside;
        if (const auto *work = m_work.load())
            (*work)(number);
        if (--m_inside == 0)
            m_inside.notify_all();
    }
}

} // namespace conway
