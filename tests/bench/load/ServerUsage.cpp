#include "tests/bench/load/ServerUsage.h"

#include <QFile>
#include <QList>

#include <unistd.h>

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A counter of /proc/net/netstat or snmp, where a line of names is followed by a line of numbers.
qint64 counter(const QByteArray &text, const QByteArray &group, const QByteArray &name)
{
    QList<QByteArray> names;
    for (const QByteArray &line : text.split('\n')) {
        if (!line.startsWith(group))
            continue;
        const QList<QByteArray> words = line.simplified().split(' ');
        if (names.isEmpty())
            names = words;
        else
            return words.value(names.indexOf(name)).toLongLong();
    }
    return 0;
}

} // namespace

std::optional<ServerUsage> ServerUsage::of(qint64 process)
{
    const QString folder = u"/proc/%1/"_s.arg(process);
    const QByteArray stat = contentOf(folder + u"stat"_s);
    // The second field is the name in brackets, and may hold anything; from the third on they are numbers.
    const QList<QByteArray> fields = stat.sliced(stat.lastIndexOf(')') + 1).simplified().split(' ');
    constexpr qsizetype kUserTime = 11;
    constexpr qsizetype kSystemTime = 12;
    const QList<QByteArray> pages = contentOf(folder + u"statm"_s).split(' ');
    if (fields.size() <= kSystemTime || pages.size() < 2)
        return std::nullopt;
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    const double user = fields[kUserTime].toDouble() / ticks;
    const double system = fields[kSystemTime].toDouble() / ticks;
    return ServerUsage{.cpuSeconds = user + system,
                       .systemSeconds = system,
                       .memoryBytes = pages[1].toLongLong() * sysconf(_SC_PAGESIZE)};
}

KernelDrops KernelDrops::now()
{
    const QByteArray netstat = contentOf(u"/proc/net/netstat"_s);
    return {.refused = counter(netstat, "TcpExt:", "ListenOverflows"),
            .retransmitted = counter(contentOf(u"/proc/net/snmp"_s), "Tcp:", "RetransSegs")};
}

} // namespace conway::load
