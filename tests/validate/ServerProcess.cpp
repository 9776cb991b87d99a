#include "tests/validate/ServerProcess.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QTcpSocket>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace conway::validate {

using namespace Qt::StringLiterals;

namespace {

// Far beyond every limit: only to tell slow from stuck.
constexpr int kPatienceMs = 10'000;

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

} // namespace

ServerProcess::ServerProcess(QString program, bool window, QStringList arguments)
    : m_program(std::move(program))
    , m_window(window)
    , m_arguments(std::move(arguments))
{
}

ServerProcess::~ServerProcess()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(kPatienceMs);
    }
}

Result<ServerProcess::Started> ServerProcess::start()
{
    if (!m_folder.isValid())
        return Error{u"no temporary folder: "_s + m_folder.errorString()};

    // Its own settings: those of the person at this machine stay as they are, and a window of theirs does not answer.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CONFIG_HOME"_s, m_folder.path());
    m_process.setProcessEnvironment(environment);
    m_process.setStandardErrorFile(errorFile());

    QStringList arguments{u"--bind"_s, u"127.0.0.1"_s,  u"--port"_s,
                          u"0"_s,      u"--log-file"_s, m_folder.filePath(u"server.log"_s)};
    arguments += m_arguments;
    if (!m_window)
        arguments.prepend(u"--headless"_s);

    QElapsedTimer timer;
    timer.start();
    m_process.start(m_program, arguments, QIODevice::ReadOnly);
    if (!m_process.waitForStarted(kPatienceMs))
        return Error{u"%1 cannot be started: %2"_s.arg(m_program, m_process.errorString())};

    const auto port = waitForListening();
    if (!port)
        return port.error();
    Started started{.port = *port, .listeningMs = milliseconds(timer)};

    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), started.port);
    if (!socket.waitForConnected(kPatienceMs))
        return Error{u"it says it listens on port %1, but: %2"_s.arg(started.port).arg(socket.errorString())};
    started.acceptedMs = milliseconds(timer);
    socket.abort();
    return started;
}

Result<quint16> ServerProcess::waitForListening()
{
    const QDeadlineTimer deadline(kPatienceMs);
    while (!m_output.contains('\n')) {
        if (!m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
            if (m_process.state() == QProcess::NotRunning)
                return Error{obituary()};
            return Error{u"no line \"listening on …\" within %1 s.%2"_s.arg(kPatienceMs / 1000).arg(lastWords())};
        }
        m_output += m_process.readAllStandardOutput();
    }
    const QString line = QString::fromUtf8(m_output).section(u'\n', 0, 0);
    constexpr QStringView kPrefix = u"listening on ";
    const QUrl url(line.sliced(line.startsWith(kPrefix) ? kPrefix.size() : 0), QUrl::StrictMode);
    if (!line.startsWith(kPrefix) || url.port() <= 0)
        return Error{u"its first line is not \"listening on http://ADDR:PORT/\" but \"%1\""_s.arg(line)};
    return static_cast<quint16>(url.port());
}

std::optional<Error> ServerProcess::waitForEnd()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(kPatienceMs))
        return Error{u"it still runs %1 s after it was asked to end"_s.arg(kPatienceMs / 1000)};
    if (m_process.exitStatus() != QProcess::NormalExit || m_process.exitCode() != 0)
        return Error{obituary()};
    m_output += m_process.readAllStandardOutput();
    if (m_output.count('\n') != 1)
        return Error{u"it wrote %1 lines to its standard output instead of one"_s.arg(m_output.count('\n'))};
    return std::nullopt;
}

QString ServerProcess::obituary()
{
    const QString how = m_process.exitStatus() == QProcess::CrashExit
                            ? u"it crashed (%1)"_s.arg(m_process.errorString())
                            : u"it ended with code %1"_s.arg(m_process.exitCode());
    return how + u'.' + lastWords();
}

QString ServerProcess::lastWords() const
{
    QFile file(errorFile());
    if (!file.open(QIODevice::ReadOnly))
        return {};
    constexpr qsizetype kLines = 10;
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    if (lines.isEmpty())
        return {};
    lines = lines.sliced(std::max(qsizetype{0}, lines.size() - kLines));
    return u" The last it said:\n    "_s + lines.join(u"\n    "_s);
}

} // namespace conway::validate
