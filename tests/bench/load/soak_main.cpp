// conway-soak: minutes of viewers who come, go and command at random, and a look at what is left of it.

#include "tests/bench/load/Soak.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStandardPaths>
#include <QTextStream>

using namespace conway;
using namespace conway::load;
using namespace Qt::StringLiterals;

namespace {

enum ExitCode { kWell = 0, kFaulty = 1, kWrongArguments = 2, kNoServer = 3 };

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(u"Starts CyberMesh Conway, lets viewers come, go and command at random, and then "
                                     u"compares what each of them sees "
                                     "with what the engine has.\n"
                                     "Exit code: 0 all is well, 1 it is not, 2 wrong arguments, 3 no server."_s);
    parser.addOptions({
        {u"seconds"_s, u"How long, 1 to 86400 (600)."_s, u"N"_s, u"600"_s},
        {u"viewers"_s, u"How many viewers at a time, 2 to 4000 (500)."_s, u"N"_s, u"500"_s},
        {u"side"_s, u"The largest side of a universe, 16 to 4096 (64). Over 256 there are no JSON viewers."_s, u"N"_s,
         u"64"_s},
        {u"commands"_s, u"Commands a second, 1 to 1000 (10)."_s, u"N"_s, u"10"_s},
        {u"churn"_s, u"Viewers a second that leave, and as many that join, 0 to 1000 (20)."_s, u"N"_s, u"20"_s},
        {u"seed"_s, u"Of the commands (1)."_s, u"N"_s, u"1"_s},
        {u"server"_s,
         u"The program to start (cybermesh-conway beside this one), with the arguments after \"--\". It gets --history "
         u"0, "
         "since memory for the past would look like a leak."_s,
         u"PATH"_s},
        {u"json"_s, u"Print a line of JSON as well."_s},
        {{u"h"_s, u"help"_s}, u"Show this help."_s},
    });
    parser.addPositionalArgument(u"arguments"_s, u"Of the server, after \"--\"."_s, u"[-- arguments...]"_s);
}

/// Reads a number; false if it is none of that range.
template <typename Number>
bool read(const QCommandLineParser &parser, const QString &option, int least, int most, Number &number)
{
    bool isNumber = false;
    const int value = parser.value(option).toInt(&isNumber);
    number = static_cast<Number>(value);
    return isNumber && value >= least && value <= most;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    QTextStream err(stderr);
    QCommandLineParser parser;
    describe(parser);
    SoakOptions options;
    constexpr int kDay = 86'400;
    constexpr int kThousand = 1000;
    const bool isRight = parser.parse(QCoreApplication::arguments()) &&
                         read(parser, u"seconds"_s, 1, kDay, options.seconds) &&
                         read(parser, u"viewers"_s, 2, 4 * kThousand, options.viewers) &&
                         read(parser, u"side"_s, RandomCommands::kLeastSide, 4096, options.mostSide) &&
                         read(parser, u"commands"_s, 1, kThousand, options.commands) &&
                         read(parser, u"churn"_s, 0, kThousand, options.churn) &&
                         read(parser, u"seed"_s, 0, std::numeric_limits<int>::max(), options.seed);
    if (!isRight || parser.isSet(u"help"_s)) {
        (isRight ? out : err) << parser.errorText() << u'\n' << parser.helpText();
        return isRight ? kWell : kWrongArguments;
    }
    options.serverArguments = parser.positionalArguments();
    options.serverPath =
        parser.isSet(u"server"_s)
            ? parser.value(u"server"_s)
            : QStandardPaths::findExecutable(u"cybermesh-conway"_s, {QCoreApplication::applicationDirPath()});

    Soak soak(options);
    const auto figures = soak.run();
    if (!figures) {
        err << u"conway-soak: nothing to soak: "_s << figures.error().message << Qt::endl;
        return kNoServer;
    }
    out << figures->table();
    if (parser.isSet(u"json"_s))
        out << QString::fromUtf8(figures->json()) << u'\n';
    out.flush();
    for (const QString &fault : soak.faults().first())
        err << u"  "_s << fault << Qt::endl;
    return soak.faults().count() == 0 ? kWell : kFaulty;
}
