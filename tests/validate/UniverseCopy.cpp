#include "tests/validate/UniverseCopy.h"

#include "core/TileSet.h"
#include "tests/validate/MessageShape.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace conway::validate {

using namespace Qt::StringLiterals;

namespace {

// Two viewers of one server are a few ticks apart at most, even at the shortest interval.
constexpr std::size_t kRememberedStates = 64;

/// A server that is held up for longer at the default interval is worth a line of its own.
constexpr quint64 kMostConflated = 20;

/// The largest universe the JSON stream carries.
constexpr qint64 kMaxSide = 256;

Result<CellGrid> readGrid(const QJsonObject &message)
{
    const QJsonArray rows = message.value(u"grid").toArray();
    const qint64 height = rows.size();
    const qint64 width = rows.isEmpty() ? 0 : rows.first().toArray().size();
    if (width < 1 || height < 1 || width > kMaxSide || height > kMaxSide)
        return Error{u"full_state of %1×%2 cells"_s.arg(width).arg(height)};
    if (message.value(u"size").toInteger() != std::max(width, height))
        return Error{u"full_state: \"size\" is not the larger side of its %1×%2 cells"_s.arg(width).arg(height)};
    if (message.value(u"width").toInteger(width) != width || message.value(u"height").toInteger(height) != height)
        return Error{u"full_state: \"width\" and \"height\" are not those of its %1×%2 cells"_s.arg(width).arg(height)};
    if (width != height && (!message.contains(u"width") || !message.contains(u"height")))
        return Error{u"full_state of %1×%2 cells without \"width\" and \"height\""_s.arg(width).arg(height)};

    CellGrid grid(static_cast<int>(width), static_cast<int>(height));
    for (int y = 0; y < grid.height(); ++y) {
        const QJsonArray row = rows.at(y).toArray();
        if (row.size() != width)
            return Error{u"full_state: row %1 has %2 cells, the first has %3"_s.arg(y).arg(row.size()).arg(width)};
        for (int x = 0; x < grid.width(); ++x) {
            const auto cell = wholeNumber(row.at(x));
            if (!cell || *cell > 1)
                return Error{u"full_state: cell (%1, %2) is neither 0 nor 1"_s.arg(x).arg(y)};
            grid.set(x, y, *cell == 1);
        }
    }
    return grid;
}

/// Sets the cells a delta names; what is wrong with it, or an empty text.
QString applyCells(const QJsonArray &deltas, CellGrid &cells)
{
    for (const auto &value : deltas) {
        const QJsonObject cell = value.toObject();
        const auto x = wholeNumber(cell.value(u"x"));
        const auto y = wholeNumber(cell.value(u"y"));
        if (cell.size() != 3 || !x || !y || !cell.value(u"alive").isBool())
            return u"delta: a cell that is not {\"x\", \"y\", \"alive\"}"_s;
        if (*x >= cells.width() || *y >= cells.height())
            return u"delta: cell (%1, %2) lies outside the universe"_s.arg(*x).arg(*y);
        const bool alive = cell.value(u"alive").toBool();
        if (cells.alive(static_cast<int>(*x), static_cast<int>(*y)) == alive)
            return u"delta: cell (%1, %2) was %3 already"_s.arg(*x).arg(*y).arg(alive ? u"alive" : u"dead");
        cells.set(static_cast<int>(*x), static_cast<int>(*y), alive);
    }
    return {};
}

} // namespace

Result<UniverseCopy::Change> UniverseCopy::take(const QJsonObject &message)
{
    return message.value(u"type").toString() == u"full_state" ? takeFullState(message) : takeDelta(message);
}

Result<UniverseCopy::Change> UniverseCopy::takeFullState(const QJsonObject &message)
{
    Result<CellGrid> grid = readGrid(message);
    if (!grid)
        return grid.error();
    // What was held before belongs to another history: ticks may come again with other cells.
    m_states.clear();
    remember({.tick = static_cast<quint64>(message.value(u"tick").toInteger()), .cells = std::move(*grid)});
    return Change::FullState;
}

Result<UniverseCopy::Change> UniverseCopy::takeDelta(const QJsonObject &message)
{
    if (m_states.empty())
        return Error{u"a delta before the first full_state"_s};

    const quint64 before = tick();
    State state{.tick = static_cast<quint64>(message.value(u"tick").toInteger()), .cells = cells()};
    const QString wrong = applyCells(message.value(u"deltas").toArray(), state.cells);
    const CellGrid from = cells();
    remember(state);
    if (!wrong.isEmpty())
        return Error{u"tick %1: "_s.arg(state.tick) + wrong};
    if (state.tick == before)
        return Change::Edit;
    if (state.tick < before || state.tick > before + kMostConflated)
        return Error{u"tick %1 came after tick %2"_s.arg(state.tick).arg(before)};
    m_conflated += static_cast<qint64>(state.tick - before) - 1;

    if (m_kernel) {
        CellGrid generation = from;
        CellGrid next(from.width(), from.height());
        TileSet changed(from.width(), from.height());
        for (quint64 computed = before; computed < state.tick; ++computed) {
            m_kernel->advance(generation, next, changed);
            std::swap(generation, next);
        }
        ++m_recomputed;
        if (generation != state.cells)
            return Error{u"tick %1 is not the generation that follows tick %2"_s.arg(state.tick).arg(before)};
    }
    return Change::Tick;
}

void UniverseCopy::remember(State state)
{
    m_states.push_back(std::move(state));
    if (m_states.size() > kRememberedStates)
        m_states.pop_front();
}

std::optional<bool> UniverseCopy::heldAt(quint64 tick, const CellGrid &cells) const
{
    std::optional<bool> held;
    for (const State &state : m_states) {
        if (state.tick == tick)
            held = held.value_or(false) || state.cells == cells; // an edit leaves several states of one tick
    }
    return held;
}

} // namespace conway::validate
