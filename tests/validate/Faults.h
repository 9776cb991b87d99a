#pragma once

#include <QString>
#include <QStringList>

namespace conway::validate {

/// What the server did wrong, in sentences for a person. Counts them all, keeps the first few: one fault often has
/// thousands of children.
class Faults
{
public:
    void add(const QString &fault);
    void add(const Faults &others);

    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] const QStringList &first() const { return m_first; }

private:
    qint64 m_count = 0;
    QStringList m_first;
};

} // namespace conway::validate
