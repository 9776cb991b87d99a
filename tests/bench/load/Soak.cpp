#include "tests/bench/load/Soak.h"

#include "tests/bench/load/JsonJudge.h"
#include "tests/bench/load/ServerCells.h"
#include "tests/bench/load/ServerLog.h"
#include "tests/bench/load/ServerUsage.h"
#include "tests/bench/load/V2Judge.h"
#include "tests/validate/FileLimit.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace conway::load {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 60s; // for what takes a second when all is well
constexpr int kLargestJsonSide = 256;
constexpr int kViewEvery = 4; // of so many commands one is a viewer's own view
constexpr double kMiB = 1024 * 1024;

constexpr double kKiB = 1024;

/// What memory may grow by over the second half of a run, in which so many viewers left. The server runs without a
/// past, so nothing is kept on purpose, and growth is noise: some 100 KiB, and some frames of the largest universe.
/// In small universes that is less than a KiB forgotten for each of those viewers, of which half is tolerated.
double mostGrowth(double seconds, double left, int mostSide)
{
    constexpr double kTrend = 15; // seconds; shorter ones still warm up: they show what is gross
    constexpr double kGross = 16 * kMiB;
    constexpr double kNoise = 128 * kKiB;
    constexpr double kPerViewer = 0.5 * kKiB;
    const double frames = static_cast<double>(mostSide) * mostSide; // eight, a cell being a bit
    return seconds < kTrend ? kGross : kNoise + frames + kPerViewer * left;
}

std::vector<Viewer *> present(const Crowd &crowd)
{
    std::vector<Viewer *> viewers;
    for (const auto &viewer : crowd.viewers()) {
        if (viewer->isServed() && viewer->isOpen())
            viewers.push_back(viewer.get());
    }
    return viewers;
}

} // namespace

Soak::Soak(const SoakOptions &options)
    : m_options(options)
    , m_words(options.seed, options.mostSide)
    , m_random(options.seed)
    , m_server(options.serverPath, false,
               QStringList{u"--size"_s, u"%1x%1"_s.arg(RandomCommands::kLeastSide), u"--history"_s, u"0"_s} +
                   options.serverArguments)
{
}

Soak::~Soak() = default;

Result<Figures> Soak::run()
{
    if (const auto error = start())
        return *error;
    soak();
    comeToRest();
    compare();
    endServer();
    report();
    return m_figures;
}

std::optional<Error> Soak::start()
{
    constexpr int kOtherFiles = 64;
    (void)validate::raiseFileLimit(m_options.viewers * 2 + kOtherFiles);
    const auto started = m_server.start();
    if (!started)
        return started.error();
    m_port = started->port;
    const bool fitsJson = m_options.mostSide <= kLargestJsonSide;
    if (fitsJson)
        addCrowd(false, m_options.viewers / 2);
    addCrowd(true, m_options.viewers - (fitsJson ? m_options.viewers / 2 : 0));
    const auto settled = [this] {
        return std::all_of(m_crowds.begin(), m_crowds.end(), [](const Crowd *crowd) { return crowd->isSettled(); });
    };
    if (!runUntil(Clock::now() + kPatience, settled))
        return Error{u"not all viewers were served"_s};
    for (Crowd *crowd : m_crowds) {
        if (crowd->tally().faults.count() > 0)
            return Error{crowd->tally().faults.first().join(u"; ")};
    }
    return std::nullopt;
}

void Soak::addCrowd(bool isV2, int viewers)
{
    const Target target{QHostAddress(QHostAddress::LocalHost).toIPv4Address(), m_port,
                        Handshake("127.0.0.1:" + QByteArray::number(m_port), isV2 ? "conway.v2" : "")};
    // Others change the rule at any time: what follows from what is known to the engine alone.
    auto judge = isV2 ? std::unique_ptr<Judge>(std::make_unique<V2Judge>())
                      : std::unique_ptr<Judge>(std::make_unique<JsonJudge>(std::nullopt));
    auto &crowd = isV2 ? m_v2 : m_json;
    crowd = std::make_unique<Crowd>(m_poll, target, std::move(judge));
    crowd->setOnEvent([this](Viewer &, QByteArrayView text) { onEvent(text); });
    crowd->join(viewers);
    m_crowds.push_back(crowd.get());
}

void Soak::soak()
{
    for (Crowd *crowd : m_crowds) {
        crowd->setChurn(m_options.churn / static_cast<double>(m_crowds.size()));
        crowd->setPings(10);
    }
    const auto start = Clock::now();
    const auto end = start + std::chrono::seconds(m_options.seconds);
    const auto pause =
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / m_options.commands));
    auto look = start;
    for (auto next = start + pause; next < end && m_server.isRunning(); next += pause) {
        runUntil(next);
        saySomething();
        if (const auto now = Clock::now(); now >= look) {
            if (const auto usage = ServerUsage::of(m_server.processId()))
                m_memory.add(std::chrono::duration<double>(now - start).count(), usage->memoryBytes);
            look = now + 1s;
        }
    }
}

Viewer *Soak::anyone(const Crowd &crowd)
{
    const std::vector<Viewer *> viewers = present(crowd);
    if (viewers.empty())
        return nullptr;
    return viewers[m_random.bounded(static_cast<quint32>(viewers.size()))];
}

void Soak::saySomething()
{
    ++m_said;
    if (m_random.bounded(kViewEvery) == 0) {
        if (Viewer *viewer = anyone(*m_v2))
            viewer->say(m_words.view());
        return;
    }
    const Crowd &crowd = *m_crowds[m_random.bounded(static_cast<quint32>(m_crowds.size()))];
    if (Viewer *viewer = anyone(crowd))
        viewer->say(m_words.command());
}

void Soak::onEvent(QByteArrayView text)
{
    if (!text.contains("\"error\""))
        return;
    const QJsonObject event = QJsonDocument::fromJson(text.toByteArray()).object();
    if (event.value(u"type") != u"error"_s)
        return;
    ++m_refusals[event.value(u"code").toString()];
    if (event.value(u"code") == u"busy"_s) // more at a time than the engine can do: nothing is wrong with that
        return;
    m_faults.add(u"a valid command was refused: "_s + event.value(u"message").toString());
}

void Soak::comeToRest()
{
    for (Crowd *crowd : m_crowds) {
        crowd->setChurn(0);
        crowd->setPings(0);
    }
    if (Viewer *viewer = anyone(*m_v2))
        viewer->say("stop");
    for (Viewer *viewer : present(*m_v2)) {
        if (dynamic_cast<const V2Copy &>(*viewer->copy()).isPaused())
            viewer->say(R"({"cmd":"view"})"); // it asked for nothing more; now it wants to see
    }
    const auto settled = [this] {
        return std::all_of(m_crowds.begin(), m_crowds.end(), [](const Crowd *crowd) { return crowd->isSettled(); });
    };
    if (!runUntil(Clock::now() + kPatience, settled))
        m_faults.add(u"some who joined last were never served"_s);
}

int Soak::astray(const CellGrid &cells) const
{
    int count = 0;
    for (const Crowd *crowd : m_crowds) {
        for (const Viewer *viewer : present(*crowd)) {
            const auto *json = dynamic_cast<const JsonCopy *>(viewer->copy().get());
            const bool isRight =
                json != nullptr ? json->cells() == cells : dynamic_cast<const V2Copy &>(*viewer->copy()).shows(cells);
            count += isRight ? 0 : 1;
        }
    }
    return count;
}

void Soak::compare()
{
    // Nobody changes anything any more, so the last frames are on their way to those who see it otherwise; comparing
    // takes long in a large universe, so it is not done more often than it helps.
    int left = 0;
    const auto deadline = Clock::now() + kPatience;
    do {
        runUntil(Clock::now() + 1s);
        const auto cells = fetchCells(m_port);
        if (!cells) {
            m_faults.add(u"the engine's cells: "_s + cells.error().message);
            return;
        }
        left = astray(*cells);
    } while (left > 0 && Clock::now() < deadline);
    for (const Crowd *crowd : m_crowds)
        m_compared += static_cast<int>(present(*crowd).size());
    if (left > 0)
        m_faults.add(u"%1 viewers see other cells than the engine has"_s.arg(left));
    if (m_compared < m_options.viewers)
        m_faults.add(u"of %1 viewers %2 are left"_s.arg(m_options.viewers).arg(m_compared));
}

void Soak::endServer()
{
    for (Crowd *crowd : m_crowds)
        crowd->leaveAll();
    m_server.askToEnd();
    if (const auto error = m_server.waitForEnd())
        m_faults.add(u"the server: "_s + error->message);
    for (const QString &line : unexplainedLines(m_server.errorFile()))
        m_faults.add(u"in its log: "_s + line);
}

void Soak::report()
{
    Tally all;
    for (Crowd *crowd : m_crowds) {
        const Tally tally = crowd->takeTally();
        all.messages += tally.messages;
        all.ticks += tally.ticks;
        all.wholes += tally.wholes;
        all.gaps += tally.gaps;
        all.wrong += tally.wrong;
        all.lost += tally.lost;
        m_faults.add(tally.faults);
    }
    const double seconds = m_memory.secondsOfHalf();
    const double growth = m_memory.slope() * seconds;
    const double most = mostGrowth(seconds, m_options.churn * seconds, m_options.mostSide);
    if (growth > most)
        m_faults.add(
            u"the server's memory grew by %1 KiB in the second half; %2 are tolerated"_s.arg(growth / kKiB, 0, 'f', 0)
                .arg(most / kKiB, 0, 'f', 0));
    m_figures.add(u"seed"_s, u"seed"_s, m_options.seed);
    m_figures.add(u"commands"_s, u"commands"_s, static_cast<double>(m_said));
    m_figures.add(u"messages"_s, u"messages"_s, static_cast<double>(all.messages));
    m_figures.add(u"ticks"_s, u"of these, deltas"_s, static_cast<double>(all.ticks));
    m_figures.add(u"wholes"_s, u"full states and snapshots"_s, static_cast<double>(all.wholes));
    m_figures.add(u"gaps"_s, u"gaps"_s, static_cast<double>(all.gaps));
    m_figures.add(u"wrong"_s, u"wrong messages"_s, static_cast<double>(all.wrong));
    m_figures.add(u"lost"_s, u"viewers that the server cut off"_s, static_cast<double>(all.lost));
    m_figures.add(u"compared"_s, u"viewers at the end, compared with the engine"_s, m_compared);
    m_figures.add(u"memoryMost"_s, u"server memory, at most"_s, m_memory.most() / kMiB, u"MiB"_s);
    m_figures.add(u"memoryGrowth"_s, u"its growth over the second half"_s, growth / kMiB, u"MiB"_s);
    m_figures.add(u"memoryTolerated"_s, u"of which is tolerated"_s, most / kMiB, u"MiB"_s);
    for (auto refusal = m_refusals.cbegin(); refusal != m_refusals.cend(); ++refusal)
        m_figures.add(u"refused_"_s + refusal.key(), u"refused: "_s + refusal.key(), refusal.value());
    m_figures.add(u"faults"_s, u"faults"_s, static_cast<double>(m_faults.count()));
}

bool Soak::runUntil(Clock::time_point deadline, const std::function<bool()> &done)
{
    while (true) {
        const auto now = Clock::now();
        auto next = std::min(deadline, now + 50ms);
        for (Crowd *crowd : m_crowds)
            next = std::min(next, crowd->work(now));
        if (done && done())
            return true;
        if (now >= deadline)
            return false;
        m_poll.wait(next);
    }
}

} // namespace conway::load
