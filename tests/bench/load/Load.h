#pragma once

#include "core/Result.h"
#include "tests/bench/load/Crowd.h"
#include "tests/bench/load/Figures.h"
#include "tests/bench/load/LoadOptions.h"
#include "tests/bench/load/ServerUsage.h"
#include "tests/validate/ServerProcess.h"

#include <chrono>
#include <memory>
#include <optional>

namespace conway::load {

/// One run of conway-load: a server, a crowd, and what both have to say.
class Load
{
public:
    explicit Load(const LoadOptions &options);
    ~Load();

    /// The error says why there is nothing to measure.
    [[nodiscard]] Result<Figures> run();

    /// What was wrong, of everything that was seen; nothing when all is well.
    [[nodiscard]] const validate::Faults &faults() const { return m_faults; }

private:
    [[nodiscard]] std::optional<Error> startServer();
    void makeCrowd();
    [[nodiscard]] std::optional<Error> connectAll();
    /// What was seen in a while, and what that took.
    struct Watched {
        Tally seen;
        double seconds = 0;
        ServerUsage used;
    };

    void watch();
    void watchWithStalled();
    [[nodiscard]] Watched watchFor(std::chrono::milliseconds time);
    void catchUp();
    void end();

    /// Lets everything happen for so long, or until `done`; whether it is.
    bool runUntil(Clock::time_point deadline, const std::function<bool()> &done = {});
    void reportWatched(const Watched &watched);
    void reportTally(const Tally &tally);
    void reportSpread(const QString &key, const QString &label, const validate::Samples &samples);
    [[nodiscard]] ServerUsage usage() const;

    const LoadOptions m_options;
    quint32 m_address;
    quint16 m_port;
    qint64 m_process;
    std::unique_ptr<validate::ServerProcess> m_server;
    Poll m_poll;
    std::unique_ptr<Crowd> m_crowd;
    Figures m_figures;
    validate::Faults m_faults;
    qint64 m_gaps = 0;
    qint64 m_wrong = 0;
    qint64 m_lost = 0;
    qint64 m_skipped = 0;
    bool m_naps = false;
    qint64 m_mostMemory = 0; ///< of the server, since somebody set it
    KernelDrops m_dropsBefore;
};

} // namespace conway::load
