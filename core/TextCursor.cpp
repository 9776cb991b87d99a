#include "core/TextCursor.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

} // namespace

TextCursor::TextCursor(QByteArrayView text)
    : m_at(text.begin())
    , m_end(text.end())
{
    constexpr QByteArrayView kByteOrderMark = "\xEF\xBB\xBF";
    if (text.startsWith(kByteOrderMark))
        m_at += kByteOrderMark.size();
    m_lineStart = m_at;
}

bool TextCursor::takeLineBreak()
{
    const bool cr = take('\r');
    const bool lf = take('\n');
    if (!cr && !lf)
        return false;
    ++m_line;
    m_lineStart = m_at;
    return true;
}

bool TextCursor::takeBlankLine()
{
    TextCursor ahead = *this;
    ahead.skipBlanks();
    if (!ahead.atLineEnd())
        return false;
    ahead.takeLineBreak();
    *this = ahead;
    return true;
}

void TextCursor::skipBlanks()
{
    m_at = std::find_if_not(m_at, m_end, isBlank);
}

qint64 TextCursor::takeAll(char c)
{
    const char *const start = m_at;
    m_at = std::find_if_not(m_at, m_end, [c](char other) { return other == c; });
    return m_at - start;
}

std::optional<int> TextCursor::takeInteger()
{
    skipBlanks();
    const bool isNegative = take('-');
    if (!standsAtDigit())
        return std::nullopt;
    const qint64 size = takeNumber();
    const qint64 number = isNegative ? -size : size;
    using Limits = std::numeric_limits<int>;
    return number >= Limits::min() && number <= Limits::max() ? std::optional(static_cast<int>(number)) : std::nullopt;
}

std::optional<QPoint> TextCursor::takePoint()
{
    const auto x = takeInteger();
    skipBlanks();
    take(',');
    const auto y = takeInteger();
    return x && y ? std::optional(QPoint(*x, *y)) : std::nullopt;
}

QByteArrayView TextCursor::takeWord()
{
    const char *const start = m_at;
    while (!atLineEnd() && !isBlank(*m_at))
        ++m_at;
    return {start, m_at};
}

QByteArrayView TextCursor::takeLine()
{
    const char *const start = m_at;
    while (!atLineEnd())
        ++m_at;
    const QByteArrayView line(start, m_at);
    takeLineBreak();
    return line;
}

QString TextCursor::here() const
{
    if (atEnd())
        return u"the end of the file"_s;
    if (atLineEnd())
        return u"the end of the line"_s;
    if (*m_at > ' ' && *m_at <= '~')
        return u"\"%1\""_s.arg(QLatin1Char(*m_at));
    if (isBlank(*m_at))
        return u"a blank"_s;
    return u"byte 0x%1"_s.arg(uint{static_cast<uchar>(*m_at)}, 2, 16, QLatin1Char('0'));
}

Error TextCursor::error(const QString &what) const
{
    const int column = static_cast<int>(std::min<qptrdiff>(m_at - m_lineStart + 1, std::numeric_limits<int>::max()));
    return {u"line %1, column %2: %3"_s.arg(m_line).arg(column).arg(what), m_line, column};
}

Error TextCursor::error(const Error &cause) const
{
    Error here = error(cause.message);
    here.isLimit = cause.isLimit;
    return here;
}

} // namespace conway
