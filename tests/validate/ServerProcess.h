#pragma once

#include "core/Result.h"

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <optional>

namespace conway::validate {

/// A server of our own: on a free port of this machine, with settings and log in a folder that goes when it does. Its
/// calls wait and handle no events.
class ServerProcess
{
public:
    struct Started {
        quint16 port = 0;
        double listeningMs = 0; ///< from the spawn to its line "listening on …"
        double acceptedMs = 0;  ///< from the spawn to the first connection it took
    };

    ServerProcess(QString program, bool window);
    /// Ends it the hard way if it still runs.
    ~ServerProcess();
    Q_DISABLE_COPY_MOVE(ServerProcess)

    [[nodiscard]] Result<Started> start();

    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }

    /// Asks it to end (SIGTERM) without waiting. Windows knows no such request for a program without a window.
    void askToEnd() { m_process.terminate(); }

    /// Waits until it has ended. What went wrong with that, if anything: too slow, crashed, or a code other than 0.
    [[nodiscard]] std::optional<Error> waitForEnd();

    /// How it ended, with the last lines it wrote: for a person who wonders.
    [[nodiscard]] QString obituary();

private:
    [[nodiscard]] Result<quint16> waitForListening();
    [[nodiscard]] QString lastWords() const;

    const QString m_program;
    const bool m_window;
    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_output;
};

} // namespace conway::validate
