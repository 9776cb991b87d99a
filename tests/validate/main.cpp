// conway-validate: measures a running server against the limits of the brief and writes down what it found.

#include "tests/validate/Options.h"
#include "tests/validate/Validation.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>
#include <QTextStream>
#include <QThread>

using namespace conway;
using namespace conway::validate;
using namespace Qt::StringLiterals;

namespace {

enum ExitCode { kPassed = 0, kMissed = 1, kWrongArguments = 2, kNoServer = 3 };

QString heading(const Options &options)
{
    const QString server = options.startsServer()
                               ? options.window ? u"started with its window"_s : u"started headless"_s
                               : u"%1:%2"_s.arg(options.connectHost).arg(options.connectPort);
    return u"Phase 1B Network Validation\n"
           "===========================\n"
           "date    %1\n"
           "system  %2, %3, %4 CPUs\n"
           "Qt      %5\n"
           "server  %6\n"_s
               .arg(QDateTime::currentDateTimeUtc().toString(Qt::ISODate), QSysInfo::prettyProductName(),
                    QSysInfo::currentCpuArchitecture())
               .arg(QThread::idealThreadCount())
               .arg(QString::fromLatin1(qVersion()), server);
}

QString conclusion(const Report &report, bool reportOnly)
{
    if (report.isPassed())
        return reportOnly ? u"PASSED: nothing was wrong; times and sizes were not judged.\n"_s
                          : u"PASSED: every limit was kept.\n"_s;
    QString text = u"MISSED:\n"_s;
    for (const QString &miss : report.missed())
        text += u"  "_s + miss + u'\n';
    return text;
}

bool save(const QString &path, const QString &text)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text.toUtf8()) >= 0 && file.flush();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"conway-validate"_s);
    QTextStream out(stdout);
    QTextStream err(stderr);

    const auto options = Options::parse(QCoreApplication::arguments());
    if (!options) {
        err << u"conway-validate: "_s << options.error().message << Qt::endl;
        return kWrongArguments;
    }
    if (options->help) {
        out << Options::helpText();
        return kPassed;
    }

    Validation validation(*options, out);
    const auto report = validation.run();
    if (!report) {
        err << u"conway-validate: no server to validate: "_s << report.error().message << Qt::endl;
        return kNoServer;
    }

    const QString text = heading(*options) + u'\n' + report->table() + u'\n' + conclusion(*report, options->reportOnly);
    out << u'\n' << text;
    if (!save(options->reportFile, text)) {
        err << u"conway-validate: cannot write "_s << options->reportFile << Qt::endl;
        return kMissed;
    }
    out << u"report: "_s << options->reportFile << Qt::endl;
    return report->isPassed() ? kPassed : kMissed;
}
