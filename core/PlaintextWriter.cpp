#include "core/BoundedRule.h"
#include "core/CellRuns.h"
#include "core/PatternFile.h"
#include "core/PatternText.h"

namespace conway {

QByteArray writePlaintext(const Pattern &pattern)
{
    QByteArray text;
    const QByteArray name = lineOf(pattern.name);
    const QByteArray author = lineOf(pattern.author);
    if (!name.isEmpty())
        text += "!Name: " + name + '\n';
    if (!author.isEmpty())
        text += "!Author: " + author + '\n';
    const BoundedRule rule{pattern.rule.value_or(Rule()), pattern.bounds};
    if (rule.rule != Rule() || rule.bounds)
        text += "!Rule: " + rule.toString().toLatin1() + '\n';
    for (const QString &comment : pattern.comments)
        text += "! " + lineOf(comment) + '\n';

    // Rows are drawn whole, dead cells too: here nothing else tells how large the pattern is.
    const CellGrid &cells = pattern.cells;
    for (int y = 0; y < cells.height(); ++y) {
        for (int x = 0; x < cells.width();) {
            const int end = runEnd(cells, x, y);
            text.append(end - x, cells.alive(x, y) ? 'O' : '.');
            x = end;
        }
        text += '\n';
    }
    return text;
}

} // namespace conway
