#include "server/ViewerHub.h"

#include "server/JsonMessages.h"
#include "server/Limits.h"
#include "server/WebSocketFrame.h"

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conway {

namespace {

constexpr auto kTendInterval = 1s;

} // namespace

ViewerHub::ViewerHub(const FramePtr &frame, EngineState state, QString version, const Patience &patience,
                     ServerCounters &counters, QObject *parent)
    : QObject(parent)
    , m_state(std::move(state))
    , m_version(std::move(version))
    , m_counters(counters)
    , m_audience(patience, counters, this)
    , m_broadcast(frame, m_audience, counters, this)
    , m_stateTimer(this)
    , m_tendTimer(this)
{
    connect(&m_audience, &Audience::allGone, this, &ViewerHub::allGone);
    connect(&m_broadcast, &Broadcast::caughtUp, this, [this](Viewer *viewer) {
        if (!viewer->wantsEvents())
            return;
        viewer->say(json::stateEvent(m_state));
        viewer->say(json::roleEvent(viewer->seat().standing));
    });
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

void ViewerHub::adopt(QTcpSocket *socket, bool isBinary)
{
    Viewer &viewer = m_audience.adopt(socket);
    connect(&viewer, &Viewer::textReceived, this, [this, &viewer](const QString &text) { onText(viewer, text); });
    connect(&viewer, &Viewer::binaryReceived, this, [&viewer] {
        viewer.say(json::error(u"binary_not_supported", u"Commands are text: send JSON, or a bare word."_s));
    });
    connect(&viewer, &Viewer::tooManyMessages, this, [this, &viewer] { turnAwayAsTooMany(viewer); });

    Seat &seat = viewer.seat();
    seat.isBinary = isBinary;
    seat.pass.peer = socket->peerAddress();
    seat.pass.isLocal = m_trustsLocalMachine && isLocalMachine(seat.pass.peer, socket->localAddress());
    seat.standing = m_admission.standingOf(seat.pass);
    m_broadcast.join(viewer);
    if (m_audience.isClosing())
        return;
    if (seat.isBinary) {
        viewer.setWantsEvents();
        introduce(viewer, {});
    }
    m_broadcast.bringUpToDate(viewer);
}

// --- What viewers say ------------------------------------------------------------------------------------------------

void ViewerHub::onText(Viewer &viewer, const QString &text)
{
    if (!Broadcast::hasJoined(viewer))
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
        refuse(viewer, {u"read_only", m_admission.whyReadOnly(), message.echo()});
        return;
    }
    // A pattern is loaded into the universe as the viewers see it.
    EngineState universe = m_state;
    universe.width = frame()->cells.width();
    universe.height = frame()->cells.height();
    const auto read = message.read(universe);
    if (const auto *refused = std::get_if<RefusedRequest>(&read)) {
        refuse(viewer, *refused);
        return;
    }
    std::visit([&](const auto &request) { serve(viewer, request, message); }, std::get<ViewerRequest>(read));
}

void ViewerHub::refuse(Viewer &viewer, const RefusedRequest &refused)
{
    if (refused.limit)
        viewer.noteLimit(*refused.limit);
    viewer.say(json::error(refused.code, refused.message, refused.echo));
}

void ViewerHub::turnAwayAsTooMany(Viewer &viewer)
{
    viewer.turnAway(u"rate_limited", u"Too many messages: at most %1 a second."_s.arg(limits::kMessagesPerSecond));
}

void ViewerHub::serve(Viewer &viewer, const PingRequest &, const ViewerMessage &message)
{
    viewer.say(json::pong(frame()->tick, message.echo()));
}

void ViewerHub::serve(Viewer &viewer, const HelloRequest &, const ViewerMessage &message)
{
    viewer.setWantsEvents();
    introduce(viewer, message.echo());
    viewer.say(json::stats(*frame(), figures()));
}

void ViewerHub::serve(Viewer &viewer, const PinRequest &request, const ViewerMessage &message)
{
    const json::Echo &echo = message.echo();
    Seat &seat = viewer.seat();
    const Admission::Verdict verdict = m_admission.tryPin(seat.pass, request.pin, PinGuard::Time::clock::now());
    if (std::holds_alternative<Admission::NotWanted>(verdict)) {
        viewer.say(json::error(u"no_pin_wanted", u"No PIN is asked for here."_s, echo));
    } else if (const auto *paused = std::get_if<PinGuard::Paused>(&verdict)) {
        viewer.noteLimit(Limit::PinTries);
        viewer.say(json::pinPaused(*paused, echo));
    } else if (const auto *wrong = std::get_if<PinGuard::Wrong>(&verdict)) {
        viewer.say(json::wrongPin(*wrong, echo));
    } else {
        seat.standing = m_admission.standingOf(seat.pass);
        if (echo.id)
            viewer.say(json::ack(echo));
        viewer.say(json::roleEvent(seat.standing));
    }
}

void ViewerHub::serve(Viewer &viewer, const ViewRequest &request, const ViewerMessage &message)
{
    if (const auto refused = m_broadcast.show(viewer, request, message.echo()))
        refuse(viewer, *refused);
}

void ViewerHub::serve(Viewer &viewer, const ResyncRequest &, const ViewerMessage &message)
{
    const json::Echo &echo = message.echo();
    if (!viewer.seat().isBinary) {
        viewer.say(json::error(u"bad_field", u"Only conway.v2 can resync; here nothing is left out."_s, echo));
        return;
    }
    ++m_counters.resyncs;
    if (echo.id)
        viewer.say(json::ack(echo));
    m_broadcast.bringUpToDate(viewer);
}

void ViewerHub::serve(Viewer &viewer, const Command::Action &action, const ViewerMessage &message)
{
    const json::Echo &echo = message.echo();
    const Command command{action, viewer.address(), message.word().weight};
    if (!m_gate.enter(command.weight)) {
        refuse(viewer, {u"busy", u"The universe has not done yet what was asked of it before. Try again."_s, echo,
                        Limit::CommandsWaiting});
        return;
    }
    Q_EMIT commanded(command);
    if (echo.id)
        viewer.say(json::ack(echo));
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
    m_admission.set(access);
    m_audience.forEach([this](Viewer &viewer) {
        const json::Standing standing = m_admission.standingOf(viewer.seat().pass);
        if (std::exchange(viewer.seat().standing, standing) == standing || !viewer.wantsEvents())
            return;
        // Who is behind is told with its snapshot.
        if (viewer.isBehind(0))
            viewer.setNeedsSnapshot(true);
        else
            viewer.say(json::roleEvent(standing));
    });
}

void ViewerHub::introduce(Viewer &viewer, const json::Echo &echo)
{
    const Seat &seat = viewer.seat();
    const CellGrid &cells = Broadcast::frameFor(viewer).cells;
    viewer.say(
        json::hello({seat.isBinary ? 2 : 1, cells.width(), cells.height(), m_version}, m_state, seat.standing, echo));
}

void ViewerHub::tellState()
{
    m_stateUntold = false;
    m_stateTimer.start(limits::kStateGrain);
    tellAll(json::stateEvent(m_state), Delivery::Owed);
}

void ViewerHub::tellAll(const QByteArray &json, Delivery delivery)
{
    const QByteArray message = textFrame(json);
    m_audience.forEach([&](Viewer &viewer) {
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
    return {m_audience.list(), m_counters.messagesSent, m_counters.bytesSent, m_counters.viewersAccepted,
            m_bytes.perSecond().value_or(0)};
}

json::Stats ViewerHub::figures() const
{
    const double attained = m_state.running ? frame()->generationsPerSecond : 0;
    return {viewerCount(), attained, m_bytes.perSecond().value_or(0)};
}

void ViewerHub::tend()
{
    m_audience.tend();
    m_bytes.saw(m_counters.bytesSent, Viewer::Clock::now());
    tellAll(json::stats(*frame(), figures()), Delivery::IfFree);
    Q_EMIT statsTaken(stats());
}

} // namespace conway

#include "moc_ViewerHub.cpp"
