#include "server/JsonStream.h"

#include "server/Limits.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <bit>
#include <cmath>

using namespace Qt::StringLiterals;

namespace conway::json {

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// Figures for people: a decimal is enough, and keeps the message short.
double rounded(double value)
{
    return std::round(value * 10) / 10;
}

void addEcho(QJsonObject &object, const Echo &echo)
{
    if (echo.id)
        object["id"_L1] = *echo.id;
    if (echo.t)
        object["t"_L1] = *echo.t;
}

QJsonObject describe(const EngineState &state)
{
    return {{u"running"_s, state.running}, {u"intervalMs"_s, state.intervalMs}, {u"rule"_s, state.rule.toString()}};
}

/// Appends an entry for each set bit of `difference`, word `word` of row y, with the cell's new state.
void appendDeltas(QByteArray &text, CellGrid::Word difference, CellGrid::Word cells, std::size_t word, int y)
{
    while (difference != 0) {
        const int bit = std::countr_zero(difference);
        const bool alive = (cells >> bit) & 1U;
        text += "{\"x\":" + QByteArray::number(static_cast<int>(word) * CellGrid::kWordBits + bit) +
                ",\"y\":" + QByteArray::number(y) + (alive ? ",\"alive\":true}," : ",\"alive\":false},");
        difference &= difference - 1;
    }
}

/// The generation is only told where it is another number: in turbo a tick is many of them.
QByteArray time(const Frame &frame)
{
    QByteArray text = "\"tick\":" + QByteArray::number(frame.tick);
    if (frame.generation != frame.tick)
        text += ",\"generation\":" + QByteArray::number(frame.generation);
    return text;
}

} // namespace

bool fits(int width, int height)
{
    return qint64{width} * height <= limits::kJsonCells;
}

QByteArray fullState(const Frame &frame)
{
    const CellGrid &cells = frame.cells;
    QByteArray text;
    text.reserve(qsizetype{cells.width()} * cells.height() * 2 + cells.height() * 2 + 100);
    text += "{\"type\":\"full_state\"," + time(frame) + ",\"grid\":[";
    for (int y = 0; y < cells.height(); ++y) {
        text += y == 0 ? "[" : ",[";
        for (int x = 0; x < cells.width(); ++x) {
            if (x > 0)
                text += ',';
            text += cells.alive(x, y) ? '1' : '0';
        }
        text += ']';
    }
    text += "],\"size\":" + QByteArray::number(std::max(cells.width(), cells.height()));
    if (cells.width() != cells.height()) {
        text += ",\"width\":" + QByteArray::number(cells.width()) + ",\"height\":" + QByteArray::number(cells.height());
    }
    text += '}';
    return text;
}

QByteArray delta(const Frame &from, const Frame &to)
{
    const bool consecutive = to.sequence == from.sequence + 1;
    QByteArray text = "{\"type\":\"delta\"," + time(to) + ",\"deltas\":[";
    const qsizetype empty = text.size();
    for (int y = 0; y < to.cells.height(); ++y) {
        const auto before = from.cells.row(y);
        const auto after = to.cells.row(y);
        for (std::size_t i = 0; i < after.size(); ++i) {
            const int tile = static_cast<int>(i * CellGrid::kWordBits) >> TileSet::kTileShift;
            if (!consecutive || to.changedTiles.contains(tile, y >> TileSet::kTileShift))
                appendDeltas(text, before[i] ^ after[i], after[i], i, y);
        }
    }
    if (text.size() > empty)
        text.chop(1); // the comma after the last entry
    text += "]}";
    return text;
}

QByteArray ack(const Echo &echo)
{
    QJsonObject object{{u"type"_s, u"ack"_s}};
    addEcho(object, echo);
    return compact(object);
}

QByteArray pong(quint64 tick, const Echo &echo)
{
    QJsonObject object{{u"type"_s, u"pong"_s}, {u"tick"_s, static_cast<qint64>(tick)}};
    addEcho(object, echo);
    return compact(object);
}

QByteArray error(QStringView code, const QString &message, const Echo &echo)
{
    QJsonObject object{{u"type"_s, u"error"_s}, {u"code"_s, code.toString()}, {u"message"_s, message}};
    addEcho(object, echo);
    return compact(object);
}

QByteArray hello(const EngineState &state, const QString &version, const Echo &echo)
{
    QJsonObject object = describe(state);
    object["type"_L1] = u"hello"_s;
    object["protocol"_L1] = 1;
    object["width"_L1] = state.width;
    object["height"_L1] = state.height;
    object["topology"_L1] = u"torus"_s;
    object["role"_L1] = u"operator"_s;
    object["version"_L1] = version;
    addEcho(object, echo);
    return compact(object);
}

QByteArray stateEvent(const EngineState &state)
{
    QJsonObject object = describe(state);
    object["type"_L1] = u"state"_s;
    object["cause"_L1] = state.cause;
    object["by"_L1] = state.by;
    return compact(object);
}

QByteArray stats(const Frame &frame, const Stats &stats)
{
    return compact({{u"type"_s, u"stats"_s},
                    {u"generation"_s, static_cast<qint64>(frame.generation)},
                    {u"population"_s, frame.population},
                    {u"births"_s, frame.births},
                    {u"deaths"_s, frame.deaths},
                    {u"viewers"_s, static_cast<qint64>(stats.viewers)},
                    {u"attainedPerSecond"_s, rounded(stats.attainedPerSecond)},
                    {u"bytesPerSecond"_s, std::round(stats.bytesPerSecond)}});
}

} // namespace conway::json
