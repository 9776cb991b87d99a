#include "core/Crew.h"

namespace conway {

Crew::Crew(int helpers)
    : m_helpers(helpers)
{
}

Crew::~Crew()
{
    m_work = nullptr;
    m_piece.fetch_add(1);
    m_piece.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void Crew::run(const std::function<void()> &work)
{
    while (static_cast<int>(m_threads.size()) < m_helpers)
        m_threads.emplace_back(&Crew::help, this, m_piece.load());
    m_work = &work;
    m_busy.store(m_helpers);
    m_piece.fetch_add(1);
    m_piece.notify_all();
    work();
    for (int busy = m_busy.load(); busy != 0; busy = m_busy.load())
        m_busy.wait(busy);
}

void Crew::help(int seen)
{
    for (;;) {
        m_piece.wait(seen); // run() returns only when all are back, so that no piece can be missed
        ++seen;
        if (m_work == nullptr)
            return;
        (*m_work)();
        if (m_busy.fetch_sub(1) == 1)
            m_busy.notify_one();
    }
}

} // namespace conway
