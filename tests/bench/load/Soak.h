#pragma once

#include "core/CellGrid.h"
#include "core/Result.h"
#include "tests/bench/load/Crowd.h"
#include "tests/bench/load/Figures.h"
#include "tests/bench/load/MemoryTrend.h"
#include "tests/bench/load/RandomCommands.h"
#include "tests/validate/ServerProcess.h"

#include <QMap>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace conway::load {

/// What the command line of conway-soak asks for.
struct SoakOptions {
    QString serverPath;
    QStringList serverArguments;
    int seconds = 600;
    int viewers = 500;    ///< half of each stream; all of v2 where the universe may outgrow JSON
    int mostSide = 64;    ///< of the universes that are loaded and resized
    double commands = 10; ///< a second
    double churn = 20;    ///< viewers a second
    quint32 seed = 1;
};

/// A server, viewers who come and go, and all of them saying whatever comes to their mind. At the end everybody's cells
/// must be the engine's, memory must have settled, and the log must hold nothing unexplained.
class Soak
{
public:
    explicit Soak(const SoakOptions &options);
    ~Soak();

    /// The error says why there was nothing to soak.
    [[nodiscard]] Result<Figures> run();

    [[nodiscard]] const validate::Faults &faults() const { return m_faults; }

private:
    [[nodiscard]] std::optional<Error> start();
    void addCrowd(bool isV2, int viewers);
    void soak();
    void saySomething();
    void comeToRest();
    void compare();
    void endServer();
    void report();

    void onEvent(QByteArrayView text);
    bool runUntil(Clock::time_point deadline, const std::function<bool()> &done = {});
    [[nodiscard]] Viewer *anyone(const Crowd &crowd);
    /// How many viewers see something else than those cells.
    [[nodiscard]] int astray(const CellGrid &cells) const;

    const SoakOptions m_options;
    RandomCommands m_words;
    QRandomGenerator m_random;
    validate::ServerProcess m_server;
    quint16 m_port = 0;
    Poll m_poll;
    std::unique_ptr<Crowd> m_json; ///< null where universes are too large for it
    std::unique_ptr<Crowd> m_v2;
    std::vector<Crowd *> m_crowds;
    MemoryTrend m_memory;
    qint64 m_said = 0;
    QMap<QString, int> m_refusals; ///< errors by code
    int m_compared = 0;
    validate::Faults m_faults;
    Figures m_figures;
};

} // namespace conway::load
