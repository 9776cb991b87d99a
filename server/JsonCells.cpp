#include "server/JsonCells.h"

#include "core/CellChanges.h"
#include "server/Limits.h"

#include <algorithm>

namespace conway::json {

namespace {

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
    TileSet everywhere;
    const bool isNext = to.sequence == from.sequence + 1;
    if (!isNext) {
        everywhere = TileSet(to.cells.width(), to.cells.height());
        everywhere.markAll();
    }
    QByteArray text = "{\"type\":\"delta\"," + time(to) + ",\"deltas\":[";
    const qsizetype empty = text.size();
    forEachChange(from.cells, to.cells, isNext ? to.changedTiles : everywhere, [&text](int x, int y, bool isAlive) {
        text += "{\"x\":" + QByteArray::number(x) + ",\"y\":" + QByteArray::number(y) +
                (isAlive ? ",\"alive\":true}," : ",\"alive\":false},");
    });
    if (text.size() > empty)
        text.chop(1); // the comma after the last entry
    text += "]}";
    return text;
}

} // namespace conway::json
