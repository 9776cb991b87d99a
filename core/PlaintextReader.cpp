#include "core/CellRow.h"

// Source: LifeWiki, "Plaintext".

namespace conway {

namespace {

/// What begins with `key`, in any case, loses it.
bool takeKey(QByteArrayView &line, QByteArrayView key)
{
    if (line.size() < key.size() || line.first(key.size()).compare(key, Qt::CaseInsensitive) != 0)
        return false;
    line = line.sliced(key.size());
    return true;
}

/// A line that begins with "!". Nobody else knows "!Rule:"; to them it is a comment, and to us too if it is not one.
void readNote(TextCursor &text, PatternDraft &draft)
{
    const TextCursor place = text;
    QByteArrayView line = text.takeLine().sliced(1);
    const QByteArrayView whole = line;
    if (takeKey(line, "Name:")) {
        draft.setName(line);
    } else if (takeKey(line, "Author:")) {
        draft.setAuthor(line);
    } else if (!takeKey(line, "Rule:") || draft.setRule(line, place)) {
        const bool isApart = whole.startsWith(' ');
        draft.addComment(whole.sliced(isApart ? 1 : 0));
    }
}

} // namespace

std::optional<Error> readPlaintext(TextCursor text, PatternDraft &draft)
{
    qint64 y = 0;
    while (!text.atEnd()) {
        if (text.peek() == '!') {
            readNote(text, draft);
            continue;
        }
        if (text.take('#')) { // RLE's mark for a comment, seen in plaintext too
            draft.addComment(text.takeLine().trimmed());
            continue;
        }
        if (auto error = readCellRow(text, draft, 0, y))
            return error;
        text.takeLineBreak();
        ++y;
    }
    return std::nullopt;
}

} // namespace conway
