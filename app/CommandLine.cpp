#include "app/CommandLine.h"

#include "core/CellGrid.h"
#include "core/ConwayEngine.h"
#include "core/UniverseSize.h"
#include "server/AccessPolicy.h"
#include "server/Limits.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

using Parsed = Result<Invocation>;

Result<int> parseNumber(const QString &option, const QString &text, int low, int high)
{
    bool ok = false;
    const int number = text.toInt(&ok);
    if (!ok || number < low || number > high)
        return Error{u"--%1 takes a whole number from %2 to %3, not \"%4\""_s.arg(option).arg(low).arg(high).arg(text)};
    return number;
}

constexpr qint64 kMebibyte = qint64{1} << 20U;
/// Of memory for the past: a tebibyte.
constexpr int kMostHistory = 1 << 20;

/// 65536 on each side.
constexpr qint64 kMostCells = qint64{CellGrid::kMaxSide} * CellGrid::kMaxSide;

Result<qint64> parseLargeNumber(const QString &option, const QString &text, qint64 low, qint64 high)
{
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    if (!ok || number < low || number > high)
        return Error{u"--%1 takes a whole number from %2 to %3, not \"%4\""_s.arg(option).arg(low).arg(high).arg(text)};
    return number;
}

Result<QSize> parseSize(const QString &text, qint64 maxCells)
{
    const QStringList sides = text.toLower().split(u'x');
    bool widthOk = false;
    bool heightOk = false;
    const int width = sides.constFirst().toInt(&widthOk);
    const int height = sides.constLast().toInt(&heightOk);
    if (sides.size() != 2 || !widthOk || !heightOk)
        return Error{u"--size takes WIDTHxHEIGHT, such as 8x8, not \"%1\""_s.arg(text)};
    if (const auto error = checkUniverseSize(width, height, maxCells))
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

/// Size and rule, which every universe has; and what they say together.
struct Space {
    std::optional<QSize> size;
    std::optional<BoundedRule> rule;
    qint64 maxCells = kDefaultMaxCells;
};

Result<Space> parseSpace(const QCommandLineParser &parser)
{
    Space space;
    if (parser.isSet(u"max-cells"_s)) {
        const auto number = parseLargeNumber(u"max-cells"_s, parser.value(u"max-cells"_s), 1, kMostCells);
        if (!number)
            return number.error();
        space.maxCells = *number;
    }
    if (parser.isSet(u"size"_s)) {
        const auto size = parseSize(parser.value(u"size"_s), space.maxCells);
        if (!size)
            return size.error();
        space.size = *size;
    }
    if (parser.isSet(u"rule"_s)) {
        const auto rule = BoundedRule::parse(parser.value(u"rule"_s), space.maxCells);
        if (!rule)
            return Error{u"--rule: "_s + rule.error().message};
        space.rule = *rule;
        if (const auto &bounds = rule->bounds;
            bounds && space.size && *space.size != QSize(bounds->width, bounds->height))
            return Error{u"--size %1 and --rule %2 name two sizes"_s.arg(parser.value(u"size"_s), rule->toString())};
    }
    return space;
}

/// The first of these that was said, or nothing.
QString firstSet(const QCommandLineParser &parser, const QStringList &options)
{
    const auto set =
        std::find_if(options.begin(), options.end(), [&](const QString &name) { return parser.isSet(name); });
    return set != options.end() ? *set : QString();
}

Result<int> parseInterval(const QString &text)
{
    if (text == u"0")
        return ConwayEngine::kTurbo;
    auto number = parseNumber(u"interval"_s, text, ConwayEngine::kMinInterval, ConwayEngine::kMaxInterval);
    if (!number)
        return Error{number.error().message + u"; or 0 for as fast as can be"};
    return number;
}

/// How much of things there may be. Nothing when all is well.
std::optional<Error> readPlaces(const QCommandLineParser &parser, Options &options)
{
    for (const auto &[option, value] :
         {std::pair(u"max-viewers"_s, &options.maxViewers), std::pair(u"max-per-address"_s, &options.maxPerAddress)}) {
        if (!parser.isSet(option))
            continue;
        const auto number = parseNumber(option, parser.value(option), 1, limits::kViewersMax);
        if (!number)
            return number.error();
        *value = *number;
    }
    if (parser.isSet(u"history"_s)) {
        const auto number = parseNumber(u"history"_s, parser.value(u"history"_s), 0, kMostHistory);
        if (!number)
            return number.error();
        options.historyBudget = *number * kMebibyte;
    }
    return {};
}

/// Who may connect, and who operate. Nothing when all is well.
std::optional<Error> readAccess(const QCommandLineParser &parser, Options &options)
{
    if (parser.isSet(u"lan"_s)) {
        const QString word = parser.value(u"lan"_s);
        options.lan = lanAccessFromString(word);
        if (!options.lan)
            return Error{u"--lan takes operate, watch or pin, not \"%1\""_s.arg(word)};
    }
    if (parser.isSet(u"pin"_s)) {
        options.pin = parser.value(u"pin"_s);
        if (!isPin(options.pin))
            return Error{u"--pin takes %1 to %2 digits, not \"%3\""_s.arg(limits::kPinDigitsMin)
                             .arg(limits::kPinDigitsMax)
                             .arg(options.pin)};
        if (options.lan.value_or(LanAccess::Pin) != LanAccess::Pin)
            return Error{u"--pin goes with --lan pin, not with --lan %1"_s.arg(toString(*options.lan))};
        options.lan = LanAccess::Pin;
    }
    const QStringList names = parser.values(u"name"_s);
    for (const QString &name : names) {
        if (AccessPolicy::normalisedName(name).isEmpty())
            return Error{u"--name takes a DNS name such as life.example.org, not \"%1\""_s.arg(name)};
        options.names.append(name);
    }
    const QStringList origins = parser.values(u"allow-origin"_s);
    for (const QString &origin : origins) {
        if (AccessPolicy::normalisedOrigin(origin).isEmpty())
            return Error{u"--allow-origin takes an origin such as http://localhost:5173, not \"%1\""_s.arg(origin)};
        options.allowedOrigins.append(origin);
    }
    return {};
}

Parsed parseBatch(const QCommandLineParser &parser, const Space &space)
{
    const QString idle = firstSet(parser, {u"headless"_s, u"bind"_s, u"port"_s, u"interval"_s, u"history"_s,
                                           u"stopped"_s, u"lan"_s, u"pin"_s, u"name"_s, u"allow-origin"_s,
                                           u"max-viewers"_s, u"max-per-address"_s, u"log-file"_s, u"minimized"_s});
    if (!idle.isEmpty())
        return Error{u"--%1 is for the window and the server, and --batch has neither"_s.arg(idle)};

    BatchOptions options;
    options.size = space.size;
    options.rule = space.rule;
    options.maxCells = space.maxCells;
    const auto generations =
        parseLargeNumber(u"batch"_s, parser.value(u"batch"_s), 0, std::numeric_limits<qint64>::max());
    if (!generations)
        return generations.error();
    options.generations = *generations;

    const QStringList files = parser.positionalArguments();
    if (files.size() > 1)
        return Error{u"--batch takes one file, not \"%1\" as well"_s.arg(files[1])};
    options.file = files.value(0);
    if (!files.isEmpty() && options.file.isEmpty())
        return Error{u"--batch: the name of the file is empty"_s};
    if (parser.isSet(u"soup"_s)) {
        const auto soup = Soup::parse(parser.value(u"soup"_s));
        if (!soup)
            return Error{u"--soup: "_s + soup.error().message};
        if (!files.isEmpty())
            return Error{u"--batch begins with a file or with a --soup, not with both"_s};
        options.soup = *soup;
    }
    options.output = parser.value(u"output"_s);
    if (parser.isSet(u"output"_s) && options.output.isEmpty())
        return Error{u"--output takes the name of a file"_s};
    return {options};
}

} // namespace

Parsed parseCommandLine(const QStringList &arguments)
{
    const QCommandLineOption headless(u"headless"_s, u"No window: only the server."_s);
    const QCommandLineOption bind(u"bind"_s, u"Listen on this address (0.0.0.0: on all)."_s, u"address"_s,
                                  u"0.0.0.0"_s);
    const QCommandLineOption port(u"port"_s, u"Listen on this port (0: any free one); 8000 unless set."_s, u"number"_s);
    const QCommandLineOption size(u"size"_s, u"Size of the universe in cells; 8x8 unless set."_s, u"WxH"_s);
    const QCommandLineOption rule(
        u"rule"_s, u"Rule of the universe, and its bounds perhaps, as in B3/S23:T30,20; B3/S23 unless set."_s,
        u"rule"_s);
    const QCommandLineOption maxCells(
        u"max-cells"_s,
        u"The largest universe in cells, up to %1; %2 unless set."_s.arg(kMostCells).arg(kDefaultMaxCells),
        u"number"_s);
    const QCommandLineOption batch(
        u"batch"_s,
        u"No window, no server: compute so many generations of FILE and print a line of JSON. The universe is as large "
        u"as "
        u"--size, --rule or the file say; else a torus with room for the pattern to grow, up to %1x%1."_s.arg(
            kRoomySide),
        u"generations"_s);
    const QCommandLineOption soup(
        u"soup"_s, u"With --batch: begin with a random universe, such as 35,1: density in percent, seed."_s,
        u"density,seed"_s);
    const QCommandLineOption output(
        u"output"_s, u"With --batch: write the last generation here, as RLE; as plaintext if it ends in .cells."_s,
        u"file"_s);
    const QCommandLineOption interval(
        u"interval"_s,
        u"Time from tick to tick in ms, %1 to %2, or 0 for as fast as can be; %3 unless set."_s
            .arg(ConwayEngine::kMinInterval)
            .arg(ConwayEngine::kMaxInterval)
            .arg(ConwayEngine::kDefaultInterval),
        u"ms"_s);
    const QCommandLineOption history(
        u"history"_s,
        u"Memory for the past that one can go back to, and as much again for what can be undone, in MiB; %1 unless set."_s
            .arg(History::kDefaultBudget / kMebibyte),
        u"MiB"_s);
    const QCommandLineOption stopped(u"stopped"_s, u"Do not start the universe."_s);
    const QCommandLineOption lan(
        u"lan"_s,
        u"What viewers on other machines may do: operate, only watch, or operate with a pin; operate unless set."_s,
        u"operate|watch|pin"_s);
    const QCommandLineOption pin(
        u"pin"_s,
        u"--lan pin, with this PIN of %1 to %2 digits; a random one unless set."_s.arg(limits::kPinDigitsMin)
            .arg(limits::kPinDigitsMax),
        u"digits"_s);
    const QCommandLineOption name(
        u"name"_s, u"Answer to this DNS name too, such as life.example.org. May be repeated."_s, u"name"_s);
    const QCommandLineOption allowOrigin(
        u"allow-origin"_s, u"Let pages of this origin connect, such as http://localhost:5173. May be repeated."_s,
        u"URL"_s);
    const QCommandLineOption maxViewers(
        u"max-viewers"_s, u"How many may watch at one time; %1 unless set."_s.arg(limits::kViewers), u"number"_s);
    const QCommandLineOption maxPerAddress(
        u"max-per-address"_s,
        u"How many connections one address may have; %1 unless set."_s.arg(limits::kConnectionsPerAddress),
        u"number"_s);
    const QCommandLineOption logFile(u"log-file"_s, u"Write the log here."_s, u"file"_s);
    const QCommandLineOption minimized(u"minimized"_s, u"Start with the window minimised."_s);
    const QCommandLineOption version(u"version"_s, u"Print the version and end."_s);
    const QCommandLineOption help({u"help"_s, u"h"_s}, u"Print this and end."_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(u"Conway's Game of Life for everybody on the network."_s);
    parser.addOptions({headless,  bind,  port, size,   rule,        maxCells,   interval,      history,
                       stopped,   lan,   pin,  name,   allowOrigin, maxViewers, maxPerAddress, logFile,
                       minimized, batch, soup, output, version,     help});
    parser.addPositionalArgument(u"FILE"_s, u"With --batch: a pattern as RLE, plaintext, Life 1.05 or Life 1.06."_s,
                                 u"[FILE]"_s);
    if (!parser.parse(arguments)) {
        // Qt's sentence ends with a full stop; ours goes on.
        QString text = parser.errorText();
        if (text.endsWith(u'.'))
            text.chop(1);
        return Error{text + u"; --help lists what is accepted"_s};
    }
    if (!parser.isSet(batch) && !parser.positionalArguments().isEmpty())
        return Error{
            u"\"%1\" is not an option; --help lists what is accepted"_s.arg(parser.positionalArguments().constFirst())};
    if (parser.isSet(help))
        return {Information{parser.helpText()}};
    if (parser.isSet(version))
        return {Information{u"cybermesh-conway "_s + QCoreApplication::applicationVersion() + u'\n'}};
    const auto space = parseSpace(parser);
    if (!space)
        return space.error();
    if (parser.isSet(batch))
        return parseBatch(parser, *space);
    if (const QString alone = firstSet(parser, {u"soup"_s, u"output"_s}); !alone.isEmpty())
        return Error{u"--%1 goes with --batch"_s.arg(alone)};

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
    if (const auto error = readPlaces(parser, options))
        return *error;
    if (parser.isSet(interval)) {
        const auto number = parseInterval(parser.value(interval));
        if (!number)
            return number.error();
        options.intervalMs = *number;
    }

    if (space->rule) {
        options.rule = space->rule->rule;
        if (const auto &bounds = space->rule->bounds) {
            if (bounds->topology == Topology::Plane)
                return Error{u"--rule: a plane is for --batch; the universe of window and server is a torus"_s};
            options.size = QSize(bounds->width, bounds->height);
        }
    }
    options.size = space->size.value_or(options.size);
    if (const auto error = checkUniverseSize(options.size.width(), options.size.height(), space->maxCells))
        return Error{u"--max-cells: "_s + error->message};

    if (const auto error = readAccess(parser, options))
        return *error;
    return {options};
}

} // namespace conway
