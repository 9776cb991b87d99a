#include "app/CommandLine.h"

#include "core/CellGrid.h"
#include "core/ConwayEngine.h"
#include "core/UniverseSize.h"
#include "server/AccessPolicy.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

using Parsed = Result<std::variant<Options, Information>>;

Result<int> parseNumber(const QString &option, const QString &text, int low, int high)
{
    bool ok = false;
    const int number = text.toInt(&ok);
    if (!ok || number < low || number > high)
        return Error{u"--%1 takes a whole number from %2 to %3, not \"%4\""_s.arg(option).arg(low).arg(high).arg(text)};
    return number;
}

Result<QSize> parseSize(const QString &text)
{
    const QStringList sides = text.toLower().split(u'x');
    bool widthOk = false;
    bool heightOk = false;
    const int width = sides.constFirst().toInt(&widthOk);
    const int height = sides.constLast().toInt(&heightOk);
    if (sides.size() != 2 || !widthOk || !heightOk)
        return Error{u"--size takes WIDTHxHEIGHT, such as 8x8, not \"%1\""_s.arg(text)};
    if (const auto error = checkUniverseSize(width, height))
        return Error{u"--size: "_s + error->message};
    return QSize(width, height);
}

Result<QHostAddress> parseBind(const QString &text)
{
    const QHostAddress address(text);
    if (address.isNull())
        return Error{
            u"--bind takes an IP address of this machine, such as 0.0.0.0 or 127.0.0.1, not \"%1\""_s.arg(text)};
    return address;
}

} // namespace

Parsed parseCommandLine(const QStringList &arguments)
{
    const QCommandLineOption headless(u"headless"_s, u"No window: only the server."_s);
    const QCommandLineOption bind(u"bind"_s, u"Listen on this address (0.0.0.0: on all)."_s, u"address"_s,
                                  u"0.0.0.0"_s);
    const QCommandLineOption port(u"port"_s, u"Listen on this port (0: any free one); 8000 unless set."_s, u"number"_s);
    const QCommandLineOption size(u"size"_s, u"Size of the universe in cells."_s, u"WxH"_s, u"8x8"_s);
    const QCommandLineOption rule(u"rule"_s, u"Rule of the universe."_s, u"rule"_s, u"B3/S23"_s);
    const QCommandLineOption interval(
        u"interval"_s,
        u"Time from tick to tick in ms, %1 to %2, or 0 for as fast as can be; %3 unless set."_s
            .arg(ConwayEngine::kMinInterval)
            .arg(ConwayEngine::kMaxInterval)
            .arg(ConwayEngine::kDefaultInterval),
        u"ms"_s);
    const QCommandLineOption stopped(u"stopped"_s, u"Do not start the universe."_s);
    const QCommandLineOption allowOrigin(
        u"allow-origin"_s, u"Let pages of this origin connect, such as http://localhost:5173. May be repeated."_s,
        u"URL"_s);
    const QCommandLineOption logFile(u"log-file"_s, u"Write the log here."_s, u"file"_s);
    const QCommandLineOption minimized(u"minimized"_s, u"Start with the window minimised."_s);
    const QCommandLineOption version(u"version"_s, u"Print the version and end."_s);
    const QCommandLineOption help({u"help"_s, u"h"_s}, u"Print this and end."_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(u"Conway's Game of Life for everybody on the network."_s);
    parser.addOptions(
        {headless, bind, port, size, rule, interval, stopped, allowOrigin, logFile, minimized, version, help});
    if (!parser.parse(arguments)) {
        // Qt's sentence ends with a full stop; ours goes on.
        QString text = parser.errorText();
        if (text.endsWith(u'.'))
            text.chop(1);
        return Error{text + u"; --help lists what is accepted"_s};
    }
    if (!parser.positionalArguments().isEmpty())
        return Error{
            u"\"%1\" is not an option; --help lists what is accepted"_s.arg(parser.positionalArguments().constFirst())};
    if (parser.isSet(help))
        return {Information{parser.helpText()}};
    if (parser.isSet(version))
        return {Information{u"cybermesh-conway "_s + QCoreApplication::applicationVersion() + u'\n'}};

    Options options;
    options.headless = parser.isSet(headless);
    options.minimized = parser.isSet(minimized);
    options.stopped = parser.isSet(stopped);
    options.logFile = parser.value(logFile);
    if (parser.isSet(logFile) && options.logFile.isEmpty())
        return Error{u"--log-file takes the name of a file"_s};

    const auto address = parseBind(parser.value(bind));
    if (!address)
        return address.error();
    options.bind = *address;

    if (parser.isSet(port)) {
        const auto number = parseNumber(u"port"_s, parser.value(port), 0, 0xffff);
        if (!number)
            return number.error();
        options.port = static_cast<quint16>(*number);
    }
    if (parser.isSet(interval)) {
        const auto number = parser.value(interval) == u"0"
                                ? Result<int>(ConwayEngine::kTurbo)
                                : parseNumber(u"interval"_s, parser.value(interval), ConwayEngine::kMinInterval,
                                              ConwayEngine::kMaxInterval);
        if (!number)
            return number.error();
        options.intervalMs = *number;
    }

    const auto cells = parseSize(parser.value(size));
    if (!cells)
        return cells.error();
    options.size = *cells;

    const auto parsedRule = Rule::parse(parser.value(rule));
    if (!parsedRule)
        return Error{u"--rule: "_s + parsedRule.error().message};
    options.rule = *parsedRule;

    const QStringList origins = parser.values(allowOrigin);
    for (const QString &origin : origins) {
        if (AccessPolicy::normalisedOrigin(origin).isEmpty())
            return Error{u"--allow-origin takes an origin such as http://localhost:5173, not \"%1\""_s.arg(origin)};
        options.allowedOrigins.append(origin);
    }
    return {options};
}

} // namespace conway
