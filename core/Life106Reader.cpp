#include "core/PatternDraft.h"

using namespace Qt::StringLiterals;

// Source: LifeWiki, "Life 1.06": a line for each living cell, with its x and y.

namespace conway {

std::optional<Error> readLife106(TextCursor text, PatternDraft &draft)
{
    while (!text.atEnd()) {
        const TextCursor place = text;
        if (text.take('#')) {
            const QByteArrayView line = text.takeLine();
            if (!line.startsWith("Life"))
                draft.addComment(line.trimmed());
            continue;
        }
        if (text.takeBlankLine())
            continue;
        const auto cell = text.takePoint();
        text.skipBlanks();
        if (!cell || !text.atLineEnd())
            return place.error(u"a cell is its x and y, within 32 bits each, such as -3 12"_s);
        if (const auto error = draft.canvas.setAlive(cell->x(), cell->y(), 1))
            return place.error(*error);
        text.takeLineBreak();
    }
    draft.setPositionFromCanvas();
    return std::nullopt;
}

} // namespace conway
