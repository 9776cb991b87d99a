#include "tests/validate/Samples.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace conway::validate {

void Samples::add(const Samples &other)
{
    m_values.insert(m_values.end(), other.m_values.begin(), other.m_values.end());
}

double Samples::sum() const
{
    return std::accumulate(m_values.begin(), m_values.end(), 0.0);
}

double Samples::average() const
{
    return m_values.empty() ? 0.0 : sum() / static_cast<double>(m_values.size());
}

double Samples::max() const
{
    return m_values.empty() ? 0.0 : *std::max_element(m_values.begin(), m_values.end());
}

double Samples::quantile(double share) const
{
    if (m_values.empty())
        return 0.0;
    std::vector<double> sorted = m_values;
    std::sort(sorted.begin(), sorted.end());
    const double rank = std::ceil(share * static_cast<double>(sorted.size()));
    const auto index = static_cast<std::size_t>(std::clamp(rank, 1.0, static_cast<double>(sorted.size()))) - 1;
    return sorted[index];
}

} // namespace conway::validate
