#include "tests/validate/Options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStandardPaths>
#include <QUrl>

namespace conway::validate {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 kDefaultPort = 8000;

// Named once, used in the parser and in its reading.
const auto kSeconds = u"seconds"_s;
const auto kViewers = u"viewers"_s;
const auto kBurst = u"burst"_s;
const auto kConnect = u"connect"_s;
const auto kServer = u"server"_s;
const auto kWindow = u"window"_s;
const auto kReportOnly = u"report-only"_s;
const auto kReport = u"report"_s;
const auto kHelp = u"help"_s;

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Starts CyberMesh Conway, connects real viewers, measures what they get, and says which limit was missed.\n"
        "Exit code: 0 all is well, 1 a limit was missed, 2 wrong arguments, 3 no server."_s);
    parser.addOptions({
        {kSeconds, u"How long the viewers watch, 1 to 86400 (30)."_s, u"N"_s, u"30"_s},
        {kViewers, u"How many viewers watch, 1 to 100 (5)."_s, u"N"_s, u"5"_s},
        {kBurst,
         u"How many viewers connect at once afterwards, 0 to 20000; 0 leaves it out (1000, with --connect 0: it would "
         "be felt by others)."_s,
         u"N"_s},
        {kConnect, u"Look at a running server instead of starting one."_s, u"HOST:PORT"_s},
        {kServer, u"The program to start (cybermesh-conway beside this one)."_s, u"PATH"_s},
        {kWindow, u"Start it with its window, which needs a display."_s},
        {kReportOnly,
         u"Print times and sizes without judging them, as on a busy machine; what is wrong still fails."_s},
        {kReport, u"Where the report goes (logs/phase_1b_validation.txt)."_s, u"FILE"_s,
         u"logs/phase_1b_validation.txt"_s},
        {{u"h"_s, kHelp}, u"Show this help."_s},
    });
}

Result<int> number(const QCommandLineParser &parser, const QString &option, int least, int most)
{
    const QString text = parser.value(option);
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    if (!isNumber || value < least || value > most)
        return Error{u"--%1 takes a number from %2 to %3, not \"%4\""_s.arg(option).arg(least).arg(most).arg(text)};
    return value;
}

Result<QUrl> address(const QString &text)
{
    const QUrl url(u"ws://" + text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.path().isEmpty() || url.hasQuery() || !url.userInfo().isEmpty())
        return Error{u"--connect takes HOST:PORT, such as 192.168.1.20:8000, not \"%1\""_s.arg(text)};
    return url;
}

} // namespace

Result<Options> Options::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(arguments))
        return Error{parser.errorText()};
    Options options;
    options.help = parser.isSet(kHelp);
    if (options.help)
        return options;
    if (!parser.positionalArguments().isEmpty())
        return Error{u"\"%1\" is not an option"_s.arg(parser.positionalArguments().constFirst())};

    const auto seconds = number(parser, kSeconds, 1, 86'400);
    if (!seconds)
        return seconds.error();
    const auto viewers = number(parser, kViewers, 1, 100);
    if (!viewers)
        return viewers.error();
    options.seconds = *seconds;
    options.viewers = *viewers;

    if (parser.isSet(kConnect)) {
        if (parser.isSet(kServer) || parser.isSet(kWindow))
            return Error{u"--connect looks at a running server; --server and --window are for starting one"_s};
        const auto url = address(parser.value(kConnect));
        if (!url)
            return url.error();
        options.connectHost = url->host();
        options.connectPort = static_cast<quint16>(url->port(kDefaultPort));
        options.burst = 0;
    }
    if (parser.isSet(kBurst)) {
        const auto burst = number(parser, kBurst, 0, 20'000);
        if (!burst)
            return burst.error();
        options.burst = *burst;
    }
    options.serverPath =
        parser.isSet(kServer)
            ? parser.value(kServer)
            : QStandardPaths::findExecutable(u"cybermesh-conway"_s, {QCoreApplication::applicationDirPath()});
    options.window = parser.isSet(kWindow);
    options.reportOnly = parser.isSet(kReportOnly);
    options.reportFile = parser.value(kReport);
    return options;
}

QString Options::helpText()
{
    QCommandLineParser parser;
    describe(parser);
    return parser.helpText();
}

} // namespace conway::validate
