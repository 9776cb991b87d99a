#include "tests/validate/Report.h"

#include <algorithm>

namespace conway::validate {

using namespace Qt::StringLiterals;

void Report::note(const QString &name, const QString &measured)
{
    m_rows.push_back({.name = name, .measured = measured, .limit = {}, .isFigure = true, .holds = true});
}

void Report::below(const QString &name, std::optional<double> measured, double limit, const QString &unit)
{
    m_rows.push_back({.name = name,
                      .measured = measured ? withUnit(*measured, unit) : u"nothing"_s,
                      .limit = u"< "_s + withUnit(limit, unit),
                      .isFigure = measured.has_value(),
                      .holds = measured && *measured < limit});
}

void Report::figure(const QString &name, const QString &measured, const QString &limit, bool holds)
{
    m_rows.push_back({.name = name, .measured = measured, .limit = limit, .isFigure = true, .holds = holds});
}

void Report::fact(const QString &name, const QString &measured, const QString &expected, bool holds)
{
    m_rows.push_back({.name = name, .measured = measured, .limit = expected, .isFigure = false, .holds = holds});
}

void Report::faultless(const QString &name, const Faults &faults)
{
    fact(name, QString::number(faults.count()), u"0"_s, faults.count() == 0);
    for (const QString &fault : faults.first())
        m_details.append(fault);
    if (faults.count() > faults.first().size())
        m_details.append(u"and %1 more"_s.arg(faults.count() - faults.first().size()));
}

QStringList Report::missed() const
{
    QStringList missed;
    for (const Row &row : m_rows) {
        if (!row.holds && (m_figuresAreJudged || !row.isFigure))
            missed.append(u"%1: %2, demanded is %3"_s.arg(row.name, row.measured, row.limit));
    }
    return missed;
}

QString Report::table() const
{
    qsizetype nameWidth = 0;
    qsizetype measuredWidth = 0;
    qsizetype limitWidth = 0;
    for (const Row &row : m_rows) {
        nameWidth = std::max(nameWidth, row.name.size());
        measuredWidth = std::max(measuredWidth, row.measured.size());
        limitWidth = std::max(limitWidth, row.limit.size());
    }
    QString table;
    for (const Row &row : m_rows) {
        QString line = row.name.leftJustified(nameWidth) + u"  "_s + row.measured.rightJustified(measuredWidth) +
                       u"  "_s + row.limit.leftJustified(limitWidth) + u"  "_s + verdict(row);
        while (line.endsWith(u' '))
            line.chop(1);
        table += line + u'\n';
    }
    for (const QString &detail : m_details)
        table += u"  "_s + detail + u'\n';
    return table;
}

QString Report::verdict(const Row &row) const
{
    if (row.limit.isEmpty())
        return {};
    if (row.holds)
        return u"ok"_s;
    return m_figuresAreJudged || !row.isFigure ? u"MISSED"_s : u"over, not judged"_s;
}

QString Report::withUnit(double value, const QString &unit)
{
    constexpr double kFewDigits = 100.0;
    constexpr double kManyDigits = 1.0;
    const bool isWhole = value == static_cast<double>(qRound64(value));
    const int decimals = isWhole || value >= kFewDigits ? 0 : value >= kManyDigits ? 1 : 3;
    return QString::number(value, 'f', decimals) + u' ' + unit;
}

} // namespace conway::validate
