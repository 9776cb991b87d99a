// conway-load: thousands of viewers in one process, who check what they get.

#include "tests/bench/load/Load.h"

#include <QCoreApplication>
#include <QTextStream>

using namespace conway;
using namespace conway::load;
using namespace Qt::StringLiterals;

namespace {

enum ExitCode { kWell = 0, kFaulty = 1, kWrongArguments = 2, kNoServer = 3 };

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    QTextStream err(stderr);

    const auto options = LoadOptions::parse(QCoreApplication::arguments());
    if (!options) {
        err << u"conway-load: "_s << options.error().message << Qt::endl;
        return kWrongArguments;
    }
    if (options->help) {
        out << LoadOptions::helpText();
        return kWell;
    }

    Load load(*options);
    const auto figures = load.run();
    if (!figures) {
        err << u"conway-load: nothing to measure: "_s << figures.error().message << Qt::endl;
        return kNoServer;
    }
    out << figures->table();
    if (options->json)
        out << QString::fromUtf8(figures->json()) << u'\n';
    out.flush();
    for (const QString &fault : load.faults().first())
        err << u"  "_s << fault << Qt::endl;
    if (load.faults().count() > load.faults().first().size())
        err << u"  and %1 more"_s.arg(load.faults().count() - load.faults().first().size()) << Qt::endl;
    return load.faults().count() == 0 ? kWell : kFaulty;
}
