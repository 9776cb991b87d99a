#include "tests/bench/load/ServerLog.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

bool isTrouble(const QString &line)
{
    static const QRegularExpression quiet(u"^\\S+ (debug|info) "_s);
    return !line.isEmpty() && !quiet.match(line).hasMatch();
}

bool isExplained(const QString &line)
{
    static const std::array patterns{
        // The machine was busy, with the soak itself for example.
        QRegularExpression(u"tick \\d+ came [\\d.]+ ms late"_s),
        QRegularExpression(u"tick \\d+ took [\\d.]+ ms, exceeding its interval"_s),
        QRegularExpression(u"\\d+ such ticks since the last line"_s),
    };
    return std::any_of(patterns.begin(), patterns.end(),
                       [&line](const QRegularExpression &pattern) { return pattern.match(line).hasMatch(); });
}

} // namespace

QStringList unexplainedLines(const QString &logFile)
{
    QFile file(logFile);
    if (!file.open(QIODevice::ReadOnly))
        return {u"the server's log cannot be read: "_s + file.errorString()};
    QStringList lines;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine()).trimmed();
        if (isTrouble(line) && !isExplained(line))
            lines.append(line);
    }
    return lines;
}

} // namespace conway::load
