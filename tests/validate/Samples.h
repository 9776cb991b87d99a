#pragma once

#include <QtGlobal>

#include <vector>

namespace conway::validate {

/// Measured values of one kind, all of them kept: a run has a few thousand at most.
class Samples
{
public:
    void add(double value) { m_values.push_back(value); }
    void add(const Samples &other);

    [[nodiscard]] qsizetype count() const { return static_cast<qsizetype>(m_values.size()); }
    [[nodiscard]] bool isEmpty() const { return m_values.empty(); }

    // Of no samples at all, each of these is 0.
    [[nodiscard]] double last() const { return m_values.empty() ? 0.0 : m_values.back(); }
    [[nodiscard]] double sum() const;
    [[nodiscard]] double average() const;
    [[nodiscard]] double max() const;
    /// The smallest sample that at least `share` (0..1) of all samples do not exceed ("nearest rank"); 0.5 is the
    /// median.
    [[nodiscard]] double quantile(double share) const;

private:
    std::vector<double> m_values;
};

} // namespace conway::validate
