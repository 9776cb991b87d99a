#pragma once

#include <QtGlobal>

#include <chrono>

namespace conway::load {

using Clock = std::chrono::steady_clock;

/// What is told when its descriptor can be read or written.
class Pollable
{
public:
    virtual void onReady(bool readable, bool writable) = 0;

protected:
    ~Pollable() = default;
};

/// epoll(7), level-triggered: thousands of sockets, of which a call finds those with something to do.
class Poll
{
public:
    Poll();
    ~Poll();
    Q_DISABLE_COPY_MOVE(Poll)

    void add(int descriptor, Pollable *who, bool reads, bool writes);
    void change(int descriptor, Pollable *who, bool reads, bool writes);
    /// Before the descriptor is closed. What the current wait() found for it is still delivered: who goes must outlive
    /// that call.
    void remove(int descriptor);

    /// Waits for something to happen, until `deadline` at most, and tells all whom it concerns.
    void wait(Clock::time_point deadline);

private:
    const int m_descriptor;
};

} // namespace conway::load
