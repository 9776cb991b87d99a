#include "core/CellRow.h"

using namespace Qt::StringLiterals;

namespace conway {

std::optional<Error> readCellRow(TextCursor &text, PatternDraft &draft, qint64 x, qint64 y)
{
    while (!text.atLineEnd()) {
        const TextCursor place = text;
        const char cell = text.peek();
        const qint64 length = text.takeAll(cell);
        std::optional<Error> error;
        if (cell == 'O' || cell == '*')
            error = draft.canvas.setAlive(x, y, length);
        else if (cell == '.')
            error = draft.canvas.include(x, y, length, 1);
        else if (cell != ' ')
            return place.error(u"%1 is not a cell: dots are dead, O and * are alive"_s.arg(place.here()));
        if (error)
            return place.error(*error);
        x += length;
    }
    return std::nullopt;
}

} // namespace conway
