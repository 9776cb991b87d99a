#include "server/Broadcast.h"

#include "server/JsonCells.h"
#include "server/JsonMessages.h"
#include "server/Limits.h"
#include "server/Logging.h"
#include "server/WebSocketFrame.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

/// The brief's: a line in the log every so many ticks.
constexpr quint64 kLogEveryTicks = 10;

constexpr int kEveryFrame = 0;

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

Broadcast::Broadcast(FramePtr frame, Audience &audience, ServerCounters &counters, QObject *parent)
    : QObject(parent)
    , m_frame(std::move(frame))
    , m_audience(audience)
    , m_counters(counters)
{
    connect(&m_audience, &Audience::left, this, [](Viewer *viewer) {
        Seat &seat = viewer->seat();
        if (Lane *lane = std::exchange(seat.lane, nullptr))
            lane->leave(seat.isBinary);
    });
}

Broadcast::~Broadcast() = default;

void Broadcast::join(Viewer &viewer)
{
    connect(&viewer, &Viewer::drained, this, [this, &viewer] { bringUpToDate(viewer); });
    sit(viewer, kEveryFrame);
}

Lane &Broadcast::laneFor(int rate)
{
    const auto [found, isNew] = m_lanes.try_emplace(rate, rate);
    Lane &lane = found->second;
    if (isNew)
        connect(&lane.cadence, &Cadence::due, this, [this, &lane] { deliver(lane); });
    return lane;
}

/// From now on the viewer gets frames of that rate. It needs a snapshot first.
void Broadcast::sit(Viewer &viewer, int rate)
{
    Seat &seat = viewer.seat();
    if (seat.lane)
        seat.lane->leave(seat.isBinary);
    seat.lane = &laneFor(rate);
    seat.lane->join(seat.isBinary, m_frame);
}

void Broadcast::publish(const FramePtr &frame)
{
    const FramePtr previous = std::exchange(m_frame, frame);
    for (auto &[rate, lane] : m_lanes)
        lane.cadence.offer(frame);
    if (frame->epoch == previous->epoch && frame->tick != previous->tick)
        countTicks(*previous, *frame);
}

/// A lane's viewers go on to its pending frame.
void Broadcast::deliver(Lane &lane)
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
    m_audience.forEach([&](Viewer &viewer) {
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

void Broadcast::bringUpToDate(Viewer &viewer)
{
    if (viewer.isBehind(0))
        viewer.setNeedsSnapshot(true);
    else
        sendSnapshot(viewer);
}

void Broadcast::sendSnapshot(Viewer &viewer)
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
        viewer.noteLimit(Limit::JsonCells);
        viewer.turnAway(u"too_large_for_json",
                        u"This universe of %1×%2 is too large for JSON, which takes at most %3 "
                        "cells; it needs the binary stream, subprotocol conway.v2."_s.arg(cells.width())
                            .arg(cells.height())
                            .arg(limits::kJsonCells));
    } else {
        if (lane.jsonSnapshot.isEmpty())
            lane.jsonSnapshot = textFrame(json::fullState(*frame));
        viewer.send(lane.jsonSnapshot);
    }
    if (!wasOwed)
        return;
    ++m_counters.snapshotsForSlowViewers;
    Q_EMIT caughtUp(&viewer);
}

std::optional<RefusedRequest> Broadcast::show(Viewer &viewer, const ViewRequest &wanted, const json::Echo &echo)
{
    Seat &seat = viewer.seat();
    const FramePtr frame = seat.lane->cadence.frame();
    const auto area = seat.isBinary ? areaOf(wanted, sizeOf(*frame)) : Error{u"Only conway.v2 has views."_s};
    if (!area)
        return RefusedRequest{u"bad_field", area.error().message, echo,
                              area.error().isLimit ? std::optional(Limit::ViewValues) : std::nullopt};
    const bool wasPaused = std::exchange(seat.wanted, wanted).paused;
    // One that it never got to see is answered, too.
    if (const json::Echo superseded = std::exchange(seat.echo, echo); superseded.id)
        viewer.say(json::ack(superseded));
    const ViewArea held = seat.area;
    const int rate = Cadence::rateFor(wanted.maxFps);
    if (rate != seat.lane->cadence.rate()) {
        sit(viewer, rate);
        bringUpToDate(viewer);
    } else if (wasPaused || viewer.needsSnapshot() || viewer.isBehind(0) || area->level != held.level) {
        bringUpToDate(viewer);
    } else {
        see(viewer, *frame);
        if (!wanted.paused && !held.tiles.contains(seat.area.tiles))
            viewer.send(seat.lane->binary->tiles(seat.area, held));
    }
    return {};
}

/// What the viewer wants to see, as far as the universe of `frame` has it; it is told when that is news.
void Broadcast::see(Viewer &viewer, const Frame &frame)
{
    Seat &seat = viewer.seat();
    const QSize universe = sizeOf(frame);
    // The universe may have come to a size in which there is no such view any more.
    const auto area = areaOf(seat.wanted, universe);
    seat.area = area ? *area : *areaOf({}, universe);
    const json::View view{seat.area.level, seat.area.cells(universe), seat.lane->cadence.rate(), seat.wanted.paused};
    const json::Echo echo = std::exchange(seat.echo, {});
    if (view != seat.told || echo.id)
        viewer.say(json::viewEvent(view, echo));
    seat.told = view;
}

void Broadcast::countTicks(const Frame &previous, const Frame &frame)
{
    m_counters.ticks += frame.tick - previous.tick;
    m_counters.lateTicks += frame.lateness > kLateAfter ? 1 : 0;
    m_counters.worstLateness = std::max(m_counters.worstLateness, frame.lateness);
    const qsizetype bytes = std::exchange(m_largestDelta, 0);
    if (frame.tick / kLogEveryTicks != previous.tick / kLogEveryTicks) {
        qCInfo(lcServer).noquote() << u"tick %1: %2 deltas, %3 bytes, %4 viewers"_s.arg(frame.tick)
                                          .arg(frame.births + frame.deaths)
                                          .arg(bytes)
                                          .arg(m_audience.size());
    }
}

} // namespace conway

#include "moc_Broadcast.cpp"
