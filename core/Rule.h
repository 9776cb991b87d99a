#pragma once

#include "core/Result.h"

#include <QString>
#include <QStringView>

namespace conway {

/// A Life-like ("B/S") rule: with how many of its eight neighbours alive a dead cell is born and a living one survives.
/// Source: LifeWiki, "Rulestring". The default is Conway's own, B3/S23.
class Rule
{
public:
    static constexpr int kMaxNeighbours = 8;

    /// Conway's Life.
    Rule() = default;

    /// Reads "B3/S23", "b3s23" (any case, the slash may be missing) and the older "23/3" (survival first).
    /// The error names what is wrong and what is accepted.
    [[nodiscard]] static Result<Rule> parse(QStringView text);

    /// 0 <= neighbours <= kMaxNeighbours.
    [[nodiscard]] bool births(int neighbours) const { return (m_births >> neighbours) & 1U; }
    [[nodiscard]] bool survives(int neighbours) const { return (m_survivals >> neighbours) & 1U; }

    /// The canonical form, "B3/S23".
    [[nodiscard]] QString toString() const;

    friend bool operator==(const Rule &, const Rule &) = default;

private:
    // Bit n stands for n neighbours.
    quint16 m_births = 1U << 3U;
    quint16 m_survivals = 1U << 2U | 1U << 3U;
};

} // namespace conway
