#include "core/BoundedRule.h"
#include "core/CellRuns.h"
#include "core/PatternFile.h"
#include "core/PatternText.h"

#include <array>
#include <charconv>

namespace conway {

namespace {

/// Counted tokens, broken into lines where there is no room for a whole one.
class TokenLines
{
public:
    void append(int count, char what)
    {
        std::array<char, 16> token{}; // an int and a tag
        char *end = token.data();
        if (count > 1)
            end = std::to_chars(end, end + token.size() - 1, count).ptr;
        *end++ = what;
        const qsizetype length = end - token.data();
        if (m_lineLength + length > kMaxLineLength) {
            m_text += '\n';
            m_lineLength = 0;
        }
        m_text.append(token.data(), length);
        m_lineLength += length;
    }
    /// Whole, with its last line break.
    [[nodiscard]] QByteArray take()
    {
        m_text += '\n';
        return std::move(m_text);
    }

private:
    static constexpr qsizetype kMaxLineLength = 70;

    QByteArray m_text;
    qsizetype m_lineLength = 0;
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

    text += "x = " + QByteArray::number(pattern.cells.width()) + ", y = " + QByteArray::number(pattern.cells.height());
    if (pattern.rule || pattern.bounds) {
        const BoundedRule rule{pattern.rule.value_or(Rule()), pattern.bounds};
        text += ", rule = " + rule.toString().toLatin1();
    }
    return text + '\n' + writeCells(pattern.cells);
}

} // namespace conway
