#include "server/ViewerHub.h"

#include "server/JsonStream.h"
#include "server/Limits.h"
#include "server/Logging.h"
#include "server/WebSocketFrame.h"

#include <QHostAddress>

#include <algorithm>

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

} // namespace

ViewerHub::ViewerHub(FramePtr frame, EngineState state, QString version, const Patience &patience,
                     ServerCounters &counters, QObject *parent)
    : QObject(parent)
    , m_frame(std::move(frame))
    , m_state(std::move(state))
    , m_version(std::move(version))
    , m_patience(patience)
    , m_counters(counters)
    , m_webSockets(u"CyberMesh Conway"_s, QWebSocketServer::NonSecureMode, this)
    , m_stateTimer(this)
    , m_tendTimer(this)
{
    // It never listens; the number bounds handshakes that finish within one turn of the event loop.
    m_webSockets.setMaxPendingConnections(limits::kConnections);
    connect(&m_webSockets, &QWebSocketServer::newConnection, this, &ViewerHub::onHandshakesDone);
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

void ViewerHub::adopt(QTcpSocket *socket)
{
    const PeerKey key(socket->peerAddress().toString(), socket->peerPort());
    socket->setParent(this);
    socket->setReadBufferSize(limits::kViewerReadBuffer);
    m_arriving.insert(key, {socket, new InboundMeter(socket)});
    connect(socket, &QTcpSocket::disconnected, this, [this, key, socket] {
        // Still here: the handshake did not come to a viewer, and nobody else will delete the socket.
        if (m_arriving.value(key, {nullptr, nullptr}).socket == socket) {
            m_arriving.remove(key);
            socket->deleteLater();
        }
    });
    m_webSockets.handleConnection(socket);
}

void ViewerHub::onHandshakesDone()
{
    while (QWebSocket *webSocket = m_webSockets.nextPendingConnection()) {
        const auto found = m_arriving.constFind({webSocket->peerAddress().toString(), webSocket->peerPort()});
        if (found == m_arriving.constEnd()) {
            // Its peer is gone, and its TCP socket about to be deleted: it must not outlive that.
            delete webSocket;
            continue;
        }
        const Arriving arrived = *found;
        m_arriving.erase(found);
        arrived.socket->disconnect(this);
        welcome(webSocket, arrived);
    }
}

void ViewerHub::welcome(QWebSocket *webSocket, const Arriving &arrived)
{
    auto *viewer = new Viewer(++m_lastId, webSocket, arrived.socket, arrived.meter, m_patience, m_counters, this);
    m_viewers.append(viewer);
    ++m_counters.viewersAccepted;
    qCInfo(lcServer).noquote() << u"viewer connected from %1, now %2"_s.arg(viewer->address()).arg(viewerCount());

    connect(viewer, &Viewer::gone, this, [this, viewer] { release(viewer); });
    connect(viewer, &Viewer::textReceived, this, [this, viewer](const QString &text) { onText(*viewer, text); });
    connect(viewer, &Viewer::binaryReceived, this, [this, viewer] {
        reply(*viewer, json::error(u"binary_not_supported", u"This stream is text: send JSON, or a bare word."_s));
    });
    connect(viewer, &Viewer::tooManyMessages, this, [this, viewer] {
        turnAway(*viewer, u"rate_limited",
                 u"Too many messages: at most %1 a second."_s.arg(limits::kMessagesPerSecond));
    });
    connect(viewer, &Viewer::drained, this, [this, viewer] { sendSnapshot(*viewer); });

    if (m_closing)
        viewer->close(QWebSocketProtocol::CloseCodeGoingAway, u"The server is ending."_s);
    else
        sendSnapshot(*viewer);
}

void ViewerHub::release(Viewer *viewer)
{
    if (!m_viewers.removeOne(viewer))
        return;
    qCInfo(lcServer).noquote() << u"viewer from %1 disconnected, now %2"_s.arg(viewer->address()).arg(viewerCount());
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

void ViewerHub::publish(const FramePtr &frame)
{
    const FramePtr previous = std::exchange(m_frame, frame);
    m_snapshot.clear();
    const bool sameEpoch = frame->epoch == previous->epoch;
    m_generations.saw(frame->generation, Viewer::Clock::now());

    QByteArray message;
    if (sameEpoch && !m_viewers.isEmpty() && json::fits(frame->cells.width(), frame->cells.height()))
        message = textFrame(json::delta(*previous, *frame));
    forEachViewer([&](Viewer &viewer) {
        if (viewer.isBehind(message.size()))
            viewer.setNeedsSnapshot(true);
        else if (message.isEmpty() || viewer.needsSnapshot())
            sendSnapshot(viewer);
        else
            viewer.send(message);
    });

    if (sameEpoch && frame->tick != previous->tick)
        countTicks(*previous, *frame, message.size());
}

void ViewerHub::countTicks(const Frame &previous, const Frame &frame, qsizetype messageBytes)
{
    m_counters.ticks += frame.tick - previous.tick;
    m_counters.lateTicks += frame.lateness > kLateAfter ? 1 : 0;
    m_counters.worstLateness = std::max(m_counters.worstLateness, frame.lateness);
    if (frame.tick / kLogEveryTicks != previous.tick / kLogEveryTicks) {
        qCInfo(lcServer).noquote() << u"tick %1: %2 deltas, %3 bytes, %4 viewers"_s.arg(frame.tick)
                                          .arg(frame.births + frame.deaths)
                                          .arg(messageBytes)
                                          .arg(viewerCount());
    }
}

void ViewerHub::setEngineState(const EngineState &state)
{
    m_state = state;
    if (state.cause != u"edit")
        m_generations.clear(); // what was measured before was another speed
    m_stateUntold = true;
    if (!m_stateTimer.isActive())
        tellState();
}

void ViewerHub::tellState()
{
    m_stateUntold = false;
    m_stateTimer.start(kStateGrain);
    broadcastEvent(json::stateEvent(m_state), Delivery::Owed);
}

ServerStats ViewerHub::stats() const
{
    ServerStats stats;
    stats.viewers.reserve(m_viewers.size());
    for (const Viewer *viewer : m_viewers)
        stats.viewers.append(viewer->info());
    stats.messagesSent = m_counters.messagesSent;
    stats.bytesSent = m_counters.bytesSent;
    stats.viewersAccepted = m_counters.viewersAccepted;
    stats.bytesPerSecond = m_bytes.perSecond().value_or(0);
    return stats;
}

void ViewerHub::closeAll()
{
    m_closing = true;
    forEachViewer(
        [](Viewer &viewer) { viewer.close(QWebSocketProtocol::CloseCodeGoingAway, u"The server is ending."_s); });
    if (m_viewers.isEmpty())
        Q_EMIT allGone();
}

void ViewerHub::onText(Viewer &viewer, const QString &text)
{
    const CellGrid &cells = m_frame->cells;
    const auto parsed = parseViewerRequest(text, cells.width(), cells.height());
    if (const auto *refused = std::get_if<RefusedRequest>(&parsed))
        reply(viewer, json::error(refused->code, refused->message, refused->echo));
    else
        serve(viewer, std::get<ViewerRequest>(parsed));
}

void ViewerHub::serve(Viewer &viewer, const ViewerRequest &request)
{
    if (std::holds_alternative<PingRequest>(request.action)) {
        reply(viewer, json::pong(m_frame->tick, request.echo));
    } else if (std::holds_alternative<HelloRequest>(request.action)) {
        viewer.setWantsEvents();
        reply(viewer, json::hello(m_state, m_version, request.echo));
        reply(viewer, json::stats(*m_frame, figures()));
    } else {
        Q_EMIT commanded({std::get<Command::Action>(request.action), viewer.address()});
        if (request.echo.id)
            reply(viewer, json::ack(request.echo));
    }
}

void ViewerHub::turnAway(Viewer &viewer, QStringView code, const QString &message)
{
    if (viewer.isClosing())
        return;
    ++m_counters.viewersCut[code.toLatin1()];
    reply(viewer, json::error(code, message));
    viewer.turnAway(QWebSocketProtocol::CloseCodePolicyViolated, code.toLatin1());
}

void ViewerHub::sendSnapshot(Viewer &viewer)
{
    const CellGrid &cells = m_frame->cells;
    if (!json::fits(cells.width(), cells.height())) {
        turnAway(
            viewer, u"too_large_for_json",
            u"This universe of %1×%2 is too large for JSON (256×256); it needs the binary stream, subprotocol conway.v2."_s
                .arg(cells.width())
                .arg(cells.height()));
        return;
    }
    if (m_snapshot.isEmpty())
        m_snapshot = textFrame(json::fullState(*m_frame));
    // Before sending: that can drain the socket, which tells who is owed a snapshot.
    const bool wasOwed = viewer.needsSnapshot();
    viewer.setNeedsSnapshot(false);
    viewer.send(m_snapshot);
    if (wasOwed) {
        ++m_counters.snapshotsForSlowViewers;
        // It may have missed events, too.
        if (viewer.wantsEvents())
            reply(viewer, json::stateEvent(m_state));
    }
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

json::Stats ViewerHub::figures() const
{
    return {viewerCount(), m_generations.perSecond().value_or(0), m_bytes.perSecond().value_or(0)};
}

void ViewerHub::tend()
{
    const auto now = Viewer::Clock::now();
    forEachViewer([now](Viewer &viewer) { viewer.tend(now); });
    m_bytes.saw(m_counters.bytesSent, now);
    broadcastEvent(json::stats(*m_frame, figures()), Delivery::IfFree);
    Q_EMIT statsTaken(stats());
}

} // namespace conway
