#include "core/PatternDraft.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// Run length encoding. Sources: LifeWiki, "Run Length Encoded"; Golly's help, "Golly file formats", for #CXRLE and for
// states other than dead and alive.

namespace conway {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// All of `text` as a point.
std::optional<QPoint> readPoint(QByteArrayView text)
{
    TextCursor words(text);
    const auto point = words.takePoint();
    words.skipBlanks();
    return words.atEnd() ? point : std::nullopt;
}

/// "#CXRLE Pos=-12,5 Gen=100", without what marks it. False if anything in it was not understood.
bool readExtension(TextCursor text, Pattern &pattern)
{
    constexpr QByteArrayView kPosition = "Pos=";
    constexpr QByteArrayView kGeneration = "Gen=";
    bool understood = true;
    for (text.skipBlanks(); !text.atLineEnd(); text.skipBlanks()) {
        const QByteArrayView word = text.takeWord();
        if (word.startsWith(kPosition)) {
            const auto position = readPoint(word.sliced(kPosition.size()));
            if (position)
                pattern.position = position;
            understood = understood && position;
        } else if (word.startsWith(kGeneration)) {
            bool isNumber = false;
            pattern.generation = word.sliced(kGeneration.size()).toULongLong(&isNumber);
            understood = understood && isNumber;
        } else {
            understood = false;
        }
    }
    return understood;
}

/// A line that begins with #. What is not understood is kept as a comment, whole.
std::optional<Error> readMark(TextCursor &text, PatternDraft &draft)
{
    constexpr QByteArrayView kExtension = "#CXRLE";
    const TextCursor place = text;
    const QByteArrayView line = text.takeLine();
    const auto isBlankAt = [line](qsizetype i) { return line.size() <= i || line[i] == ' ' || line[i] == '\t'; };
    const auto after = [line](qsizetype i) { return line.sliced(std::min(line.size(), i)); };

    if (isBlankAt(1)) {
        draft.addComment(after(2));
        return std::nullopt;
    }
    if (line.startsWith(kExtension) && readExtension(TextCursor(line.sliced(kExtension.size())), draft.pattern))
        return std::nullopt;

    switch (isBlankAt(2) ? line[1] : '\0') {
    case 'C':
    case 'c':
    case 'D':
        draft.addComment(after(3));
        return std::nullopt;
    case 'N':
        draft.setName(after(3));
        return std::nullopt;
    case 'O':
        draft.setAuthor(after(3));
        return std::nullopt;
    case 'P':
    case 'R':
        if (const auto position = readPoint(after(3))) {
            draft.pattern.position = position;
            return std::nullopt;
        }
        break;
    case 'r':
        return draft.setRule(after(3), place);
    default:
        break;
    }
    draft.addComment(line);
    return std::nullopt;
}

/// "x =", and nothing where that does not stand. Letters come back as they are written.
std::optional<QByteArrayView> takeKey(TextCursor &text)
{
    TextCursor ahead = text;
    ahead.skipBlanks();
    const TextCursor start = ahead;
    while (isLetter(ahead.peek()))
        ahead.step();
    const QByteArrayView key = ahead.since(start);
    ahead.skipBlanks();
    if (key.isEmpty() || !ahead.take('='))
        return std::nullopt;
    ahead.skipBlanks();
    text = ahead;
    return key;
}

bool isKey(QByteArrayView key, QByteArrayView name)
{
    return key.compare(name, Qt::CaseInsensitive) == 0;
}

/// Cells have no "=", so a header cannot be mistaken, whatever its first key is.
bool standsAtHeader(TextCursor text)
{
    return takeKey(text).has_value();
}

/// Up to the end of the line or to a comma with another key behind it: the rule B3/S23:T30,20 has a comma of its own.
QByteArrayView takeValue(TextCursor &text)
{
    const TextCursor start = text;
    for (; !text.atLineEnd(); text.step()) {
        TextCursor ahead = text;
        if (!ahead.take(','))
            continue;
        ahead.skipBlanks();
        if (ahead.atLineEnd() || takeKey(ahead))
            break;
    }
    return text.since(start).trimmed();
}

/// "x = 3, y = 3, rule = B3/S23"
std::optional<Error> readHeader(TextCursor &text, PatternDraft &draft)
{
    const TextCursor line = text;
    qint64 width = 0;
    qint64 height = 0;
    do {
        text.skipBlanks();
        if (text.atLineEnd())
            break;
        const auto key = takeKey(text);
        if (!key)
            return text.error(u"%1 where the header goes on with a name and \"=\", such as x = 3"_s.arg(text.here()));
        const TextCursor place = text;
        const QByteArrayView value = takeValue(text);
        if (isKey(*key, "x") || isKey(*key, "y")) {
            TextCursor number(value);
            (isKey(*key, "x") ? width : height) = number.takeNumber();
            if (value.isEmpty() || !number.atEnd())
                return place.error(u"the size %1 is not a number"_s.arg(QLatin1StringView(key->data(), 1)));
        } else if (isKey(*key, "rule")) {
            if (auto error = draft.setRule(value, place))
                return error;
        }
    } while (text.take(','));

    if (const auto error = draft.canvas.include(0, 0, width, height))
        return line.error(*error);
    draft.pattern.sizeLine = line.line();
    return std::nullopt;
}

class Cells
{
public:
    explicit Cells(PatternDraft &draft)
        : m_draft(draft)
    {
    }

    /// Runs, one after the other: a count, unless it is 1, and what there is so many times. Stands at the blank, the
    /// line's end or the "!" after them; there is one run at least.
    std::optional<Error> readRuns(TextCursor &text)
    {
        for (;; text.step()) {
            const TextCursor place = text;
            if (text.peek() == '0')
                return text.error(u"a count begins with 0"_s);
            const bool isCounted = text.standsAtDigit();
            const qint64 count = isCounted ? text.takeNumber() : 1;
            const char what = text.peek();
            if (what == 'b' || what == '.') {
                m_x = std::min(m_x + count, TextCursor::kFar);
            } else if (what == 'o' || (what >= 'A' && what <= 'X')) {
                if (what != 'o')
                    m_draft.addRemark(
                        u"Its cells have more than two states; all but the dead ones are taken as alive."_s);
                if (const auto error = m_draft.canvas.setAlive(m_x, m_y, count))
                    return place.error(*error);
                m_x += count;
            } else if (what == '$') {
                m_x = 0;
                m_y = std::min(m_y + count, TextCursor::kFar);
            } else if (isCounted) {
                return text.error(u"%1 after a count: b, o or $ belongs right behind it"_s.arg(text.here()));
            } else if (what == '!' || what == ' ' || what == '\t' || text.atLineEnd()) {
                return std::nullopt;
            } else {
                return text.error(
                    u"%1 is not a cell: b is dead, o is alive, $ ends a row, ! ends the pattern"_s.arg(text.here()));
            }
        }
    }

private:
    PatternDraft &m_draft;
    qint64 m_x = 0;
    qint64 m_y = 0;
};

/// All that follows the end of the pattern is comment.
void readAfterwords(TextCursor &text, PatternDraft &draft)
{
    while (!text.atEnd()) {
        const QByteArrayView line = text.takeLine();
        if (!line.trimmed().isEmpty())
            draft.addComment(line);
    }
}

} // namespace

std::optional<Error> readRle(TextCursor text, PatternDraft &draft)
{
    // The pattern begins at 0,0, even where its first rows and columns are dead.
    if (auto error = draft.canvas.include(0, 0, 1, 1))
        return error;

    Cells cells(draft);
    bool hasHeader = false;
    bool hasCells = false;
    bool hasEnd = false;
    bool lineBegins = true;
    for (text.skipBlanks(); !text.atEnd(); text.skipBlanks()) {
        std::optional<Error> error;
        if (text.takeLineBreak()) {
            lineBegins = true;
            continue;
        }
        if (lineBegins && text.peek() == '#') {
            error = readMark(text, draft);
        } else if (!hasHeader && !hasCells && standsAtHeader(text)) {
            hasHeader = true;
            error = readHeader(text, draft);
        } else if (text.take('!')) {
            hasCells = true;
            hasEnd = true;
            readAfterwords(text, draft);
        } else {
            hasCells = true;
            lineBegins = false;
            error = cells.readRuns(text);
        }
        if (error)
            return error;
    }
    if (!hasHeader && !hasCells)
        return text.error(u"there is no pattern in it"_s);
    if (!hasEnd)
        draft.addRemark(u"It has no \"!\" at its end; perhaps a part of it is missing."_s);
    return std::nullopt;
}

} // namespace conway
