#include "tests/bench/load/JsonJudge.h"

#include "core/TileSet.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

/// The largest universe the stream carries: docs/protocol.md.
constexpr qint64 kMaxCells = 256 * 256;
/// In turbo a tick is as many generations as can be made: computing them all would be a second engine.
constexpr quint64 kMostComputed = 64;

Outcome wrong(CopyPtr copy, const QString &fault)
{
    return {.kind = Outcome::Kind::Wrong, .copy = std::move(copy), .fault = fault};
}

quint64 numberOf(const QJsonObject &message, QLatin1StringView field)
{
    return static_cast<quint64>(message.value(field).toInteger());
}

quint64 generationOf(const QJsonObject &message)
{
    return numberOf(message, message.contains("generation"_L1) ? "generation"_L1 : "tick"_L1);
}

Result<CellGrid> readGrid(const QJsonArray &rows)
{
    const qint64 height = rows.size();
    const qint64 width = rows.isEmpty() ? 0 : rows.first().toArray().size();
    if (width < 1 || width * height > kMaxCells)
        return Error{u"full_state of %1×%2 cells"_s.arg(width).arg(height)};
    CellGrid grid(static_cast<int>(width), static_cast<int>(height));
    for (int y = 0; y < grid.height(); ++y) {
        const QJsonArray row = rows.at(y).toArray();
        if (row.size() != width)
            return Error{u"full_state: its rows differ in length"_s};
        for (int x = 0; x < grid.width(); ++x) {
            const int cell = row.at(x).toInt(-1);
            if (cell != 0 && cell != 1)
                return Error{u"full_state: a cell that is neither 0 nor 1"_s};
            grid.set(x, y, cell == 1);
        }
    }
    return grid;
}

Outcome judgeFullState(const CopyPtr &held, const QJsonObject &message)
{
    const auto grid = readGrid(message.value("grid"_L1).toArray());
    if (!grid)
        return wrong(held, grid.error().message);
    if (message.value("size"_L1).toInt() != std::max(grid->width(), grid->height()) ||
        message.value("width"_L1).toInt(grid->width()) != grid->width() ||
        message.value("height"_L1).toInt(grid->height()) != grid->height())
        return wrong(held, u"full_state: the size it says is not that of its grid"_s);
    return {.kind = Outcome::Kind::Whole,
            .copy = std::make_shared<JsonCopy>(numberOf(message, "tick"_L1), generationOf(message), *grid)};
}

/// Sets the cells a delta names; false if that makes no sense.
bool apply(const QJsonArray &deltas, CellGrid &cells)
{
    return std::all_of(deltas.begin(), deltas.end(), [&cells](const QJsonValue &value) {
        const QJsonObject cell = value.toObject();
        const int x = cell.value("x"_L1).toInt(-1);
        const int y = cell.value("y"_L1).toInt(-1);
        const QJsonValue alive = cell.value("alive"_L1);
        if (!cells.contains(x, y) || !alive.isBool() || cells.alive(x, y) == alive.toBool())
            return false;
        cells.set(x, y, alive.toBool());
        return true;
    });
}

} // namespace

JsonCopy::JsonCopy(quint64 tick, quint64 generation, CellGrid cells)
    : m_tick(tick)
    , m_generation(generation)
    , m_cells(std::move(cells))
{
}

bool JsonCopy::agrees(const Copy &other) const
{
    const auto *json = dynamic_cast<const JsonCopy *>(&other);
    return json != nullptr && json->m_tick == m_tick && json->m_cells == m_cells;
}

JsonJudge::JsonJudge(const std::optional<Rule> &rule)
{
    if (rule)
        m_kernel.emplace(*rule);
}

Outcome JsonJudge::judge(const CopyPtr &held, Opcode opcode, QByteArrayView payload)
{
    if (opcode != Opcode::Text)
        return wrong(held, u"a binary message in the JSON stream"_s);
    const auto document = QJsonDocument::fromJson(QByteArray::fromRawData(payload.data(), payload.size()));
    if (!document.isObject())
        return wrong(held, u"a message that is no JSON object"_s);
    const QJsonObject message = document.object();
    const QString type = message.value("type"_L1).toString();
    if (type == "full_state"_L1)
        return judgeFullState(held, message);
    if (type != "delta"_L1)
        return {.kind = Outcome::Kind::Event, .copy = held};
    if (!held)
        return wrong(held, u"a delta before the first full_state"_s);
    return judgeDelta(dynamic_cast<const JsonCopy &>(*held), message);
}

Outcome JsonJudge::judgeDelta(const JsonCopy &held, const QJsonObject &message)
{
    const quint64 tick = numberOf(message, "tick"_L1);
    CellGrid cells = held.cells();
    const bool makesSense = apply(message.value("deltas"_L1).toArray(), cells);
    Outcome outcome{.kind = Outcome::Kind::Step,
                    .copy = std::make_shared<JsonCopy>(tick, generationOf(message), cells),
                    .fault = {},
                    .conflated = tick > held.moment() + 1,
                    .tick = tick != held.moment()};
    if (tick < held.moment()) {
        outcome.kind = Outcome::Kind::Gap;
        outcome.fault = u"tick %1 after tick %2"_s.arg(tick).arg(held.moment());
    } else if (!makesSense) {
        outcome.kind = Outcome::Kind::Wrong;
        outcome.fault = u"tick %1: a cell that does not change, or is none"_s.arg(tick);
    } else if (outcome.tick && !follows(held.cells(), generationOf(message) - held.generation(), cells)) {
        outcome.kind = outcome.conflated ? Outcome::Kind::Gap : Outcome::Kind::Wrong;
        outcome.fault = u"tick %1 is not what the rule makes of tick %2"_s.arg(tick).arg(held.moment());
    }
    return outcome;
}

bool JsonJudge::follows(const CellGrid &from, quint64 generations, const CellGrid &to)
{
    if (!m_kernel || generations > kMostComputed)
        return true;
    CellGrid now = from;
    CellGrid next(from.width(), from.height());
    TileSet changed(from.width(), from.height());
    for (quint64 i = 0; i < generations; ++i) {
        m_kernel->advance(now, next, changed);
        std::swap(now, next);
    }
    return now == to;
}

} // namespace conway::load
