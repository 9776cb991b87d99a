#include "app/TerminationSignals.h"

#include <qt_windows.h>

#include <mutex>

namespace conway {

namespace {

/// The handler runs on a thread of its own that Windows starts, so the receiver is guarded.
std::mutex receiverMutex;
TerminationSignals *receiver = nullptr;

/// After the console is closed or the user logs off, Windows ends the process when the handler returns, or after 5 s.
constexpr DWORD kTimeToEnd = 4'500;

BOOL WINAPI onConsoleEvent(DWORD event)
{
    {
        const std::scoped_lock lock(receiverMutex);
        if (!receiver)
            return FALSE;
        QMetaObject::invokeMethod(receiver, &TerminationSignals::received, Qt::QueuedConnection);
    }
    if (event == CTRL_CLOSE_EVENT || event == CTRL_LOGOFF_EVENT || event == CTRL_SHUTDOWN_EVENT)
        Sleep(kTimeToEnd); // the process ends meanwhile, by leaving main()
    return TRUE;
}

} // namespace

TerminationSignals::TerminationSignals(QObject *parent)
    : QObject(parent)
{
    const std::scoped_lock lock(receiverMutex);
    receiver = this;
    SetConsoleCtrlHandler(onConsoleEvent, TRUE);
}

TerminationSignals::~TerminationSignals()
{
    SetConsoleCtrlHandler(onConsoleEvent, FALSE);
    const std::scoped_lock lock(receiverMutex);
    receiver = nullptr;
}

} // namespace conway

#include "moc_TerminationSignals.cpp"
