#include "server/EpollLoop.h"

#include "server/Logging.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

namespace conway {

namespace {

constexpr int kForever = -1;
/// What stands in epoll_event::data for the descriptor that wakes the loop up; serials begin at 1.
constexpr quint64 kWakeUp = 0;

/// What each type of notifier waits for. An end or an error is everybody's, as with Qt's own loop.
constexpr std::array<quint32, 3> kInterest{EPOLLIN, EPOLLOUT, EPOLLPRI};
constexpr quint32 kEnds = EPOLLHUP | EPOLLERR;

quint64 key(int descriptor, quint32 serial)
{
    return quint64{serial} << 32U | static_cast<quint32>(descriptor);
}

} // namespace

EpollLoop::EpollLoop()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wakeUp(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = kWakeUp;
    if (m_epoll < 0 || m_wakeUp < 0 || epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeUp, &event) != 0)
        qFatal("No event loop for the server: %s", std::strerror(errno)); // as Qt's own says and does
}

EpollLoop::~EpollLoop()
{
    close(m_wakeUp);
    close(m_epoll);
}

bool EpollLoop::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_isInterrupted = false;
    Q_EMIT awake();
    // Whatever is posted from here on wakes the loop up, so nothing need be looked at twice.
    QCoreApplication::sendPostedEvents();
    if (m_isInterrupted)
        return false;

    const int milliseconds = timeout(flags);
    if (milliseconds != 0)
        Q_EMIT aboutToBlock();
    bool any =
        flags.testFlag(QEventLoop::ExcludeSocketNotifiers) ? waitForWakeUp(milliseconds) : notifySockets(milliseconds);
    if (!flags.testFlag(QEventLoop::X11ExcludeTimers))
        any = m_timers.fire() || any;
    return any;
}

int EpollLoop::timeout(QEventLoop::ProcessEventsFlags flags) const
{
    if (!flags.testFlag(QEventLoop::WaitForMoreEvents))
        return 0;
    const auto next = flags.testFlag(QEventLoop::X11ExcludeTimers) ? std::nullopt : m_timers.untilNext();
    return next ? static_cast<int>(std::min<qint64>(next->count(), std::numeric_limits<int>::max())) : kForever;
}

/// Waits, and tells the notifiers whose sockets have something to say.
bool EpollLoop::notifySockets(int milliseconds)
{
    std::array<epoll_event, 256> events; // NOLINT(cppcoreguidelines-pro-type-member-init): the first `count` are set
    const int count = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), milliseconds);
    Q_EMIT awake();
    bool any = false;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<std::size_t>(i)];
        if (event.data.u64 == kWakeUp) {
            drainWakeUps();
            any = true;
            continue;
        }
        for (std::size_t type = 0; type < kInterest.size(); ++type) {
            if ((event.events & (kInterest[type] | kEnds)) == 0)
                continue;
            // Looked up each time, as each may end the others.
            const auto found = m_watches.find(static_cast<int>(static_cast<quint32>(event.data.u64)));
            if (found == m_watches.end() || key(found->first, found->second.serial) != event.data.u64)
                break;
            if (QSocketNotifier *notifier = found->second.notifiers[type]) {
                QEvent activation(QEvent::SockAct);
                QCoreApplication::sendEvent(notifier, &activation);
                any = true;
            }
        }
    }
    return any;
}

bool EpollLoop::waitForWakeUp(int milliseconds)
{
    pollfd only{m_wakeUp, POLLIN, 0};
    const bool isWoken = poll(&only, 1, milliseconds) > 0;
    Q_EMIT awake();
    if (isWoken)
        drainWakeUps();
    return isWoken;
}

void EpollLoop::drainWakeUps()
{
    eventfd_t count = 0;
    eventfd_read(m_wakeUp, &count);
    m_isWoken = false; // after reading: a call in between finds the loop awake, and its event is sent in the next round
}

void EpollLoop::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = static_cast<int>(notifier->socket());
    const auto type = static_cast<std::size_t>(notifier->type());
    const auto [place, isNew] = m_watches.try_emplace(descriptor);
    Watch &watch = place->second;
    watch.notifiers.at(type) = notifier;
    int error = isNew ? ENOENT : apply(EPOLL_CTL_MOD, descriptor, watch);
    if (error == ENOENT) {
        // Whoever waited for that number waited for a descriptor that was closed meanwhile: this is another one.
        watch = {};
        watch.notifiers.at(type) = notifier;
        watch.serial = ++m_serial == 0 ? ++m_serial : m_serial;
        error = apply(EPOLL_CTL_ADD, descriptor, watch);
    }
    if (error != 0) {
        qCWarning(lcServer).noquote() << "a socket cannot be watched:" << std::strerror(error);
        unregisterSocketNotifier(notifier); // nothing will come
    }
}

void EpollLoop::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = static_cast<int>(notifier->socket());
    const auto found = m_watches.find(descriptor);
    if (found == m_watches.end())
        return;
    QSocketNotifier *&place = found->second.notifiers.at(static_cast<std::size_t>(notifier->type()));
    if (place != notifier)
        return;
    place = nullptr;
    if (std::ranges::any_of(found->second.notifiers, [](const QSocketNotifier *other) { return other != nullptr; })) {
        // Fails when it is closed, and whoever else waits for it learns that by asking it.
        apply(EPOLL_CTL_MOD, descriptor, found->second);
        return;
    }
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr); // fails when it is closed, and then it is out already
    m_watches.erase(found);
}

/// Tells the kernel what a descriptor is watched for. 0, or why that failed.
int EpollLoop::apply(int operation, int descriptor, const Watch &watch) const
{
    epoll_event event{};
    event.data.u64 = key(descriptor, watch.serial);
    for (std::size_t type = 0; type < kInterest.size(); ++type) {
        if (watch.notifiers[type] != nullptr)
            event.events |= kInterest[type];
    }
    return epoll_ctl(m_epoll, operation, descriptor, &event) == 0 ? 0 : errno;
}

void EpollLoop::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    m_timers.add(id, std::chrono::milliseconds(interval), type, object);
}

bool EpollLoop::unregisterTimer(int id)
{
    return m_timers.remove(id);
}

bool EpollLoop::unregisterTimers(QObject *object)
{
    return m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollLoop::registeredTimers(QObject *object) const
{
    return m_timers.of(object);
}

int EpollLoop::remainingTime(int id)
{
    const auto remaining = m_timers.remaining(id);
    return remaining ? static_cast<int>(remaining->count()) : -1;
}

void EpollLoop::wakeUp()
{
    if (!m_isWoken.exchange(true))
        eventfd_write(m_wakeUp, 1);
}

void EpollLoop::interrupt()
{
    m_isInterrupted = true;
    wakeUp();
}

} // namespace conway

#include "moc_EpollLoop.cpp"
