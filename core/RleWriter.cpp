#include "core/BoundedRule.h"
#include "core/CellRuns.h"
#include "core/PatternFile.h"
#include "core/PatternText.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace conway {

namespace {

/// Counted tokens, broken into lines where there is no room for a whole one.
class TokenLines
{
public:
    void append(int count, char what)
    {
        char *const token = m_line.data() + m_length;
        char *end = token;
        if (count > 1)
            end = std::to_chars(token, token + kLongestToken, count).ptr;
        *end++ = what;
        if (end - m_line.data() > kMaxLineLength) {
            endLine();
            end = std::copy(token, end, m_line.data());
        }
        m_length = end - m_line.data();
    }
    /// Whole, with its last line break.
    [[nodiscard]] QByteArray take()
    {
        endLine();
        return std::move(m_text);
    }

private:
    static constexpr qsizetype kMaxLineLength = 70;
    static constexpr qsizetype kLongestToken = 16; ///< more than an int and a tag

    void endLine()
    {
        m_text.append(m_line.data(), std::exchange(m_length, 0));
        m_text.append('\n');
    }

    QByteArray m_text;
    std::array<char, kMaxLineLength + kLongestToken> m_line{};
    qsizetype m_length = 0; ///< of the line so far
};

QByteArray writeCells(const CellGrid &cells)
{
    TokenLines lines;
    int rowEnds = 0; // due before the next living cell
    for (int y = 0; y < cells.height(); ++y) {
        int dead = 0;
        for (int x = 0; x < cells.width();) {
            const int end = runEnd(cells, x, y);
            if (cells.alive(x, y)) {
                if (rowEnds > 0)
                    lines.append(rowEnds, '$');
                if (dead > 0)
                    lines.append(dead, 'b');
                lines.append(end - x, 'o');
                rowEnds = 0;
            } else {
                dead = end - x;
            }
            x = end;
        }
        ++rowEnds;
    }
    lines.append(1, '!');
    return lines.take();
}

} // namespace

QByteArray writeRle(const Pattern &pattern)
{
    return writeRle(pattern, pattern.cells);
}

QByteArray writeRle(const Pattern &pattern, const CellGrid &cells)
{
    QByteArray text;
    const QByteArray name = lineOf(pattern.name);
    const QByteArray author = lineOf(pattern.author);
    if (!name.isEmpty())
        text += "#N " + name + '\n';
    if (!author.isEmpty())
        text += "#O " + author + '\n';
    for (const QString &comment : pattern.comments)
        text += "#C " + lineOf(comment) + '\n';

    if (pattern.position || pattern.generation > 0) {
        text += "#CXRLE";
        if (pattern.position)
            text +=
                " Pos=" + QByteArray::number(pattern.position->x()) + ',' + QByteArray::number(pattern.position->y());
        if (pattern.generation > 0)
            text += " Gen=" + QByteArray::number(pattern.generation);
        text += '\n';
    }

    text += "x = " + QByteArray::number(cells.width()) + ", y = " + QByteArray::number(cells.height());
    if (pattern.rule || pattern.bounds) {
        const BoundedRule rule{pattern.rule.value_or(Rule()), pattern.bounds};
        text += ", rule = " + rule.toString().toLatin1();
    }
    return text + '\n' + writeCells(cells);
}

} // namespace conway
