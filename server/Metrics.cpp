#include "server/Metrics.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

double seconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

class Exposition
{
public:
    void gauge(const QByteArray &name, const QByteArray &help, double value)
    {
        family(name, help, "gauge");
        sample(name, value);
    }
    void counter(const QByteArray &name, const QByteArray &help, double value)
    {
        family(name, help, "counter");
        sample(name, value);
    }
    void family(const QByteArray &name, const QByteArray &help, const QByteArray &type)
    {
        m_text += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }
    void sample(const QByteArray &nameAndLabels, double value)
    {
        m_text += nameAndLabels + ' ' + QByteArray::number(value, 'g', 15) + '\n';
    }
    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    QByteArray m_text;
};

} // namespace

QByteArray healthJson(const ServerReport &report)
{
    return QJsonDocument(QJsonObject{{u"status"_s, u"ok"_s},
                                     {u"version"_s, report.version},
                                     {u"instance"_s, report.instance},
                                     {u"uptime"_s, seconds(report.uptime)},
                                     {u"generation"_s, static_cast<qint64>(report.frame->generation)},
                                     {u"viewers"_s, static_cast<qint64>(report.viewers)}})
        .toJson(QJsonDocument::Compact);
}

QByteArray metricsText(const ServerReport &report)
{
    const ServerCounters &counters = report.counters;
    const auto number = [](auto value) { return static_cast<double>(value); };
    Exposition page;
    page.gauge("conway_uptime_seconds", "Time since the start.", seconds(report.uptime));
    page.gauge("conway_running", "1 while the universe runs.", report.state.running ? 1 : 0);
    page.gauge("conway_interval_seconds", "Wanted time from tick to tick.", report.state.intervalMs / 1000.0);
    page.gauge("conway_generation", "Generation of the universe.", number(report.frame->generation));
    page.gauge("conway_population", "Living cells.", number(report.frame->population));
    page.gauge("conway_viewers", "Connected viewers.", number(report.viewers));
    page.gauge("conway_connections", "Open connections, HTTP and viewers.", number(report.connections));
    page.counter("conway_ticks_total", "Ticks published.", number(counters.ticks));
    page.counter("conway_ticks_late_total", "Ticks more than " + QByteArray::number(kLateAfter.count()) + " ms late.",
                 number(counters.lateTicks));
    page.gauge("conway_tick_lateness_max_seconds", "Lateness of the latest tick so far.",
               seconds(counters.worstLateness));
    page.counter("conway_viewers_accepted_total", "Viewers that ever connected.", number(counters.viewersAccepted));
    page.counter("conway_messages_sent_total", "Messages to viewers.", number(counters.messagesSent));
    page.counter("conway_sent_bytes_total", "Bytes of those, framing included.", number(counters.bytesSent));
    page.gauge("conway_unsent_bytes", "What viewers have not taken yet, as if none of it was shared.",
               number(counters.unsentBytes));
    page.counter("conway_frames_received_total", "WebSocket frames from viewers.", number(counters.framesReceived));
    page.counter("conway_slow_viewer_snapshots_total", "Snapshots for viewers that had fallen behind.",
                 number(counters.snapshotsForSlowViewers));
    page.counter("conway_resyncs_total", "Snapshots that viewers asked for, out of sync.", number(counters.resyncs));
    page.family("conway_viewers_cut_total", "Viewers that the server dropped.", "counter");
    for (auto cut = counters.viewersCut.cbegin(); cut != counters.viewersCut.cend(); ++cut)
        page.sample("conway_viewers_cut_total{reason=\"" + cut.key() + "\"}", number(cut.value()));
    page.family("conway_limit_reached_total", "How often a limit was reached, by its name in docs/protocol.md.",
                "counter");
    const auto &limits = counters.limits.entries();
    for (auto limit = limits.cbegin(); limit != limits.cend(); ++limit)
        page.sample("conway_limit_reached_total{limit=\"" + QByteArrayView(toString(limit.key())) + "\"}",
                    number(limit.value().total));
    page.counter("conway_http_connections_total", "TCP connections accepted.", number(counters.httpConnections));
    page.family("conway_http_responses_total", "HTTP responses.", "counter");
    for (auto sent = counters.httpResponses.cbegin(); sent != counters.httpResponses.cend(); ++sent)
        page.sample("conway_http_responses_total{status=\"" + QByteArray::number(sent.key()) + "\"}",
                    number(sent.value()));
    page.gauge("process_resident_memory_bytes", "Memory of the process.", number(report.usage.residentBytes));
    page.counter("process_cpu_seconds_total", "CPU time of the process.", report.usage.cpuSeconds);
    return page.text();
}

} // namespace conway
