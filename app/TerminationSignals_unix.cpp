#include "app/TerminationSignals.h"

#include <QSocketNotifier>

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace conway {

namespace {

/// A signal handler may call next to nothing, but write() it may: each signal puts a byte into this pipe, and the event
/// loop reads it. (The way described in Qt's "Calling Qt Functions From Unix Signal Handlers".)
int pipeEnds[2] = {-1, -1};

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

void onSignal(int)
{
    const char byte = 1;
    // A full pipe holds enough bytes already.
    static_cast<void>(!write(pipeEnds[1], &byte, 1));
}

} // namespace

TerminationSignals::TerminationSignals(QObject *parent)
    : QObject(parent)
{
    if (pipe(pipeEnds) != 0)
        return; // out of descriptors: the signals then end the process as they would have anyway
    for (const int end : pipeEnds) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char bytes[16];
        while (read(pipeEnds[0], bytes, sizeof bytes) > 0) {
        }
        Q_EMIT received();
    });

    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int signal : kSignals) {
        struct sigaction before = {};
        // What is ignored stays so: nohup means it.
        if (sigaction(signal, nullptr, &before) != 0 || before.sa_handler != SIG_IGN)
            sigaction(signal, &action, nullptr);
    }
}

TerminationSignals::~TerminationSignals()
{
    for (const int signal : kSignals) {
        struct sigaction now = {};
        if (sigaction(signal, nullptr, &now) == 0 && now.sa_handler == onSignal)
            std::signal(signal, SIG_DFL);
    }
    for (int &end : pipeEnds) {
        close(end);
        end = -1;
    }
}

} // namespace conway

#include "moc_TerminationSignals.cpp"
