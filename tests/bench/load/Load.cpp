#include "tests/bench/load/Load.h"

#include "tests/bench/load/JsonJudge.h"
#include "tests/bench/load/V2Judge.h"
#include "tests/validate/FileLimit.h"

#include <QHostAddress>

#include <algorithm>
#include <thread>

namespace conway::load {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 30s; // for what takes a second when all is well
constexpr auto kLook = 50ms;    // how often the server's memory is looked at
/// Whoever waits for a message is woken by its sender, whose processor time that takes: a tenth of what it
/// takes to send it. On a network that is somebody else's time. So while the server is measured this process is asleep
/// for a moment after each look, in which what comes wakes nobody; when it came is known from the kernel.
constexpr auto kNap = 2ms;
constexpr double kMicroseconds = 1e6;
constexpr double kKiB = 1024;
constexpr double kMiB = 1024 * 1024;
constexpr double kMedian = 0.5;
constexpr double kNearlyAll = 0.99;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

} // namespace

Load::Load(const LoadOptions &options)
    : m_options(options)
    , m_address(options.address)
    , m_port(options.port)
    , m_process(options.process)
{
}

Load::~Load() = default;

Result<Figures> Load::run()
{
    constexpr int kOtherFiles = 64;
    const int files = validate::raiseFileLimit(m_options.viewers + kOtherFiles);
    if (files < m_options.viewers + kOtherFiles)
        return Error{
            u"%1 viewers need more open files than the %2 this process may have"_s.arg(m_options.viewers).arg(files)};
    if (m_options.startsServer()) {
        if (const auto error = startServer())
            return *error;
    }
    m_dropsBefore = KernelDrops::now();
    makeCrowd();
    if (const auto error = connectAll())
        return *error;
    if (m_options.stalled > 0)
        watchWithStalled();
    else
        watch();
    end();
    return m_figures;
}

std::optional<Error> Load::startServer()
{
    m_server = std::make_unique<validate::ServerProcess>(m_options.serverPath, false, m_options.serverArguments);
    const auto started = m_server->start();
    if (!started)
        return started.error();
    m_address = QHostAddress(QHostAddress::LocalHost).toIPv4Address();
    m_port = started->port;
    m_process = m_server->processId();
    return std::nullopt;
}

void Load::makeCrowd()
{
    const QByteArray host = QHostAddress(m_address).toString().toLatin1() + ':' + QByteArray::number(m_port);
    if (!m_options.v2) {
        m_crowd = std::make_unique<Crowd>(m_poll, Target{m_address, m_port, Handshake(host, {})},
                                          std::make_unique<JsonJudge>(m_options.rule));
        return;
    }
    m_crowd = std::make_unique<Crowd>(m_poll, Target{m_address, m_port, Handshake(host, "conway.v2")},
                                      std::make_unique<V2Judge>());
    m_crowd->setFirstWords(m_options.view);
    if (m_options.verified > 0)
        m_crowd->judgeOthers(m_options.verified, std::make_unique<V2HeadJudge>());
}

std::optional<Error> Load::connectAll()
{
    const qint64 memoryBefore = usage().memoryBytes;
    const auto start = Clock::now();
    m_crowd->join(m_options.viewers);
    runUntil(start + kPatience, [this] { return m_crowd->isSettled(); });
    const double connectMs = millisecondsSince(start);
    const int served = m_crowd->served();
    m_figures.add(u"viewers"_s, u"viewers"_s, m_options.viewers);
    m_figures.add(u"served"_s, u"served"_s, served);
    m_figures.add(u"connectMs"_s, u"all connected and served in"_s, connectMs, u"ms"_s);
    if (served < m_options.viewers)
        m_crowd->tally().faults.add(u"%1 viewers were not served"_s.arg(m_options.viewers - served));
    if (served == 0)
        return Error{m_crowd->tally().faults.first().join(u"; ")};

    runUntil(Clock::now() + 500ms); // what is left of the rush
    if (m_process != 0) {
        const qint64 memory = usage().memoryBytes;
        m_figures.add(u"memoryBefore"_s, u"server memory before"_s, static_cast<double>(memoryBefore) / kMiB, u"MiB"_s);
        m_figures.add(u"memoryConnected"_s, u"server memory with them"_s, static_cast<double>(memory) / kMiB, u"MiB"_s);
        m_figures.add(u"memoryPerViewer"_s, u"server memory a viewer"_s,
                      static_cast<double>(memory - memoryBefore) / kKiB / served, u"KiB"_s);
    }
    for (const QByteArray &command : m_options.commands)
        m_crowd->viewers().front()->say(command);
    if (!m_options.commands.isEmpty())
        runUntil(Clock::now() + 500ms);
    return std::nullopt;
}

void Load::watch()
{
    const Watched watched = watchFor(std::chrono::seconds(m_options.seconds));
    catchUp();
    reportWatched(watched);
    reportTally(watched.seen);
}

void Load::watchWithStalled()
{
    m_figures.add(u"stalled"_s, u"viewers that stop reading"_s, m_options.stalled);
    // Two parts of the time for each half, and before them one for the storm of the beginning, which is neither's.
    const auto part = std::chrono::milliseconds(m_options.seconds * 200);
    reportTally(watchFor(part).seen);
    const Watched calm = watchFor(2 * part);

    const qint64 memoryBefore = usage().memoryBytes;
    m_mostMemory = memoryBefore;
    m_crowd->stall(m_options.stalled);
    const Watched slow = watchFor(2 * part);
    const qint64 mostMemory = m_mostMemory;
    m_crowd->goOn();
    catchUp();

    reportWatched(slow);
    const validate::Samples without = calm.seen.spread.samples();
    reportSpread(u"spreadWithout"_s, u"spread of a tick before they stopped"_s, without);
    if (without.quantile(kNearlyAll) > 0)
        m_figures.add(u"spreadRatio"_s, u"p99 of the others, in times of all reading"_s,
                      slow.seen.spread.samples().quantile(kNearlyAll) / without.quantile(kNearlyAll));
    if (m_process != 0)
        m_figures.add(u"memoryPerStalled"_s, u"most server memory a stalled viewer"_s,
                      static_cast<double>(mostMemory - memoryBefore) / kKiB / m_options.stalled, u"KiB"_s);
    reportTally(calm.seen);
    reportTally(slow.seen);
    reportTally(m_crowd->takeTally());
    m_figures.add(u"skipped"_s, u"of them, did not get all there was"_s, static_cast<double>(m_skipped));
    if (m_skipped == 0)
        m_faults.add(
            u"all that the stalled viewers were sent fitted the kernel's buffers, so nothing was measured: this "
            "takes a larger universe (see --help)"_s);
}

Load::Watched Load::watchFor(std::chrono::milliseconds time)
{
    reportTally(m_crowd->takeTally());
    m_crowd->setChurn(m_options.churn);
    m_crowd->setPings(m_options.connectOnly ? 0 : m_options.pings);
    m_naps = true;
    const ServerUsage before = usage();
    const auto start = Clock::now();
    runUntil(start + time);
    const double seconds = millisecondsSince(start) / 1000;
    const ServerUsage after = usage();
    m_naps = false;
    return {m_crowd->takeTally(),
            seconds,
            {after.cpuSeconds - before.cpuSeconds, after.systemSeconds - before.systemSeconds, after.memoryBytes}};
}

void Load::catchUp()
{
    // The newest tick anybody has must come to everybody: a viewer who gets nothing would have no gaps either.
    quint64 newest = 0;
    for (const auto &viewer : m_crowd->viewers()) {
        if (viewer->isServed())
            newest = std::max(newest, viewer->copy()->moment());
    }
    const auto lacks = [newest](const auto &viewer) {
        return !viewer->isGone() && (!viewer->isServed() || viewer->copy()->moment() < newest);
    };
    const auto &viewers = m_crowd->viewers();
    m_crowd->setChurn(0);
    m_crowd->setPings(0);
    if (!runUntil(Clock::now() + kPatience, [&] { return std::none_of(viewers.begin(), viewers.end(), lacks); }))
        m_faults.add(
            u"%1 viewers never got the newest tick"_s.arg(std::count_if(viewers.begin(), viewers.end(), lacks)));
}

void Load::end()
{
    reportTally(m_crowd->takeTally());
    const KernelDrops drops = KernelDrops::now();
    m_figures.add(u"gaps"_s, u"gaps"_s, static_cast<double>(m_gaps));
    m_figures.add(u"wrong"_s, u"wrong messages"_s, static_cast<double>(m_wrong));
    m_figures.add(u"lost"_s, u"viewers that the server cut off"_s, static_cast<double>(m_lost));
    m_figures.add(u"kernelRefused"_s, u"kernel: connections without room"_s,
                  static_cast<double>(drops.refused - m_dropsBefore.refused));
    m_figures.add(u"kernelRetransmitted"_s, u"kernel: segments sent again"_s,
                  static_cast<double>(drops.retransmitted - m_dropsBefore.retransmitted));
    m_crowd->leaveAll();
    if (m_process != 0) {
        runUntil(Clock::now() + 1s); // the server has to notice
        m_figures.add(u"memoryAfter"_s, u"server memory after they left"_s,
                      static_cast<double>(usage().memoryBytes) / kMiB, u"MiB"_s);
    }
    if (m_server) {
        m_server->askToEnd();
        if (const auto error = m_server->waitForEnd())
            m_faults.add(u"the server: "_s + error->message);
    }
}

bool Load::runUntil(Clock::time_point deadline, const std::function<bool()> &done)
{
    auto look = Clock::now();
    while (true) {
        const auto now = Clock::now();
        const auto next = m_crowd->work(now);
        if (done && done())
            return true;
        if (now >= deadline)
            return false;
        if (now >= look && m_process != 0) {
            m_mostMemory = std::max(m_mostMemory, usage().memoryBytes);
            look = now + kLook;
        }
        m_poll.wait(std::min({deadline, next, now + kLook}));
        if (m_naps)
            std::this_thread::sleep_for(kNap);
    }
}

void Load::reportWatched(const Watched &watched)
{
    const Tally &seen = watched.seen;
    m_figures.add(u"seconds"_s, u"watched for"_s, watched.seconds, u"s"_s);
    m_figures.add(u"messages"_s, u"messages"_s, static_cast<double>(seen.messages));
    if (seen.ticks > 0) {
        m_figures.add(u"bytesPerTick"_s, u"bytes a viewer and tick"_s,
                      static_cast<double>(seen.tickBytes) / static_cast<double>(seen.ticks), u"B"_s);
        m_figures.add(u"bytesOfNewestTick"_s, u"bytes of the newest"_s, static_cast<double>(seen.newestTickBytes),
                      u"B"_s);
        reportSpread(u"spread"_s, u"spread of a tick over the viewers"_s, seen.spread.samples());
    }
    m_figures.add(u"conflated"_s, u"deltas over several ticks"_s, static_cast<double>(seen.conflated));
    if (!seen.pongs.isEmpty())
        reportSpread(u"roundTrip"_s, u"round trip of a ping"_s, seen.pongs);
    if (m_process == 0)
        return;
    const double cpu = watched.used.cpuSeconds;
    m_figures.add(u"cpuShare"_s, u"server CPU, of one core"_s, 100 * cpu / watched.seconds, u"%"_s);
    if (seen.messages > 0)
        m_figures.add(u"cpuPerMessage"_s, u"server CPU a message"_s,
                      cpu * kMicroseconds / static_cast<double>(seen.messages), u"µs"_s);
    if (cpu > 0)
        m_figures.add(u"kernelShare"_s, u"of that, in the kernel"_s, 100 * watched.used.systemSeconds / cpu, u"%"_s);
}

void Load::reportTally(const Tally &tally)
{
    m_gaps += tally.gaps;
    m_wrong += tally.wrong;
    m_lost += tally.lost;
    m_skipped += tally.skipped;
    m_faults.add(tally.faults);
}

void Load::reportSpread(const QString &key, const QString &label, const validate::Samples &samples)
{
    m_figures.add(key + u"P50"_s, label + u", p50"_s, samples.quantile(kMedian), u"ms"_s);
    m_figures.add(key + u"P99"_s, label + u", p99"_s, samples.quantile(kNearlyAll), u"ms"_s);
    m_figures.add(key + u"Max"_s, label + u", most"_s, samples.max(), u"ms"_s);
}

ServerUsage Load::usage() const
{
    return ServerUsage::of(m_process).value_or(ServerUsage{});
}

} // namespace conway::load
