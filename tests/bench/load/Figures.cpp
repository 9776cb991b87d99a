#include "tests/bench/load/Figures.h"

#include <QJsonDocument>

#include <algorithm>

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

/// Whole numbers as they are, others with three digits that mean something.
QString readable(double value)
{
    if (value == static_cast<double>(qRound64(value)))
        return QString::number(qRound64(value));
    constexpr double kMany = 100;
    constexpr double kFew = 10;
    return QString::number(value, 'f', value >= kMany ? 0 : value >= kFew ? 1 : value >= 1 ? 2 : 3);
}

} // namespace

void Figures::add(const QString &key, const QString &label, double value, const QString &unit)
{
    m_rows.append({label, unit.isEmpty() ? readable(value) : readable(value) + u' ' + unit});
    m_json.insert(key, value);
}

void Figures::add(const QString &key, const QString &label, const QString &text)
{
    m_rows.append({label, text});
    m_json.insert(key, text);
}

QString Figures::table() const
{
    qsizetype labelWidth = 0;
    qsizetype valueWidth = 0;
    for (const Row &row : m_rows) {
        labelWidth = std::max(labelWidth, row.label.size());
        valueWidth = std::max(valueWidth, row.value.size());
    }
    QString table;
    for (const Row &row : m_rows)
        table += row.label.leftJustified(labelWidth) + u"  "_s + row.value.rightJustified(valueWidth) + u'\n';
    return table;
}

QByteArray Figures::json() const
{
    return QJsonDocument(m_json).toJson(QJsonDocument::Compact);
}

} // namespace conway::load
