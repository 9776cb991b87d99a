#pragma once

#include "core/Result.h"

#include <QByteArrayView>
#include <QPoint>

#include <algorithm>
#include <optional>

namespace conway {

/// A place in a text from outside, that knows its line and column: what readers move forward and what their errors
/// name. Line breaks are LF, CR LF or CR; columns count bytes; both begin with 1. A byte order mark is skipped.
///
/// Copies are cheap: to look ahead, or to name a place later, keep one. The text must outlive it.
class TextCursor
{
public:
    /// Numbers and the sums made of them stop here: far beyond every limit, and far from overflowing.
    static constexpr qint64 kFar = qint64{1'000'000'000'000'000};

    explicit TextCursor(QByteArrayView text);

    [[nodiscard]] bool atEnd() const { return m_at == m_end; }
    [[nodiscard]] bool atLineEnd() const { return atEnd() || *m_at == '\n' || *m_at == '\r'; }
    /// The next byte, or NUL at the end.
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : *m_at; }
    [[nodiscard]] bool standsAtDigit() const { return peek() >= '0' && peek() <= '9'; }

    /// Steps over one byte that is no line break. Not at the end.
    void step() { ++m_at; }
    /// Steps over the byte if it is the next one.
    bool take(char c)
    {
        const bool isNext = !atEnd() && *m_at == c;
        m_at += isNext ? 1 : 0;
        return isNext;
    }
    /// Steps over a line break if one is next.
    bool takeLineBreak();
    /// Steps over a line, and its break, that has nothing but blanks. False, and nothing done, at any other.
    bool takeBlankLine();
    /// Steps over spaces and tabs.
    void skipBlanks();

    /// How often `c` follows, and steps over all of it. `c` is no line break.
    qint64 takeAll(char c);
    /// The digits that follow as a number, at most kFar; 0 where there are none.
    qint64 takeNumber()
    {
        qint64 number = 0;
        for (; standsAtDigit(); ++m_at)
            number = std::min(number * 10 + (*m_at - '0'), kFar);
        return number;
    }
    /// Two whole numbers with blanks, a comma or both between them. Nothing where there are none, or none that fit.
    std::optional<QPoint> takePoint();
    /// What stands before the next blank or line break.
    QByteArrayView takeWord();
    /// What is left of the line, without its break; then stands on the next line.
    QByteArrayView takeLine();

    /// What lies between an earlier place in the same text and this one.
    [[nodiscard]] QByteArrayView since(const TextCursor &earlier) const { return {earlier.m_at, m_at}; }

    /// From 1.
    [[nodiscard]] int line() const { return m_line; }

    /// What stands here, for a person: "?", byte 0x9F, the end of the line, the end of the file.
    [[nodiscard]] QString here() const;
    /// `what` is wrong here.
    [[nodiscard]] Error error(const QString &what) const;
    /// The same error, which now says that it is here.
    [[nodiscard]] Error error(const Error &cause) const;

private:
    std::optional<int> takeInteger();

    const char *m_at;
    const char *m_end;
    const char *m_lineStart;
    int m_line = 1;
};

} // namespace conway
