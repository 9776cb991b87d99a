#pragma once

#include "core/CellGrid.h"
#include "core/LifeKernel.h"

#include <QPoint>
#include <QRect>

#include <optional>
#include <vector>

namespace conway {

/// Cells sorted by row, then column.
using CellList = std::vector<QPoint>;

[[nodiscard]] bool inReadingOrder(QPoint a, QPoint b);

/// Cells that lie at most two apart from one another, directly or over others: they alone can meet within a generation.
[[nodiscard]] std::vector<CellList> clustersOf(const CellList &cells);

/// Where a glider is going, (±1,±1); nothing if these cells are none.
[[nodiscard]] std::optional<QPoint> gliderHeading(const CellList &cluster);

/// Life without edges: a universe that grows before anything reaches its border. (0,0) stays where the pattern's upper
/// left corner was.
class OpenPlane
{
public:
    /// What becomes of gliders that leave. Without them a methuselah needs a tenth of the room.
    enum class Gliders { Keep, LetGo };

    explicit OpenPlane(const CellGrid &pattern, Gliders gliders = Gliders::Keep);

    void advance(int generations);

    [[nodiscard]] int generation() const { return m_generation; }
    /// With the gliders that were let go.
    [[nodiscard]] qint64 population() const { return m_population + m_departed; }

    /// Around what lives; empty when nothing does.
    [[nodiscard]] QRect box() const;
    [[nodiscard]] CellGrid cellsIn(QRect area) const;
    [[nodiscard]] CellList cells() const;

private:
    void lookAfterBorder();
    void grow(const QMargins &by);

    Gliders m_gliders;
    LifeKernel m_kernel;
    CellGrid m_now;
    CellGrid m_other;
    QPoint m_origin; ///< in the universe, of (0,0)
    int m_generation = 0;
    qint64 m_population = 0;
    qint64 m_departed = 0;
};

} // namespace conway
