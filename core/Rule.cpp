#include "core/Rule.h"

using namespace Qt::StringLiterals;

namespace conway {

namespace {

Error notARule(QStringView text, const QString &why)
{
    // A stranger's text is quoted, so it is cut before it can fill a log line.
    return {u"\"%1\" is not a rule: %2. Accepted is B and S with neighbour counts 0 to 8, such as B3/S23"_s.arg(
        text.left(40).toString(), why)};
}

/// Sets a bit for each digit of `digits`; false on anything but 0 to 8.
bool readCounts(QStringView digits, quint16 &counts)
{
    counts = 0;
    for (const QChar c : digits) {
        if (c < u'0' || c > u'8')
            return false;
        counts = static_cast<quint16>(counts | 1U << (c.unicode() - u'0'));
    }
    return true;
}

QString writeCounts(quint16 counts)
{
    QString digits;
    for (int n = 0; n <= Rule::kMaxNeighbours; ++n) {
        if ((counts >> n) & 1U)
            digits += QChar(static_cast<char16_t>(u'0' + n));
    }
    return digits;
}

} // namespace

Result<Rule> Rule::parse(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return notARule(text, u"it is empty"_s);

    QStringView births;
    QStringView survivals;
    if (trimmed.front().toUpper() == u'B') {
        const qsizetype s = trimmed.indexOf(u'S', 0, Qt::CaseInsensitive);
        if (s < 0)
            return notARule(text, u"the survival part S… is missing"_s);
        births = trimmed.sliced(1, s - 1);
        if (births.endsWith(u'/'))
            births.chop(1);
        survivals = trimmed.sliced(s + 1);
    } else {
        const qsizetype slash = trimmed.indexOf(u'/');
        if (slash < 0)
            return notARule(text, u"it has neither B and S nor a slash"_s);
        survivals = trimmed.first(slash);
        births = trimmed.sliced(slash + 1);
    }

    Rule rule;
    if (!readCounts(births, rule.m_births) || !readCounts(survivals, rule.m_survivals))
        return notARule(text, u"a neighbour count is not a digit from 0 to 8"_s);
    return rule;
}

QString Rule::toString() const
{
    return u"B"_s + writeCounts(m_births) + u"/S"_s + writeCounts(m_survivals);
}

} // namespace conway
