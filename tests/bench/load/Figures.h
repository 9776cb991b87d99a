#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace conway::load {

/// What was measured, in order: a table for people, and a line of JSON for programs.
class Figures
{
public:
    /// `key` is its name in JSON, `label` that in the table.
    void add(const QString &key, const QString &label, double value, const QString &unit = {});
    void add(const QString &key, const QString &label, const QString &text);

    [[nodiscard]] QString table() const;
    [[nodiscard]] QByteArray json() const;

private:
    struct Row {
        QString label;
        QString value;
    };

    QList<Row> m_rows;
    QJsonObject m_json;
};

} // namespace conway::load
