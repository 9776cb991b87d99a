#pragma once

#include "server/LoopTimers.h"

#include <QAbstractEventDispatcher>

#include <array>
#include <atomic>
#include <unordered_map>

namespace conway {

/// Qt's event loop on epoll(7): what a wake-up costs depends on the sockets that have something to say, not on those
/// that are open. Level-triggered, as Qt's sockets expect. For any thread but the main one (no signals of Unix, no
/// X11).
///
/// wakeUp() and interrupt() may be called from any thread, everything else from the loop's own.
class EpollLoop final : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    EpollLoop();
    ~EpollLoop() override;
    Q_DISABLE_COPY_MOVE(EpollLoop)

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    [[nodiscard]] QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;

    void wakeUp() override;
    void interrupt() override;

private:
    /// Who waits for a descriptor: by QSocketNotifier::Type.
    struct Watch {
        std::array<QSocketNotifier *, 3> notifiers{};
        quint32 serial = 0; ///< a descriptor's number comes again, and must not get what was meant for the one before
    };

    int apply(int operation, int descriptor, const Watch &watch) const;
    [[nodiscard]] int timeout(QEventLoop::ProcessEventsFlags flags) const;
    bool notifySockets(int milliseconds);
    bool waitForWakeUp(int milliseconds);
    void drainWakeUps();

    int m_epoll = -1;
    int m_wakeUp = -1;
    std::unordered_map<int, Watch> m_watches;
    quint32 m_serial = 0;
    LoopTimers m_timers;
    std::atomic<bool> m_isWoken = false;
    std::atomic<bool> m_isInterrupted = false;
};

} // namespace conway
