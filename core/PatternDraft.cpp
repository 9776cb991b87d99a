#include "core/PatternDraft.h"

#include "core/BoundedRule.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

QString decode(QByteArrayView text)
{
    if (!text.isValidUtf8())
        return QString::fromLatin1(text);
    // QString::fromUtf8() would take U+FEFF at the beginning of a text for a byte order mark, and drop it.
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return utf8(text);
}

/// At most `size` bytes, without half a character or a blank at the end: names are read without blanks around them.
QByteArrayView cut(QByteArrayView text, qsizetype size)
{
    if (text.size() <= size)
        return text;
    const auto continues = [text](qsizetype i) { return (static_cast<uchar>(text[i]) & 0xC0U) == 0x80U; };
    while (size > 0 && continues(size))
        --size;
    while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t'))
        --size;
    return text.first(size);
}

} // namespace

std::optional<QString> PatternDraft::keep(QByteArrayView text)
{
    const QByteArrayView kept = cut(text, std::max<qsizetype>(m_textLeft, 0));
    if (m_textLeft <= 0 || kept.size() < text.size())
        addRemark(u"Name, author and comments are too long to be kept in full."_s);
    if (m_textLeft <= 0)
        return std::nullopt;
    m_textLeft -= kept.size() + 1; // an empty line is not free either
    return decode(kept);
}

void PatternDraft::setName(QByteArrayView text)
{
    if (pattern.name.isEmpty())
        pattern.name = keep(text.trimmed()).value_or(QString());
    else
        addComment(text);
}

void PatternDraft::setAuthor(QByteArrayView text)
{
    if (pattern.author.isEmpty())
        pattern.author = keep(text.trimmed()).value_or(QString());
    else
        addComment(text);
}

void PatternDraft::addComment(QByteArrayView text)
{
    if (const auto kept = keep(text))
        pattern.comments.append(*kept);
}

void PatternDraft::addRemark(const QString &text)
{
    if (!pattern.remarks.contains(text))
        pattern.remarks.append(text);
}

std::optional<Error> PatternDraft::setRule(QByteArrayView text, const TextCursor &place)
{
    if (text.size() > kMaxRuleBytes)
        return place.error(u"a rule of %1 bytes is none: at most %2 are read"_s.arg(text.size()).arg(kMaxRuleBytes));
    auto rule = BoundedRule::parse(decode(text), m_maxCells);
    if (!rule)
        return place.error(rule.error());
    pattern.rule = rule->rule;
    pattern.bounds = rule->bounds;
    return std::nullopt;
}

void PatternDraft::setPositionFromCanvas()
{
    if (canvas.isEmpty())
        return;
    const QPoint corner(static_cast<int>(canvas.left()), static_cast<int>(canvas.top()));
    if (corner.x() == canvas.left() && corner.y() == canvas.top())
        pattern.position = corner;
}

} // namespace conway
