#include "core/PatternFile.h"

#include "core/PatternDraft.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

/// A drawn row, as in plaintext; RLE that looks like one has no header and is no row's end either.
bool isDrawn(QByteArrayView line)
{
    return std::all_of(line.begin(), line.end(), [](char c) { return c == '.' || c == 'O' || c == '*' || c == ' '; });
}

/// Pattern files are text: what has other control characters than white space is something else. Where the first is.
std::optional<Error> findControlCharacter(QByteArrayView file)
{
    const auto isOne = [](char c) { return static_cast<uchar>(c) < ' ' && c != '\n' && c != '\r' && c != '\t'; };
    // Counting all of them is many times faster than looking for the first, and nearly no file has any.
    if (std::count_if(file.begin(), file.end(), isOne) == 0)
        return std::nullopt;
    const char *const found = std::find_if(file.begin(), file.end(), isOne);
    TextCursor place(file);
    while (place.peek() != *found) {
        if (!place.takeLineBreak())
            place.step();
    }
    return place.error(u"%1 does not belong in a text: this is no pattern file"_s.arg(place.here()));
}

PatternReader *readerOf(PatternFormat format)
{
    switch (format) {
    case PatternFormat::Rle:
        return readRle;
    case PatternFormat::Plaintext:
        return readPlaintext;
    case PatternFormat::Life105:
        return readLife105;
    case PatternFormat::Life106:
        return readLife106;
    }
    Q_UNREACHABLE();
}

} // namespace

PatternFormat detectPatternFormat(QByteArrayView file)
{
    for (TextCursor text(file); !text.atEnd();) {
        const QByteArrayView line = text.takeLine().trimmed();
        if (line.startsWith("#Life 1.06"))
            return PatternFormat::Life106;
        if (line.startsWith("#Life 1.0"))
            return PatternFormat::Life105;
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        return line.startsWith('!') || isDrawn(line) ? PatternFormat::Plaintext : PatternFormat::Rle;
    }
    return PatternFormat::Rle;
}

Result<Pattern> readPattern(QByteArrayView file, const PatternLimits &limits)
{
    // What is too large is not even looked at.
    const bool isTooLarge = file.size() > limits.maxBytes;
    return readPatternAs(isTooLarge ? PatternFormat::Rle : detectPatternFormat(file), file, limits);
}

Result<Pattern> readPatternAs(PatternFormat format, QByteArrayView file, const PatternLimits &limits)
{
    if (file.size() > limits.maxBytes)
        return Error{u"the file has %1 bytes, and %2 are allowed"_s.arg(file.size()).arg(limits.maxBytes)};
    // DOS ended texts with Control-Z.
    while (file.endsWith('\x1a'))
        file.chop(1);
    if (const auto error = findControlCharacter(file))
        return *error;

    PatternCanvas canvas(limits.maxCells);
    PatternReader *const reader = readerOf(format);
    PatternDraft measured(canvas, limits);
    if (const auto error = reader(TextCursor(file), measured))
        return *error;
    canvas.beginDrawing();
    PatternDraft drawn(canvas, limits);
    if (const auto error = reader(TextCursor(file), drawn))
        return *error;
    drawn.pattern.cells = canvas.takeCells();
    return std::move(drawn.pattern);
}

} // namespace conway
