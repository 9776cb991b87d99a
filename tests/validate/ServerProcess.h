#pragma once

#include "core/Result.h"

#include <QProcess>
#include <QString>
#include <QStringList>
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

    /// `arguments` follow its own, which choose address, port and log.
    ServerProcess(QString program, bool window, QStringList arguments = {});
    /// Ends it the hard way if it still runs.
    ~ServerProcess();
    Q_DISABLE_COPY_MOVE(ServerProcess)

    [[nodiscard]] Result<Started> start();

    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    /// While it runs.
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    /// Where its standard error goes, with every line of its log. Goes when this object does.
    [[nodiscard]] QString errorFile() const { return m_folder.filePath(QStringLiteral("stderr.txt")); }

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
    const QStringList m_arguments;
    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_output;
};

} // namespace conway::validate
