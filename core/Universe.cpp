#include "core/Universe.h"

#include "core/BoundedRule.h"
#include "core/Stamp.h"
#include "core/UniverseSize.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

CellGrid gliderUniverse(int width, int height)
{
    CellGrid cells(width, height);
    // LifeWiki, "Glider":  .O.
    //                      ..O
    //                      OOO
    constexpr int kGlider[][2] = {{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}};
    for (const auto &[x, y] : kGlider)
        cells.set((1 + x) % width, (1 + y) % height, true);
    return cells;
}

QPoint placeOf(const Pattern &pattern, int width, int height)
{
    const bool isItsOwn = pattern.bounds && pattern.bounds->width == width && pattern.bounds->height == height;
    if (isItsOwn && pattern.position) {
        // Golly's bounded universes have (0, 0) in the middle.
        const qint64 x = qint64{pattern.position->x()} + width / 2;
        const qint64 y = qint64{pattern.position->y()} + height / 2;
        if (x >= 0 && y >= 0 && x + pattern.cells.width() <= width && y + pattern.cells.height() <= height)
            return {static_cast<int>(x), static_cast<int>(y)};
    }
    return {(width - pattern.cells.width()) / 2, (height - pattern.cells.height()) / 2};
}

Result<UniversePlan> planOf(Pattern pattern, int width, int height, Topology topology, qint64 maxCells)
{
    const Pattern::Bounds bounds = pattern.bounds.value_or(Pattern::Bounds{topology, width, height});
    const Rule rule = pattern.rule.value_or(Rule());
    if (const auto error = checkUniverseSize(bounds.width, bounds.height, maxCells))
        return *error;
    if (pattern.cells.width() > bounds.width || pattern.cells.height() > bounds.height) {
        const QString line = pattern.sizeLine > 0 ? u"line %1: "_s.arg(pattern.sizeLine) : QString();
        return Error{u"%1a pattern of %2×%3 does not fit into a universe of %4×%5"_s.arg(line)
                         .arg(pattern.cells.width())
                         .arg(pattern.cells.height())
                         .arg(bounds.width)
                         .arg(bounds.height),
                     pattern.sizeLine};
    }
    if (const auto pair = BoundedRule::parse(BoundedRule{rule, bounds}.toString(), maxCells); !pair)
        return pair.error();
    return UniversePlan{std::make_shared<const Pattern>(std::move(pattern)), bounds.width, bounds.height, rule,
                        bounds.topology};
}

Universe built(const UniversePlan &plan)
{
    Universe universe{CellGrid(plan.width, plan.height), plan.rule, plan.topology};
    const QPoint place = placeOf(*plan.pattern, plan.width, plan.height);
    stamp(universe.cells, Topology::Plane, plan.pattern->cells, place.x(), place.y(), StampMode::Copy);
    return universe;
}

} // namespace conway
