#include "app/LogFile.h"

#include "app/ErrorStream.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <cstdio>
#include <filesystem>
#include <mutex>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr qint64 kRotateAt = 1024 * 1024;
constexpr int kKept = 2;

class RotatingFile
{
public:
    [[nodiscard]] bool open(const QString &path)
    {
        m_file.close();
        m_file.setFileName(path);
        return m_file.open(QIODevice::WriteOnly | QIODevice::Append);
    }

    [[nodiscard]] QString errorString() const { return m_file.errorString(); }

    void write(const QByteArray &line)
    {
        if (!m_file.isOpen())
            return;
        if (m_file.size() + line.size() > kRotateAt)
            rotate();
        m_file.write(line);
        m_file.flush();
    }

private:
    void rotate()
    {
        const QString path = m_file.fileName();
        m_file.close();
        const auto numbered = [&](int n) { return n == 0 ? path : path + u'.' + QString::number(n); };
        QFile::remove(numbered(kKept));
        for (int n = kKept; n > 0; --n)
            QFile::rename(numbered(n - 1), numbered(n));
        // Where renaming is forbidden the file is begun anew: it must not grow without end.
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            std::fputs("the log file cannot be opened again; logging to stderr alone\n", stderr);
    }

    QFile m_file;
};

/// The message handler is a plain function called from every thread, so what it needs is global and locked.
struct Log {
    std::mutex mutex;
    RotatingFile file;
};

Log &theLog()
{
    // Never destroyed: other threads and static destructors may log to the end.
    static auto *const log = new Log;
    return *log;
}

thread_local bool holdsLog = false;

/// The log, while this object lives, for this thread alone.
class LogHold
{
public:
    LogHold()
        : m_lock(theLog().mutex)
    {
        holdsLog = true;
    }
    ~LogHold() { holdsLog = false; }
    Q_DISABLE_COPY_MOVE(LogHold)

    Log *operator->() const { return &theLog(); }

private:
    const std::scoped_lock<std::mutex> m_lock;
};

QLatin1StringView levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug"_L1;
    case QtInfoMsg:
        return "info"_L1;
    case QtWarningMsg:
        return "warning"_L1;
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return "error"_L1;
}

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QString category = QString::fromLatin1(context.category ? context.category : "default");
    QByteArray line = QString(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs) + u' ' + levelName(type) +
                              u' ' + category + u": "_s)
                          .toUtf8();
    // One event, one line: what a stranger sent must not forge another.
    line += message.toUtf8().replace('\n', ' ').replace('\r', ' ') + '\n';

    // Qt itself may warn while the file is opened or written; that must not wait for the lock that its own thread
    // holds.
    if (holdsLog) {
        writeToErrorStream(line);
        return;
    }
    const LogHold log;
    writeToErrorStream(line);
    log->file.write(line);
}

QString defaultPath(const QString &portableFolder)
{
    const QString place = !portableFolder.isEmpty()
                              ? portableFolder
                              : QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    return place + u"/logs/cybermesh-conway.log"_s;
}

} // namespace

Result<QString> installLog(const QString &path, const QString &portableFolder)
{
    const QString file = !path.isEmpty() ? path : defaultPath(portableFolder);
    const bool hasFolder = QDir().mkpath(QFileInfo(file).absolutePath());
    // With the file or without: the lines have one form.
    qInstallMessageHandler(handleMessage);
    QString trouble;
    {
        const LogHold log;
        std::error_code unknown;
        if (!hasFolder)
            trouble = u"cannot create its folder"_s;
        else if (std::filesystem::is_fifo(QFileInfo(file).filesystemFilePath(), unknown))
            trouble = u"it is a pipe, which nobody may be reading"_s;
        else if (!log->file.open(file))
            trouble = log->file.errorString();
    }
    if (!trouble.isEmpty())
        return Error{u"no log file %1: %2"_s.arg(file, trouble)};
    return file;
}

} // namespace conway
