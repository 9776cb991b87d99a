#include "server/ProcessUsage.h"

#include <sys/resource.h>
#include <unistd.h>

#ifdef Q_OS_MACOS
#include <mach/mach.h>
#else
#include <QFile>
#endif

namespace conway {

namespace {

double seconds(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

qint64 residentBytes()
{
#ifdef Q_OS_MACOS
    mach_task_basic_info info{};
    mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
    // The API is C: a task_info_t is an array of words that the flavour gives its shape.
    if (task_info(mach_task_self(), MACH_TASK_BASIC_INFO, reinterpret_cast<task_info_t>(&info), &count) != KERN_SUCCESS)
        return 0;
    return static_cast<qint64>(info.resident_size);
#else
    // proc(5): size, then resident set, in pages.
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toLongLong() * sysconf(_SC_PAGESIZE) : 0;
#endif
}

} // namespace

ProcessUsage processUsage()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return {residentBytes(), seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

} // namespace conway
