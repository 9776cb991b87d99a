#include "tests/validate/Validation.h"

#include "core/Rule.h"
#include "tests/validate/ConnectBurst.h"
#include "tests/validate/FileLimit.h"
#include "tests/validate/Limits.h"
#include "tests/validate/Waiting.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QTimer>

#include <algorithm>

namespace conway::validate {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kStarts = 5;      // of which the median counts: the first one finds cold caches
constexpr auto kPatience = 10s; // for what takes milliseconds when all is well
constexpr auto kPingInterval = 100ms;
constexpr int kProgressSeconds = 5;
constexpr int kGoingAway = 1001; // RFC 6455 §7.4.1: what a server closes with that ends

const auto kMs = u"ms"_s;

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

double secondsOf(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

} // namespace

Validation::Validation(const Options &options, QTextStream &out, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_out(out)
    , m_report(!options.reportOnly)
    , m_host(options.connectHost)
    , m_port(options.connectPort)
{
}

Validation::~Validation() = default;

Result<Report> Validation::run()
{
    if (m_options.startsServer()) {
        if (auto error = startServer())
            return *error;
    }
    if (auto error = connectObserver())
        return *error;
    if (auto error = connectOthers())
        return *error;

    watch();
    collect();
    judge(m_seen, m_options, m_report);
    compare(u"after the watch"_s);
    if (m_options.burst > 0 && !isLost()) {
        burst();
        compare(u"after the burst"_s);
    }
    if (isLost())
        reportLoss();
    else if (m_server)
        endServer();
    m_report.faultless(u"wrong messages"_s, m_faults);
    return m_report;
}

std::optional<Error> Validation::startServer()
{
    if (m_options.serverPath.isEmpty())
        return Error{u"there is no cybermesh-conway beside this program: build it, or name one with --server PATH"_s};
    Samples times;
    for (int i = 0; i < kStarts; ++i) {
        m_server = std::make_unique<ServerProcess>(m_options.serverPath, m_options.window);
        const auto started = m_server->start();
        if (!started)
            return started.error();
        m_port = started->port;
        times.add(started->acceptedMs);
    }
    m_host = u"127.0.0.1"_s;
    m_out << u"started %1 times, now on port %2"_s.arg(kStarts).arg(m_port) << Qt::endl;

    const auto name = u"start to first connection, median of %1"_s.arg(kStarts);
    const double median = times.quantile(0.5);
    if (m_options.window)
        m_report.note(name, Report::withUnit(median, kMs));
    else
        m_report.below(name, median, limits::kStartMs, kMs);
    m_report.note(u"start to first connection, longest"_s, Report::withUnit(times.max(), kMs));
    return std::nullopt;
}

std::optional<Error> Validation::connectObserver()
{
    m_metrics = std::make_unique<ServerMetrics>(endpoint(u"http"_s, u"/metrics"_s));
    join(u"viewer 1"_s);
    connect(&observer(), &ValidationViewer::greeted, this, [this](const QJsonObject &hello) { m_hello = hello; });
    connect(&observer(), &ValidationViewer::stateChanged, this, &Validation::onState);
    if (!waitUntil([this] { return observer().hasFullState() || isAnyoneLost(); }, kPatience) || isAnyoneLost())
        return unreachable(u"no full_state within 10 s"_s);
    observer().sayHello();
    if (!waitUntil([this] { return !m_hello.isEmpty() || isAnyoneLost(); }, kPatience) || isAnyoneLost())
        return unreachable(u"no answer to hello within 10 s"_s);

    m_intervalMs = m_hello.value(u"intervalMs").toInt();
    m_seen.intervalMs = m_intervalMs;
    m_seen.width = observer().copy().cells().width();
    m_seen.height = observer().copy().cells().height();
    m_seen.isLoopback = isLoopback(m_host);
    return std::nullopt;
}

std::optional<Error> Validation::connectOthers()
{
    const auto rule = Rule::parse(m_hello.value(u"rule").toString());
    if (!rule)
        return rule.error();
    for (int i = 1; i < m_options.viewers; ++i)
        join(u"viewer %1"_s.arg(i + 1));
    for (const auto &viewer : m_viewers)
        viewer->copy().setRule(*rule);
    const auto allServed = [this] {
        return std::all_of(m_viewers.begin(), m_viewers.end(),
                           [](const auto &viewer) { return viewer->hasFullState(); });
    };
    if (!waitUntil([&] { return allServed() || isAnyoneLost(); }, kPatience) || isAnyoneLost())
        return unreachable(u"not every viewer got its full_state within 10 s"_s);
    return std::nullopt;
}

void Validation::watch()
{
    m_out << u"%1 viewers watch %2 for %3 s"_s.arg(m_viewers.size())
                 .arg(endpoint(u"ws"_s, u"/ws"_s).toString())
                 .arg(m_options.seconds)
          << Qt::endl;
    for (const auto &viewer : m_viewers)
        viewer->timing().restart(std::chrono::milliseconds(m_intervalMs));
    const quint64 firstTick = observer().copy().tick();
    sampleServer();

    QTimer pinger;
    pinger.setTimerType(Qt::PreciseTimer);
    connect(&pinger, &QTimer::timeout, this, [this] { observer().ping(); });
    pinger.start(kPingInterval);
    observer().pingBare();
    ++m_seen.barePingsSent;

    QElapsedTimer timer;
    timer.start();
    for (int second = 1; second <= m_options.seconds && !isLost(); ++second) {
        const auto rest = std::chrono::seconds(second) - std::chrono::milliseconds(timer.elapsed());
        waitUntil([this] { return isLost(); }, std::max(rest, 0ms));
        sampleServer();
        if (second % kProgressSeconds == 0 || second == m_options.seconds)
            showProgress(second);
    }
    m_seen.seconds = secondsOf(timer);
    m_seen.ticks = observer().copy().tick() - firstTick;
    pinger.stop();
    waitUntil([this] { return observer().unansweredPings() == 0 || isLost(); }, kPatience);

    if (m_hello.value(u"running").toBool() && m_seen.foreignCommands == 0) {
        // All that fit, less the one that may be on its way when the watch ends.
        const auto due = static_cast<qint64>(m_seen.seconds * 1000) / std::max(m_intervalMs, 1) - 1;
        m_seen.ticksDue = static_cast<quint64>(std::max(due, qint64{1}));
    }
}

void Validation::collect()
{
    m_seen.viewers = static_cast<qsizetype>(m_viewers.size());
    for (const auto &viewer : m_viewers) {
        const auto &figures = viewer->figures();
        m_seen.messages += figures.messages;
        m_seen.bytes += figures.bytes;
        m_seen.deltaBytes.add(figures.deltaBytes);
        m_seen.roundTripMs.add(figures.roundTripMs);
        m_seen.pingsSent += figures.pingsSent;
        m_seen.barePongs += figures.barePongs;
        m_seen.latenessMs.add(viewer->timing().lateness());
        m_seen.recomputed += viewer->copy().recomputed();
        m_seen.conflated += viewer->copy().conflated();
    }
}

void Validation::compare(const QString &when)
{
    const QString name = u"copies equal to the server's, "_s + when;
    const auto expected = QString::number(m_viewers.size());
    if (isLost())
        return; // there is nothing to compare with: see reportLoss()
    // Who comes now gets the server's cells as they are; whoever watched must hold, or have held, the same at that
    // tick.
    ValidationViewer newcomer(u"newcomer "_s + when, m_faults);
    newcomer.open(endpoint(u"ws"_s, u"/ws"_s));
    const auto came = [&] { return newcomer.hasFullState() || newcomer.isLost(); };
    if (!waitUntil(came, kPatience) || !newcomer.hasFullState()) {
        m_report.fact(name, u"the newcomer got none"_s, expected, false);
        return;
    }
    const quint64 tick = newcomer.copy().tick();
    const CellGrid cells = newcomer.copy().cells();
    const auto arrived = [&] {
        return isLost() || std::all_of(m_viewers.begin(), m_viewers.end(), [&](const auto &viewer) {
                   return viewer->copy().heldAt(tick, cells).has_value();
               });
    };
    waitUntil(arrived, kPatience);
    const auto equal = std::count_if(m_viewers.begin(), m_viewers.end(), [&](const auto &viewer) {
        return viewer->copy().heldAt(tick, cells).value_or(false);
    });
    m_report.fact(name, QString::number(equal), expected, equal == static_cast<qptrdiff>(m_viewers.size()));
    newcomer.expectEnd();
}

void Validation::burst()
{
    constexpr int kOwnFiles = 100; // what this process holds besides
    const int wanted = m_options.burst;
    m_out << u"%1 viewers connect at once"_s.arg(wanted) << Qt::endl;
    if (const int allowed = raiseFileLimit(wanted + kOwnFiles); allowed < wanted + kOwnFiles)
        m_out << u"only %1 open files are allowed here: raise it with \"ulimit -n\""_s.arg(allowed) << Qt::endl;

    ConnectBurst burst(m_host, m_port, wanted);
    const auto outcome = burst.run(60s);
    m_report.fact(u"burst: viewers served"_s, QString::number(outcome.served), QString::number(wanted),
                  outcome.served == wanted);
    const auto name = u"burst: until %1 are served"_s.arg(wanted);
    // Promised is a second for a thousand; more of them are only reported.
    if (wanted <= limits::kBurstViewers)
        m_report.below(name, outcome.lastMs, limits::kBurstMs, kMs);
    else
        m_report.note(name, Report::withUnit(outcome.lastMs, kMs));
    m_report.note(u"burst: until half are served"_s, Report::withUnit(outcome.medianMs, kMs));
    if (!outcome.firstError.isEmpty())
        m_faults.add(u"burst: "_s + outcome.firstError);

    const qsizetype before = m_seen.memoryMiB.count();
    sampleServer();
    if (m_seen.memoryMiB.count() > before)
        m_report.note(u"burst: server memory"_s, Report::withUnit(m_seen.memoryMiB.last(), u"MB"_s));
}

void Validation::reportLoss()
{
    m_report.fact(u"server there until the end"_s, u"no"_s, u"yes"_s, false);
    const QString how = m_server ? m_server->obituary() : unreachable(u"no answer"_s).message;
    m_out << u"The server is gone: "_s << how << Qt::endl;
    m_faults.add(u"the server is gone: "_s + how);
}

void Validation::endServer()
{
#ifndef Q_OS_WIN // where a program without a window cannot be asked: it is ended with this object
    for (const auto &viewer : m_viewers)
        viewer->expectEnd();
    m_server->askToEnd();
    const auto allLost = [this] {
        return std::all_of(m_viewers.begin(), m_viewers.end(), [](const auto &viewer) { return viewer->isLost(); });
    };
    waitUntil(allLost, kPatience);
    const auto told = std::count_if(m_viewers.begin(), m_viewers.end(),
                                    [](const auto &viewer) { return viewer->closeCode() == kGoingAway; });
    m_report.fact(u"viewers closed with 1001 at the end"_s, QString::number(told), QString::number(m_viewers.size()),
                  told == static_cast<qptrdiff>(m_viewers.size()));
    const auto error = m_server->waitForEnd();
    m_report.fact(u"server ends when asked"_s, error ? u"no"_s : u"code 0"_s, u"code 0"_s, !error);
    if (error)
        m_faults.add(u"the server: "_s + error->message);
#endif
}

void Validation::onState(const QJsonObject &state)
{
    if (state.value(u"cause").toString() == u"edit")
        return; // changes cells, not the schedule
    ++m_seen.foreignCommands;
    m_intervalMs = state.value(u"intervalMs").toInt();
    for (const auto &viewer : m_viewers)
        viewer->timing().restart(std::chrono::milliseconds(m_intervalMs));
}

void Validation::sampleServer()
{
    constexpr double kMiB = 1024.0 * 1024.0;
    const auto numbers = m_metrics->fetch();
    if (!numbers) {
        if (!isLost())
            m_faults.add(u"/metrics: "_s + numbers.error().message);
        return;
    }
    const auto told = [&numbers](const QString &name) {
        const auto number = numbers->constFind(name);
        return number == numbers->constEnd() ? std::nullopt : std::optional(*number);
    };
    if (const auto bytes = told(u"process_resident_memory_bytes"_s))
        m_seen.memoryMiB.add(*bytes / kMiB);
    if (const auto seconds = told(u"process_cpu_seconds_total"_s)) {
        if (!m_cpuAtStart)
            m_cpuAtStart = *seconds;
        m_seen.cpuSeconds = *seconds - *m_cpuAtStart;
    }
    if (const auto seconds = told(u"conway_tick_lateness_max_seconds"_s))
        m_seen.ownLatenessMs = *seconds * 1000;
}

void Validation::showProgress(int second)
{
    const auto &figures = observer().figures();
    qint64 messages = 0;
    for (const auto &viewer : m_viewers)
        messages += viewer->figures().messages;
    m_out << u"%1 s  tick %2, %3 messages, ping %4 on average, ticks at most %5 late, %6 wrong"_s.arg(second, 5)
                 .arg(observer().copy().tick())
                 .arg(messages)
                 .arg(Report::withUnit(figures.roundTripMs.average(), kMs),
                      Report::withUnit(observer().timing().lateness().max(), kMs))
                 .arg(m_faults.count())
          << Qt::endl;
}

void Validation::join(const QString &name)
{
    m_viewers.push_back(std::make_unique<ValidationViewer>(name, m_faults));
    m_viewers.back()->open(endpoint(u"ws"_s, u"/ws"_s));
}

Error Validation::unreachable(const QString &what) const
{
    const auto lost =
        std::find_if(m_viewers.begin(), m_viewers.end(), [](const auto &viewer) { return viewer->isLost(); });
    return {u"%1: %2"_s.arg(endpoint(u"ws"_s, u"/ws"_s).toString(),
                            lost == m_viewers.end() ? what : (*lost)->lossReason())};
}

bool Validation::isAnyoneLost() const
{
    return std::any_of(m_viewers.begin(), m_viewers.end(), [](const auto &viewer) { return viewer->isLost(); });
}

bool Validation::isLost() const
{
    return m_server ? !m_server->isRunning() : m_viewers.front()->isLost();
}

QUrl Validation::endpoint(const QString &scheme, const QString &path) const
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(m_host);
    url.setPort(m_port);
    url.setPath(path);
    return url;
}

} // namespace conway::validate

#include "moc_Validation.cpp"
