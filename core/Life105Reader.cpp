#include "core/CellRow.h"

using namespace Qt::StringLiterals;

// Source: "Life 1.05" on LifeWiki and at ibiblio.org/lifepatterns: blocks of rows, each block at a place of its own.

namespace conway {

namespace {

/// A line that begins with #, behind that.
std::optional<Error> readMark(TextCursor &text, PatternDraft &draft, qint64 &x, qint64 &y)
{
    const TextCursor place = text;
    const char letter = text.atLineEnd() ? '\0' : text.peek();
    const QByteArrayView line = text.takeLine();
    const QByteArrayView rest = line.sliced(line.isEmpty() ? 0 : 1);
    switch (letter) {
    case 'L': // "#Life 1.05"
        return std::nullopt;
    case 'N':
        draft.pattern.rule = Rule();
        return std::nullopt;
    case 'R':
        return draft.setRule(rest, place);
    case 'P':
        if (const auto point = TextCursor(rest).takePoint()) {
            x = point->x();
            y = point->y();
            return std::nullopt;
        }
        return place.error(u"a block of cells begins with its corner, such as #P -3 12"_s);
    case 'D':
    case 'C':
        draft.addComment(rest.trimmed());
        return std::nullopt;
    default:
        draft.addComment(line.trimmed());
        return std::nullopt;
    }
}

} // namespace

std::optional<Error> readLife105(TextCursor text, PatternDraft &draft)
{
    qint64 x = 0; // where the next row begins
    qint64 y = 0;
    while (!text.atEnd()) {
        std::optional<Error> error;
        if (text.take('#')) {
            error = readMark(text, draft, x, y);
        } else if (!text.takeBlankLine()) {
            // A row without living cells has a dot at least: a blank line is none.
            error = readCellRow(text, draft, x, y++);
            text.takeLineBreak();
        }
        if (error)
            return error;
    }
    draft.setPositionFromCanvas();
    return std::nullopt;
}

} // namespace conway
