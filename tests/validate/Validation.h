#pragma once

#include "core/Result.h"
#include "tests/validate/Faults.h"
#include "tests/validate/Observations.h"
#include "tests/validate/Options.h"
#include "tests/validate/Report.h"
#include "tests/validate/ServerMetrics.h"
#include "tests/validate/ServerProcess.h"
#include "tests/validate/ValidationViewer.h"

#include <QJsonObject>
#include <QObject>
#include <QTextStream>

#include <memory>
#include <optional>
#include <vector>

namespace conway::validate {

/// One validation from start to end: start a server, watch it with real viewers, compare what they hold with what it
/// holds, let many more come at once, end it.
class Validation : public QObject
{
    Q_OBJECT

public:
    /// Progress is written to `out`, which must outlive this.
    Validation(const Options &options, QTextStream &out, QObject *parent = nullptr);
    ~Validation() override;

    /// The error: no server could be started or reached. What one did wrong afterwards is in the report.
    [[nodiscard]] Result<Report> run();

private:
    // The phases, in their order.
    [[nodiscard]] std::optional<Error> startServer();
    [[nodiscard]] std::optional<Error> connectObserver();
    [[nodiscard]] std::optional<Error> connectOthers();
    void watch();
    void compare(const QString &when);
    void burst();
    void reportLoss();
    void endServer();

    void onState(const QJsonObject &state);
    void sampleServer();
    void showProgress(int second);
    void collect();
    void join(const QString &name);
    [[nodiscard]] Error unreachable(const QString &what) const;
    [[nodiscard]] bool isAnyoneLost() const;
    [[nodiscard]] bool isLost() const;
    [[nodiscard]] QUrl endpoint(const QString &scheme, const QString &path) const;
    [[nodiscard]] ValidationViewer &observer() { return *m_viewers.front(); }

    const Options m_options;
    QTextStream &m_out;
    Report m_report;
    Faults m_faults;

    std::unique_ptr<ServerProcess> m_server; ///< none with --connect
    QString m_host;
    quint16 m_port = 0;
    std::vector<std::unique_ptr<ValidationViewer>> m_viewers; ///< the first one says hello and pings
    std::unique_ptr<ServerMetrics> m_metrics;

    QJsonObject m_hello;
    int m_intervalMs = 0;
    Observations m_seen;
    std::optional<double> m_cpuAtStart;
};

} // namespace conway::validate
