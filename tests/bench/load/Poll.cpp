#include "tests/bench/load/Poll.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>

namespace conway::load {

namespace {

epoll_event eventsFor(Pollable *who, bool reads, bool writes)
{
    epoll_event event{};
    event.events = (reads ? quint32{EPOLLIN} : 0U) | (writes ? quint32{EPOLLOUT} : 0U);
    event.data.ptr = who;
    return event;
}

} // namespace

Poll::Poll()
    : m_descriptor(epoll_create1(EPOLL_CLOEXEC))
{
    if (m_descriptor < 0)
        qFatal("epoll_create1 failed");
}

Poll::~Poll()
{
    close(m_descriptor);
}

void Poll::add(int descriptor, Pollable *who, bool reads, bool writes)
{
    epoll_event event = eventsFor(who, reads, writes);
    if (epoll_ctl(m_descriptor, EPOLL_CTL_ADD, descriptor, &event) != 0)
        qFatal("epoll_ctl failed");
}

void Poll::change(int descriptor, Pollable *who, bool reads, bool writes)
{
    epoll_event event = eventsFor(who, reads, writes);
    if (epoll_ctl(m_descriptor, EPOLL_CTL_MOD, descriptor, &event) != 0)
        qFatal("epoll_ctl failed");
}

void Poll::remove(int descriptor)
{
    epoll_ctl(m_descriptor, EPOLL_CTL_DEL, descriptor, nullptr);
}

void Poll::wait(Clock::time_point deadline)
{
    // Rounded up: a wait that ends before its time would be followed by others of no time at all.
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    const auto timeout = std::clamp<qint64>(left, 0, std::numeric_limits<int>::max());
    std::array<epoll_event, 1024> events{};
    const int count =
        epoll_wait(m_descriptor, events.data(), static_cast<int>(events.size()), static_cast<int>(timeout));
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events.at(static_cast<std::size_t>(i));
        const bool broken = (event.events & (quint32{EPOLLERR} | quint32{EPOLLHUP})) != 0;
        static_cast<Pollable *>(event.data.ptr)
            ->onReady(broken || (event.events & quint32{EPOLLIN}) != 0, (event.events & quint32{EPOLLOUT}) != 0);
    }
}

} // namespace conway::load
