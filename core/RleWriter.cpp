#include "core/BoundedRule.h"
#include "core/CellRuns.h"
#include "core/PatternFile.h"
#include "core/PatternText.h"

namespace conway {

namespace {

/// Counted tokens, broken into lines where there is no room for a whole one.
class TokenLines
{
public:
    void append(int count, char what)
    {
        QByteArray token = count > 1 ? QByteArray::number(count) : QByteArray();
        token += what;
        if (m_lineLength + token.size() > kMaxLineLength) {
            m_text += '\n';
            m_lineLength = 0;
        }
        m_text += token;
        m_lineLength += token.size();
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
