#include "app/TerminationSignals.h"

#include <qt_windows.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace conway {

namespace {

/// Windows ends the process when it has been told and returned, or after 5 s.
constexpr std::chrono::milliseconds kTimeToEnd{4'500};

constexpr UINT kLeave = WM_APP;

/// Windows tells of the end on threads that are not ours, so the receiver is guarded.
std::mutex mutex;
std::condition_variable receiverLeft;
TerminationSignals *receiver = nullptr;

/// False when nobody wants to know.
bool tell()
{
    const std::scoped_lock lock(mutex);
    if (receiver)
        QMetaObject::invokeMethod(receiver, &TerminationSignals::received, Qt::QueuedConnection);
    return receiver != nullptr;
}

/// Waits until main() has done what there is to do.
void waitForEnd()
{
    std::unique_lock lock(mutex);
    receiverLeft.wait_for(lock, kTimeToEnd, [] { return receiver == nullptr; });
}

BOOL WINAPI onConsoleEvent(DWORD event)
{
    if (!tell())
        return FALSE;
    if (event == CTRL_CLOSE_EVENT || event == CTRL_LOGOFF_EVENT || event == CTRL_SHUTDOWN_EVENT)
        waitForEnd();
    return TRUE;
}

LRESULT CALLBACK onMessage(HWND window, UINT message, WPARAM first, LPARAM second)
{
    if (message == WM_ENDSESSION && first != FALSE && tell())
        waitForEnd();
    if (message == WM_CLOSE) { // what taskkill and QProcess::terminate() send
        tell();
        return 0;
    }
    if (message == kLeave)
        PostQuitMessage(0);
    return DefWindowProcW(window, message, first, second);
}

/// A program with windows, as ours is even when it shows none, learns of log-off and shutdown by a message to its
/// windows alone, and is asked to end by another. So here is a window that is never shown, on a thread that may wait.
class SessionWatch
{
public:
    SessionWatch()
    {
        std::unique_lock lock(m_mutex);
        m_thread = std::thread([this] { run(); });
        m_isReady.wait(lock, [this] { return m_hasBegun; });
    }
    ~SessionWatch()
    {
        if (m_window != nullptr)
            PostMessageW(m_window, kLeave, 0, 0);
        m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(SessionWatch)

private:
    void run()
    {
        WNDCLASSW type{};
        type.lpfnWndProc = onMessage;
        type.hInstance = GetModuleHandleW(nullptr);
        type.lpszClassName = L"CyberMesh.Conway.SessionWatch";
        RegisterClassW(&type);
        {
            const std::scoped_lock lock(m_mutex);
            m_window = CreateWindowExW(0, type.lpszClassName, L"", WS_OVERLAPPED, 0, 0, 0, 0, nullptr, nullptr,
                                       type.hInstance, nullptr);
            m_hasBegun = true;
        }
        m_isReady.notify_one();
        if (m_window == nullptr)
            return; // no desktop, and so no log-off
        MSG message;
        while (GetMessageW(&message, nullptr, 0, 0) > 0)
            DispatchMessageW(&message);
        DestroyWindow(m_window);
    }

    std::mutex m_mutex;
    std::condition_variable m_isReady;
    bool m_hasBegun = false;
    HWND m_window = nullptr;
    std::thread m_thread;
};

std::unique_ptr<SessionWatch> sessionWatch;

} // namespace

TerminationSignals::TerminationSignals(QObject *parent)
    : QObject(parent)
{
    {
        const std::scoped_lock lock(mutex);
        receiver = this;
    }
    SetConsoleCtrlHandler(onConsoleEvent, TRUE);
    sessionWatch = std::make_unique<SessionWatch>();
}

TerminationSignals::~TerminationSignals()
{
    {
        const std::scoped_lock lock(mutex);
        receiver = nullptr;
    }
    receiverLeft.notify_all();
    SetConsoleCtrlHandler(onConsoleEvent, FALSE);
    sessionWatch.reset();
}

} // namespace conway

#include "moc_TerminationSignals.cpp"
