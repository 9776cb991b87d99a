#include "server/ViewerHub.h"

#include "server/JsonStream.h"
#include "server/Limits.h"
#include "server/Logging.h"
#include "server/WebSocketFrame.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conway {

namespace {

/// The brief's: a line in the log every so many ticks.
constexpr quint64 kLogEveryTicks = 10;
constexpr auto kLateAfter = 20ms;
constexpr auto kTendInterval = 1s;
/// Changes of state that follow each other faster are told as one: else N viewers that each command would cost N times
/// N messages.
constexpr auto kStateGrain = 50ms;

constexpr int kEveryFrame = 0;
constexpr char kEnding[] = "The server is ending.";

/// The tiles that show what a viewer wants to see of a universe, or why it cannot see that.
Result<ViewArea> areaOf(const ViewRequest &wanted, const QSize &universe)
{
    CellRect cells{0, 0, universe.width(), universe.height()};
    if (wanted.area)
        cells =
            CellRect{wanted.area->x(), wanted.area->y(), wanted.area->width(), wanted.area->height()}.clipped(universe);
    if (cells.isEmpty())
        return Error{u"That view lies outside the universe of %1×%2."_s.arg(universe.width()).arg(universe.height())};
    const int level = wanted.level.value_or(fittingLevel(cells.width, cells.height));
    const ViewArea area = ViewArea::covering(cells, level, universe);
    if (area.values(universe) > limits::kViewValues) {
        Error tooMany{
            u"The tiles of a view of %1×%2 cells at level %3 have more than %4 values: take a coarser level."_s
                .arg(cells.width)
                .arg(cells.height)
                .arg(level)
                .arg(limits::kViewValues)};
        tooMany.isLimit = true;
        return tooMany;
    }
    return area;
}

QSize sizeOf(const Frame &frame)
{
    return {frame.cells.width(), frame.cells.height()};
}

} // namespace

ViewerHub::ViewerHub(FramePtr frame, EngineState state, QString version, const Patience &patience,
                     ServerCounters &counters, QObject *parent)
    : QObject(parent)
    , m_frame(std::move(frame))
    , m_state(std::move(state))
    , m_version(std::move(version))
    , m_patience(patience)
    , m_counters(counters)
    , m_visits(Viewer::Clock::now())
    , m_stateTimer(this)
    , m_tendTimer(this)
{
    connect(&m_tendTimer, &QTimer::timeout, this, &ViewerHub::tend);
    m_stateTimer.setSingleShot(true);
    connect(&m_stateTimer, &QTimer::timeout, this, [this] {
        if (m_stateUntold)
            tellState();
    });
}

ViewerHub::~ViewerHub() = default;

void ViewerHub::start()
{
    m_tendTimer.start(kTendInterval);
}

// --- Viewers come and go ---------------------------------------------------------------------------------------------

void ViewerHub::adopt(QTcpSocket *socket, bool isBinary)
{
    auto *viewer = new Viewer(++m_lastId, socket, m_patience, m_counters, this);
    m_viewers.append(viewer);
    ++m_counters.viewersAccepted;
    m_visits.came(viewer->address(), viewerCount(), Viewer::Clock::now());

    connect(viewer, &Viewer::gone, this, [this, viewer] { release(viewer); });
    connect(viewer, &Viewer::textReceived, this, [this, viewer](const QString &text) { onText(*viewer, text); });
    connect(viewer, &Viewer::binaryReceived, this, [this, viewer] {
        reply(*viewer, json::error(u"binary_not_supported", u"Commands are text: send JSON, or a bare word."_s));
    });
    connect(viewer, &Viewer::tooManyMessages, this, [this, viewer] { turnAwayAsTooMany(*viewer); });
    connect(viewer, &Viewer::drained, this, [this, viewer] { bringUpToDate(*viewer); });

    Seat &seat = viewer->seat();
    seat.isBinary = isBinary;
    seat.peer = socket->peerAddress();
    seat.isLocal = m_trustsLocalMachine && isLocalMachine(seat.peer, socket->localAddress());
    seat.standing = standingOf(*viewer);
    sit(*viewer, kEveryFrame);
    if (m_closing) {
        viewer->close(CloseCode::GoingAway, kEnding);
        return;
    }
    if (seat.isBinary) {
        viewer->setWantsEvents();
        introduce(*viewer, {});
    }
    sendSnapshot(*viewer);
}

void ViewerHub::release(Viewer *viewer)
{
    if (!m_viewers.removeOne(viewer))
        return;
    std::exchange(viewer->seat().lane, nullptr)->leave(viewer->seat().isBinary);
    m_visits.went(viewer->address(), viewerCount(), Viewer::Clock::now());
    viewer->deleteLater();
    if (m_closing && m_viewers.isEmpty())
        Q_EMIT allGone();
}

void ViewerHub::forEachViewer(const std::function<void(Viewer &)> &action) const
{
    // Over a shared copy: writing to a socket can find it dead and lead to release(). The viewer itself lives on until
    // the event loop comes round.
    const QList<Viewer *> viewers = m_viewers;
    for (Viewer *viewer : viewers)
        action(*viewer);
}

void ViewerHub::closeAll()
{
    m_closing = true;
    forEachViewer([](Viewer &viewer) { viewer.close(CloseCode::GoingAway, kEnding); });
    if (m_viewers.isEmpty())
        Q_EMIT allGone();
}

void ViewerHub::turnAway(Viewer &viewer, QStringView code, const QString &message)
{
    if (viewer.isClosing())
        return;
    ++m_counters.viewersCut[code.toLatin1()];
    reply(viewer, json::error(code, message));
    viewer.turnAway(CloseCode::PolicyViolated, code.toLatin1());
}

void ViewerHub::turnAwayAsTooMany(Viewer &viewer)
{
    turnAway(viewer, u"rate_limited", u"Too many messages: at most %1 a second."_s.arg(limits::kMessagesPerSecond));
}

// --- Frames ----------------------------------------------------------------------------------------------------------

Lane &ViewerHub::laneFor(int rate)
{
    const auto [found, isNew] = m_lanes.try_emplace(rate, rate);
    Lane &lane = found->second;
    if (isNew)
        connect(&lane.cadence, &Cadence::due, this, [this, &lane] { deliver(lane); });
    return lane;
}

/// From now on the viewer gets frames of that rate. It needs a snapshot first.
void ViewerHub::sit(Viewer &viewer, int rate)
{
    Seat &seat = viewer.seat();
    if (seat.lane)
        seat.lane->leave(seat.isBinary);
    seat.lane = &laneFor(rate);
    seat.lane->join(seat.isBinary, m_frame);
}

void ViewerHub::publish(const FramePtr &frame)
{
    const FramePtr previous = std::exchange(m_frame, frame);
    for (auto &[rate, lane] : m_lanes)
        lane.cadence.offer(frame);
    if (frame->epoch == previous->epoch && frame->tick != previous->tick)
        countTicks(*previous, *frame);
}

/// A lane's viewers go on to its pending frame.
void ViewerHub::deliver(Lane &lane)
{
    const FramePtr before = lane.cadence.frame();
    const FramePtr frame = lane.cadence.pending();
    const bool sameEpoch = frame->epoch == before->epoch;
    if (lane.binary) {
        if (const auto &touched = lane.cadence.touched())
            lane.binary->advance(frame, *touched, Lane::milliseconds());
        else
            lane.binary->advance(frame, Lane::milliseconds());
    }
    lane.cadence.taken();
    lane.jsonSnapshot.clear();

    QByteArray jsonDelta;
    const auto delta = [&](const Viewer &viewer) {
        const Seat &seat = viewer.seat();
        if (seat.isBinary)
            return lane.binary->delta(seat.area);
        if (jsonDelta.isEmpty())
            jsonDelta = textFrame(json::delta(*before, *frame));
        return jsonDelta;
    };
    forEachViewer([&](Viewer &viewer) {
        if (viewer.seat().lane != &lane || viewer.seat().wanted.paused || viewer.isClosing())
            return;
        if (!sameEpoch || viewer.needsSnapshot()) {
            bringUpToDate(viewer);
            return;
        }
        const QByteArray message = delta(viewer);
        if (viewer.isBehind(message.size()))
            viewer.setNeedsSnapshot(true);
        else
            viewer.send(message);
        m_largestDelta = std::max(m_largestDelta, message.size());
    });
    if (lane.binary) // unless all went meanwhile
        lane.binary->dropBase();
}

/// A snapshot now or, while too much waits unsent, when that has gone out.
void ViewerHub::bringUpToDate(Viewer &viewer)
{
    if (viewer.isBehind(0))
        viewer.setNeedsSnapshot(true);
    else
        sendSnapshot(viewer);
}

void ViewerHub::sendSnapshot(Viewer &viewer)
{
    Seat &seat = viewer.seat();
    Lane &lane = *seat.lane;
    const FramePtr frame = lane.cadence.frame();
    const CellGrid &cells = frame->cells;
    // Before sending: that can drain the socket, which tells who is owed a snapshot.
    const bool wasOwed = viewer.needsSnapshot();
    viewer.setNeedsSnapshot(false);
    if (seat.isBinary) {
        see(viewer, *frame);
        if (!seat.wanted.paused)
            viewer.send(lane.binary->snapshot(seat.area));
    } else if (!json::fits(cells.width(), cells.height())) {
        viewer.noteLimit("json_cells");
        turnAway(
            viewer, u"too_large_for_json",
            u"This universe of %1×%2 is too large for JSON (256×256); it needs the binary stream, subprotocol conway.v2."_s
                .arg(cells.width())
                .arg(cells.height()));
    } else {
        if (lane.jsonSnapshot.isEmpty())
            lane.jsonSnapshot = textFrame(json::fullState(*frame));
        viewer.send(lane.jsonSnapshot);
    }
    if (!wasOwed)
        return;
    ++m_counters.snapshotsForSlowViewers;
    // It may have missed events, too.
    if (viewer.wantsEvents()) {
        reply(viewer, json::stateEvent(m_state));
        reply(viewer, json::roleEvent(seat.standing));
    }
}

/// What the viewer wants to see, as far as the universe of `frame` has it; it is told when that is news.
void ViewerHub::see(Viewer &viewer, const Frame &frame)
{
    Seat &seat = viewer.seat();
    const QSize universe = sizeOf(frame);
    // The universe may have come to a size in which there is no such view any more.
    const auto area = areaOf(seat.wanted, universe);
    seat.area = area ? *area : *areaOf({}, universe);
    const json::View view{seat.area.level, seat.area.cells(universe), seat.lane->cadence.rate(), seat.wanted.paused};
    const json::Echo echo = std::exchange(seat.echo, {});
    if (view != seat.told || echo.id)
        reply(viewer, json::viewEvent(view, echo));
    seat.told = view;
}

void ViewerHub::countTicks(const Frame &previous, const Frame &frame)
{
    m_counters.ticks += frame.tick - previous.tick;
    m_counters.lateTicks += frame.lateness > kLateAfter ? 1 : 0;
    m_counters.worstLateness = std::max(m_counters.worstLateness, frame.lateness);
    const qsizetype bytes = std::exchange(m_largestDelta, 0);
    if (frame.tick / kLogEveryTicks != previous.tick / kLogEveryTicks) {
        qCInfo(lcServer).noquote() << u"tick %1: %2 deltas, %3 bytes, %4 viewers"_s.arg(frame.tick)
                                          .arg(frame.births + frame.deaths)
                                          .arg(bytes)
                                          .arg(viewerCount());
    }
}

// --- What viewers say ------------------------------------------------------------------------------------------------

void ViewerHub::onText(Viewer &viewer, const QString &text)
{
    if (!viewer.seat().lane)
        return; // what was read with it goes on, though the viewer was released meanwhile
    const auto parsed = ViewerMessage::parse(text);
    if (const auto *refused = std::get_if<RefusedRequest>(&parsed)) {
        refuse(viewer, *refused);
        return;
    }
    // Before its fields are read: a pattern of a few bytes can be work for a thousand messages.
    const auto &message = std::get<ViewerMessage>(parsed);
    if (const int more = message.word().weight - 1; more > 0 && !viewer.charge(more)) {
        turnAwayAsTooMany(viewer);
        return;
    }
    if (message.word().needsOperator && viewer.seat().standing.role != Role::Operator) {
        refuse(viewer, {u"read_only",
                        m_access.lan == LanAccess::Pin
                            ? u"The host asks for a PIN before the universe may be changed."_s
                            : u"The host lets viewers watch, not change the universe."_s,
                        message.echo()});
        return;
    }
    // A pattern is loaded into the universe as the viewers see it.
    EngineState universe = m_state;
    universe.width = m_frame->cells.width();
    universe.height = m_frame->cells.height();
    const auto read = message.read(universe);
    if (const auto *refused = std::get_if<RefusedRequest>(&read)) {
        refuse(viewer, *refused);
        return;
    }
    std::visit([&](const auto &request) { serve(viewer, request, message); }, std::get<ViewerRequest>(read));
}

void ViewerHub::refuse(Viewer &viewer, const RefusedRequest &refused)
{
    if (!refused.limit.isEmpty())
        viewer.noteLimit(refused.limit);
    reply(viewer, json::error(refused.code, refused.message, refused.echo));
}

void ViewerHub::serve(Viewer &viewer, const PingRequest &, const ViewerMessage &message)
{
    reply(viewer, json::pong(m_frame->tick, message.echo()));
}

void ViewerHub::serve(Viewer &viewer, const HelloRequest &, const ViewerMessage &message)
{
    viewer.setWantsEvents();
    introduce(viewer, message.echo());
    reply(viewer, json::stats(*m_frame, figures()));
}

void ViewerHub::serve(Viewer &viewer, const PinRequest &request, const ViewerMessage &message)
{
    const json::Echo &echo = message.echo();
    if (m_access.lan != LanAccess::Pin) {
        reply(viewer, json::error(u"no_pin_wanted", u"No PIN is asked for here."_s, echo));
        return;
    }
    Seat &seat = viewer.seat();
    const PinGuard::Verdict verdict = m_pins.judge(seat.peer, request.pin, PinGuard::Time::clock::now());
    if (const auto *paused = std::get_if<PinGuard::Paused>(&verdict)) {
        viewer.noteLimit("pin_tries");
        reply(viewer, json::pinPaused(*paused, echo));
    } else if (const auto *wrong = std::get_if<PinGuard::Wrong>(&verdict)) {
        reply(viewer, json::wrongPin(*wrong, echo));
    } else {
        seat.pinGiven = m_pins.generation();
        seat.standing = standingOf(viewer);
        if (echo.id)
            reply(viewer, json::ack(echo));
        reply(viewer, json::roleEvent(seat.standing));
    }
}

void ViewerHub::serve(Viewer &viewer, const ViewRequest &request, const ViewerMessage &message)
{
    const json::Echo &echo = message.echo();
    Seat &seat = viewer.seat();
    const FramePtr frame = seat.lane->cadence.frame();
    const auto area = seat.isBinary ? areaOf(request, sizeOf(*frame)) : Error{u"Only conway.v2 has views."_s};
    if (!area) {
        if (area.error().isLimit)
            viewer.noteLimit("view_values");
        reply(viewer, json::error(u"bad_field", area.error().message, echo));
        return;
    }
    const bool wasPaused = std::exchange(seat.wanted, request).paused;
    // One that it never got to see is answered, too.
    if (const json::Echo superseded = std::exchange(seat.echo, echo); superseded.id)
        reply(viewer, json::ack(superseded));
    const ViewArea held = seat.area;
    const int rate = Cadence::rateFor(request.maxFps);
    if (rate != seat.lane->cadence.rate()) {
        sit(viewer, rate);
        bringUpToDate(viewer);
    } else if (wasPaused || viewer.needsSnapshot() || viewer.isBehind(0) || area->level != held.level) {
        bringUpToDate(viewer);
    } else {
        see(viewer, *frame);
        if (!request.paused && !held.tiles.contains(seat.area.tiles))
            viewer.send(seat.lane->binary->tiles(seat.area, held));
    }
}

void ViewerHub::serve(Viewer &viewer, const ResyncRequest &, const ViewerMessage &message)
{
    const json::Echo &echo = message.echo();
    if (!viewer.seat().isBinary) {
        reply(viewer, json::error(u"bad_field", u"Only conway.v2 can resync; here nothing is left out."_s, echo));
        return;
    }
    ++m_counters.resyncs;
    if (echo.id)
        reply(viewer, json::ack(echo));
    bringUpToDate(viewer);
}

void ViewerHub::serve(Viewer &viewer, const Command::Action &action, const ViewerMessage &message)
{
    const json::Echo &echo = message.echo();
    const Command command{action, viewer.address(), message.word().weight};
    if (!m_gate.enter(command.weight)) {
        refuse(viewer, {u"busy", u"The universe has not done yet what was asked of it before. Try again."_s, echo,
                        "commands_waiting"});
        return;
    }
    Q_EMIT commanded(command);
    if (echo.id)
        reply(viewer, json::ack(echo));
}

// --- What viewers are told -------------------------------------------------------------------------------------------

void ViewerHub::setEngineState(const EngineState &state)
{
    m_state = state;
    m_stateUntold = true;
    if (!m_stateTimer.isActive())
        tellState();
}

void ViewerHub::setAccess(const AccessSetting &access)
{
    if (access.pin != m_access.pin)
        m_pins.setPin(access.pin);
    m_access = access;
    forEachViewer([this](Viewer &viewer) {
        const json::Standing standing = standingOf(viewer);
        if (std::exchange(viewer.seat().standing, standing) == standing || !viewer.wantsEvents())
            return;
        // Who is behind is told with its snapshot.
        if (viewer.isBehind(0))
            viewer.setNeedsSnapshot(true);
        else
            reply(viewer, json::roleEvent(standing));
    });
}

json::Standing ViewerHub::standingOf(const Viewer &viewer) const
{
    const Seat &seat = viewer.seat();
    return {roleFor(m_access, seat.isLocal, seat.pinGiven == m_pins.generation()), m_access.lan};
}

void ViewerHub::introduce(Viewer &viewer, const json::Echo &echo)
{
    const Seat &seat = viewer.seat();
    const CellGrid &cells = seat.lane->cadence.frame()->cells;
    reply(viewer,
          json::hello({seat.isBinary ? 2 : 1, cells.width(), cells.height(), m_version}, m_state, seat.standing, echo));
}

void ViewerHub::tellState()
{
    m_stateUntold = false;
    m_stateTimer.start(kStateGrain);
    broadcastEvent(json::stateEvent(m_state), Delivery::Owed);
}

void ViewerHub::reply(Viewer &viewer, const QByteArray &json)
{
    viewer.send(textFrame(json));
}

void ViewerHub::broadcastEvent(const QByteArray &json, Delivery delivery)
{
    const QByteArray message = textFrame(json);
    forEachViewer([&](Viewer &viewer) {
        if (!viewer.wantsEvents())
            return;
        if (!viewer.isBehind(message.size()))
            viewer.send(message);
        else if (delivery == Delivery::Owed)
            viewer.setNeedsSnapshot(true);
    });
}

ServerStats ViewerHub::stats() const
{
    ServerStats stats;
    stats.viewers.reserve(m_viewers.size());
    for (const Viewer *viewer : m_viewers) {
        ViewerInfo info = viewer->info();
        info.role = viewer->seat().standing.role;
        stats.viewers.append(info);
    }
    stats.messagesSent = m_counters.messagesSent;
    stats.bytesSent = m_counters.bytesSent;
    stats.viewersAccepted = m_counters.viewersAccepted;
    stats.bytesPerSecond = m_bytes.perSecond().value_or(0);
    return stats;
}

json::Stats ViewerHub::figures() const
{
    const double attained = m_state.running ? m_frame->generationsPerSecond : 0;
    return {viewerCount(), attained, m_bytes.perSecond().value_or(0)};
}

void ViewerHub::tend()
{
    const auto now = Viewer::Clock::now();
    forEachViewer([now](Viewer &viewer) { viewer.tend(now); });
    m_visits.tend(viewerCount());
    m_bytes.saw(m_counters.bytesSent, now);
    broadcastEvent(json::stats(*m_frame, figures()), Delivery::IfFree);
    Q_EMIT statsTaken(stats());
}

} // namespace conway
