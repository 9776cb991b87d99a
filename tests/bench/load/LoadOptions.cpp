#include "tests/bench/load/LoadOptions.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QHostAddress>
#include <QStandardPaths>

#include <utility>

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Opens thousands of viewers of CyberMesh Conway in one process, checks everything they get, and says what it "
        "cost the server. It starts one of its own, or looks at one that runs.\n"
        "Exit code: 0 all is well, 1 a gap, a wrong message or a lost viewer, 2 wrong arguments, 3 no server."_s);
    parser.addOptions({
        {u"connect"_s, u"Look at a running server: an IPv4 address."_s, u"ADDR:PORT"_s},
        {u"pid"_s, u"With --connect: the server's process, whose use is measured."_s, u"N"_s, u"0"_s},
        {u"server"_s, u"The program to start (cybermesh-conway beside this one), with the arguments after \"--\"."_s,
         u"PATH"_s},
        {u"viewers"_s, u"How many viewers, 1 to 100000 (1000)."_s, u"N"_s, u"1000"_s},
        {u"seconds"_s, u"How long they watch once all are there, 1 to 86400 (10)."_s, u"N"_s, u"10"_s},
        {u"protocol"_s, u"json or v2 (json)."_s, u"NAME"_s, u"json"_s},
        {u"verify"_s, u"v2: decode only so many viewers' frames, of the others only the headers; 0: all (0)."_s, u"N"_s,
         u"0"_s},
        {u"view"_s, u"v2: what each asks to see first, as the JSON of the command \"view\"."_s, u"JSON"_s},
        {u"rule"_s, u"JSON: the rule that every tick is recomputed with, on a torus; \"any\" for none (B3/S23)."_s,
         u"RULE"_s, u"B3/S23"_s},
        {u"slow"_s,
         u"In the second half so many viewers stop reading, at its end they go on (0). The figures are of that half. "
         u"On "
         "the way to each the kernel holds some 256 KiB, which a small universe never fills, and a run in which it "
         "holds all is in vain (exit code 1). So let much change: --say "
         "'{\"cmd\":\"random\",\"density\":0.35,\"seed\":1}' -- --size 128x128 --interval 100"_s,
         u"N"_s, u"0"_s},
        {u"churn"_s, u"So many viewers a second leave, and as many join (0)."_s, u"N"_s, u"0"_s},
        {u"pings"_s, u"So many viewers a second ask for a pong (10)."_s, u"N"_s, u"10"_s},
        {u"say"_s, u"A command that the first viewer sends once all are there. May be repeated."_s, u"TEXT"_s},
        {u"connect-only"_s, u"Only connect, for the memory of viewers of a universe that is stopped."_s},
        {u"json"_s, u"Print a line of JSON as well."_s},
        {{u"h"_s, u"help"_s}, u"Show this help."_s},
    });
    parser.addPositionalArgument(u"arguments"_s, u"Of the server that is started, after \"--\"."_s,
                                 u"[-- arguments...]"_s);
}

/// Reads numbers until one is wrong.
class Numbers
{
public:
    explicit Numbers(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    int read(const QString &option, int least, int most)
    {
        const QString text = m_parser.value(option);
        bool isNumber = false;
        const int value = text.toInt(&isNumber);
        if (!m_error && (!isNumber || value < least || value > most))
            m_error =
                Error{u"--%1 takes a number from %2 to %3, not \"%4\""_s.arg(option).arg(least).arg(most).arg(text)};
        return value;
    }

    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    const QCommandLineParser &m_parser;
    std::optional<Error> m_error;
};

std::optional<Error> readConnect(const QString &text, LoadOptions &options)
{
    const QHostAddress address(text.section(u':', 0, 0));
    bool isNumber = false;
    options.port = text.section(u':', 1).toUShort(&isNumber);
    options.address = address.toIPv4Address();
    if (!isNumber || options.port == 0 || options.address == 0)
        return Error{u"--connect takes an IPv4 address and a port, such as 127.0.0.1:8000, not \"%1\""_s.arg(text)};
    return std::nullopt;
}

} // namespace

Result<LoadOptions> LoadOptions::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(arguments))
        return Error{parser.errorText()};
    LoadOptions options;
    options.help = parser.isSet(u"help"_s);
    if (options.help)
        return options;

    constexpr int kDay = 86'400;
    constexpr int kMostViewers = 100'000;
    Numbers numbers(parser);
    options.process = numbers.read(u"pid"_s, 0, std::numeric_limits<int>::max());
    options.viewers = numbers.read(u"viewers"_s, 1, kMostViewers);
    options.seconds = numbers.read(u"seconds"_s, 1, kDay);
    options.verified = numbers.read(u"verify"_s, 0, kMostViewers);
    options.stalled = numbers.read(u"slow"_s, 0, kMostViewers);
    options.churn = numbers.read(u"churn"_s, 0, kMostViewers);
    options.pings = numbers.read(u"pings"_s, 0, kMostViewers);
    if (numbers.error())
        return *numbers.error();

    const QString protocol = parser.value(u"protocol"_s);
    if (protocol != u"json" && protocol != u"v2")
        return Error{u"--protocol takes json or v2, not \"%1\""_s.arg(protocol)};
    options.v2 = protocol == u"v2";
    options.view = parser.value(u"view"_s).toUtf8();
    if (const QString text = parser.value(u"rule"_s); text == u"any") {
        options.rule.reset();
    } else {
        const auto rule = Rule::parse(text);
        if (!rule)
            return rule.error();
        options.rule = *rule;
    }
    for (const QString &command : parser.values(u"say"_s))
        options.commands.append(command.toUtf8());
    options.connectOnly = parser.isSet(u"connect-only"_s);
    options.json = parser.isSet(u"json"_s);

    options.serverArguments = parser.positionalArguments();
    if (parser.isSet(u"connect"_s)) {
        if (parser.isSet(u"server"_s) || !options.serverArguments.isEmpty())
            return Error{u"--connect looks at a running server; --server and its arguments are for starting one"_s};
        if (const auto error = readConnect(parser.value(u"connect"_s), options))
            return *error;
    }
    options.serverPath =
        parser.isSet(u"server"_s)
            ? parser.value(u"server"_s)
            : QStandardPaths::findExecutable(u"cybermesh-conway"_s, {QCoreApplication::applicationDirPath()});
    return options;
}

QString LoadOptions::helpText()
{
    QCommandLineParser parser;
    describe(parser);
    return parser.helpText();
}

} // namespace conway::load
