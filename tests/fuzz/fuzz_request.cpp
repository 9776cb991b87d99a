#include "core/ConwayEngine.h"
#include "server/Limits.h"
#include "server/ViewerRequest.h"
#include "tests/fuzz/Require.h"

#include <QJsonDocument>

#include <cstdlib>

// The viewers' commands under libFuzzer: each is understood, within its limits, or refused with a code and a sentence,
// and the answer to either is JSON.

using namespace conway;

namespace {

constexpr int kWidth = 300;
constexpr int kHeight = 20;

void requireFits(int width, int height)
{
    require(width > 0 && height > 0 && qint64{width} * height <= limits::kViewerUniverseCells);
}

/// What the engine is asked must be what it can do.
void look(const Command::Action &command)
{
    if (const auto *edit = std::get_if<EditCommand>(&command)) {
        require(!edit->cells.isEmpty() && edit->cells.size() <= limits::kEditCells);
        for (const CellEdit &cell : edit->cells)
            require(cell.x >= 0 && cell.x < kWidth && cell.y >= 0 && cell.y < kHeight);
    }
    if (const auto *speed = std::get_if<SpeedCommand>(&command))
        require(speed->intervalMs == ConwayEngine::kTurbo ||
                (speed->intervalMs >= ConwayEngine::kMinInterval && speed->intervalMs <= ConwayEngine::kMaxInterval));
    if (const auto *stamp = std::get_if<StampCommand>(&command)) {
        requireFits(stamp->pattern->width(), stamp->pattern->height());
        require(std::abs(stamp->x) <= CellGrid::kMaxSide && std::abs(stamp->y) <= CellGrid::kMaxSide);
    }
    if (const auto *load = std::get_if<LoadCommand>(&command)) {
        const UniversePlan &plan = load->plan;
        requireFits(plan.width, plan.height);
        require(plan.pattern->cells.width() <= plan.width && plan.pattern->cells.height() <= plan.height);
        require(plan.topology == Topology::Torus || !plan.rule.births(0));
    }
    if (const auto *fill = std::get_if<FillCommand>(&command))
        require(fill->soup.density <= Soup::kFull);
    if (const auto *resize = std::get_if<ResizeCommand>(&command))
        requireFits(resize->width, resize->height);
}

void look(const RefusedRequest &refused)
{
    require(!refused.code.isEmpty() && !refused.message.isEmpty());
    require(QJsonDocument::fromJson(json::error(refused.code, refused.message, refused.echo)).isObject());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(QByteArrayView(data, static_cast<qsizetype>(size)));
    EngineState universe;
    universe.width = kWidth;
    universe.height = kHeight;
    const auto parsed = ViewerMessage::parse(text);
    if (const auto *refused = std::get_if<RefusedRequest>(&parsed)) {
        look(*refused);
        return 0;
    }
    const auto &message = std::get<ViewerMessage>(parsed);
    require(QJsonDocument::fromJson(json::ack(message.echo())).isObject());
    const auto read = message.read(universe);
    if (const auto *refused = std::get_if<RefusedRequest>(&read)) {
        look(*refused);
        return 0;
    }
    const auto &request = std::get<ViewerRequest>(read);
    const auto *command = std::get_if<Command::Action>(&request);
    require(message.word().needsOperator == (command != nullptr));
    if (command)
        look(*command);
    if (const auto *view = std::get_if<ViewRequest>(&request)) {
        require(!view->level || (*view->level >= 0 && *view->level <= limits::kMaxLevel));
        require(!view->area || (view->area->x() >= 0 && view->area->y() >= 0 && !view->area->isEmpty()));
        require(view->maxFps >= 0 && view->maxFps <= limits::kMaxFps);
    }
    if (const auto *pin = std::get_if<PinRequest>(&request))
        require(isPin(pin->pin));
    return 0;
}
