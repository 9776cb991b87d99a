#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

#include <chrono>
#include <concepts>

namespace conway::validate {

/// Handles events until `done()` holds or the time is over; returns whether it holds. So that the phases of a
/// validation read from top to bottom.
template <std::predicate Done>
bool waitUntil(Done done, std::chrono::milliseconds atMost)
{
    const QDeadlineTimer deadline(atMost, Qt::PreciseTimer);
    QTimer alarm; // an event at the deadline, else the loop would sleep through it
    alarm.setSingleShot(true);
    alarm.setTimerType(Qt::PreciseTimer);
    alarm.start(atMost);
    while (!done()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

} // namespace conway::validate
