#pragma once

#include "tests/validate/Faults.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace conway::validate {

/// What was measured, against which limit, and whether it held: a table for a person, an exit code for a machine.
///
/// A *figure* is a time or a size, and can be missed because the machine was busy; `figuresAreJudged` false prints them
/// without judgement. A *fact* is right or wrong on every machine, and always judged.
class Report
{
public:
    explicit Report(bool figuresAreJudged)
        : m_figuresAreJudged(figuresAreJudged)
    {
    }

    /// A figure nobody promised anything about.
    void note(const QString &name, const QString &measured);
    /// A figure that has to stay under a limit. Nothing measured is a miss: a limit is not kept by looking away.
    void below(const QString &name, std::optional<double> measured, double limit, const QString &unit);
    /// A figure that is judged by more than a comparison; `limit` says how.
    void figure(const QString &name, const QString &measured, const QString &limit, bool holds);
    void fact(const QString &name, const QString &measured, const QString &expected, bool holds);
    /// A fact that names each of the first few faults.
    void faultless(const QString &name, const Faults &faults);

    [[nodiscard]] bool isPassed() const { return missed().isEmpty(); }
    /// What was missed, a sentence each.
    [[nodiscard]] QStringList missed() const;
    [[nodiscard]] QString table() const;

    /// A number with as many digits as help: 0.0034, 12.3, 1204.
    [[nodiscard]] static QString withUnit(double value, const QString &unit);

private:
    struct Row {
        QString name;
        QString measured;
        QString limit;
        bool isFigure = false;
        bool holds = true;
    };

    [[nodiscard]] QString verdict(const Row &row) const;

    bool m_figuresAreJudged;
    std::vector<Row> m_rows;
    QStringList m_details;
};

} // namespace conway::validate
