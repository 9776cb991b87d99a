#include "tests/core/ClaimCheck.h"

#include "tests/core/OpenPlane.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr int kGliderCells = 5;
/// A glider needs so many generations for a cell of its way.
constexpr int kGliderPeriod = 4;

/// Still lifes, oscillators and spaceships.
QString checkPeriodic(const PatternClaim &claim, const CellGrid &pattern)
{
    OpenPlane plane(pattern);
    const QRect firstBox = plane.box();
    const CellGrid first = plane.cellsIn(firstBox);
    const bool moves = claim.kind == PatternClaim::Kind::Spaceship;
    if (moves == claim.shift.isNull())
        return u"a spaceship moves, and nothing else does"_s;

    for (int g = 1; g <= claim.period; ++g) {
        plane.advance(1);
        const QRect box = plane.box();
        const bool same = box.size() == firstBox.size() && plane.cellsIn(box) == first;
        const QPoint shift = box.topLeft() - firstBox.topLeft();
        if (g == claim.period && !same)
            return u"it is not the same after %1 generations"_s.arg(g);
        if (g == claim.period && shift != claim.shift)
            return u"it moves by (%1,%2)"_s.arg(shift.x()).arg(shift.y());
        if (g < claim.period && same && (moves || shift.isNull()))
            return u"it is the same after %1 generations already"_s.arg(g);
    }
    return {};
}

/// Nothing but gliders outside the gun's body. What touches the body is part of it.
QString checkOutput(const OpenPlane &plane, QRect body, int atLeast)
{
    const QRect around = body.marginsAdded({3, 3, 3, 3});
    int gliders = 0;
    for (const CellList &cluster : clustersOf(plane.cells())) {
        if (std::any_of(cluster.begin(), cluster.end(), [&](QPoint cell) { return around.contains(cell); }))
            continue;
        if (!gliderHeading(cluster))
            return u"something else than gliders leaves it"_s;
        ++gliders;
    }
    return gliders >= atLeast ? QString() : u"only %1 gliders have left it"_s.arg(gliders);
}

QString checkGun(const PatternClaim &claim, const CellGrid &pattern)
{
    OpenPlane plane(pattern);
    const QRect body = plane.box();
    // Until the first glider has crossed the body's box, the box holds fewer gliders than ever after.
    const int crossing = kGliderPeriod * std::max(body.width(), body.height());
    plane.advance((crossing / claim.period + 1) * claim.period);
    const CellGrid first = plane.cellsIn(body);
    for (int round = 0; round < 2; ++round) {
        const qint64 population = plane.population();
        for (int g = 1; g <= claim.period; ++g) {
            plane.advance(1);
            const bool same = plane.cellsIn(body) == first;
            if (same && g < claim.period)
                return u"its body is the same after %1 generations already"_s.arg(g);
            if (!same && g == claim.period)
                return u"its body is not the same after %1 generations"_s.arg(g);
        }
        const qint64 gain = plane.population() - population;
        if (gain != qint64{kGliderCells} * claim.gliders)
            return u"it gains %1 cells in a period"_s.arg(gain);
    }
    return checkOutput(plane, body, 2 * claim.gliders);
}

QString checkPuffer(const PatternClaim &claim, const CellGrid &pattern)
{
    if (claim.shift.isNull())
        return u"a puffer moves"_s;
    OpenPlane plane(pattern);
    const QRect start = plane.box();
    // A window travels along: the pattern's first box, and behind it the way of a period with what was left there. It
    // has to be clear of where the pattern began.
    const QRect seen = start | start.translated(-claim.shift);
    int periods = claim.settled / claim.period + 1;
    const auto length = [](int side, int shift) { return shift == 0 ? 0 : side / std::abs(shift) + 1; };
    periods += std::max(length(seen.width(), claim.shift.x()), length(seen.height(), claim.shift.y()));
    plane.advance(periods * claim.period);
    QRect window = seen.translated(claim.shift * periods);
    const CellGrid first = plane.cellsIn(window);
    if (first.population() == 0)
        return u"it does not move that way"_s;

    for (int round = 0; round < 2; ++round) {
        const qint64 population = plane.population();
        for (int g = 1; g < claim.period; ++g) {
            plane.advance(1);
            const QPoint moved = claim.shift * g;
            const bool whole = moved.x() % claim.period == 0 && moved.y() % claim.period == 0;
            if (whole && plane.cellsIn(window.translated(moved / claim.period)) == first)
                return u"it is the same after %1 generations already"_s.arg(g);
        }
        plane.advance(1);
        window.translate(claim.shift);
        if (plane.cellsIn(window) != first)
            return u"it is not the same after %1 generations"_s.arg(claim.period);
        const qint64 gain = plane.population() - population;
        if (gain != claim.cells || gain <= 0)
            return u"it leaves %1 cells"_s.arg(gain);
    }
    return {};
}

/// A generation, with the gliders that were let go counted only.
struct Moment {
    explicit Moment(const OpenPlane &plane)
        : cells(plane.cells())
        , population(plane.population())
    {
    }

    CellList cells;
    qint64 population;
};

/// Whether nothing but gliders moved between two generations, and there are as many of them.
bool onlyGlidersBetween(const Moment &a, const Moment &b)
{
    if (a.population != b.population)
        return false;
    for (const auto &[one, other] : {std::pair(&a.cells, &b.cells), std::pair(&b.cells, &a.cells)}) {
        CellList alone;
        std::set_difference(one->begin(), one->end(), other->begin(), other->end(), std::back_inserter(alone),
                            &inReadingOrder);
        const auto clusters = clustersOf(alone);
        if (!std::all_of(clusters.begin(), clusters.end(), [](const CellList &c) { return gliderHeading(c); }))
            return false;
    }
    return true;
}

QString checkMethuselah(const PatternClaim &claim, const CellGrid &pattern)
{
    // A multiple of the period of everything that settles by itself: blinkers, pulsars, pentadecathlons. Gliders go 15
    // cells meanwhile.
    constexpr int kAshPeriod = 60;
    OpenPlane plane(pattern, OpenPlane::Gliders::LetGo);
    plane.advance(claim.settled - 1);
    const Moment before(plane);
    plane.advance(1);
    const Moment then(plane);
    qint64 least = then.population;
    for (int g = 1; g < kAshPeriod; ++g) {
        plane.advance(1);
        least = std::min(least, plane.population());
    }
    if (onlyGlidersBetween(before, Moment(plane)))
        return u"it has settled earlier"_s;
    plane.advance(1);
    const Moment later(plane);
    if (!onlyGlidersBetween(then, later))
        return u"it has not settled"_s;
    plane.advance(2 * kAshPeriod);
    if (!onlyGlidersBetween(later, Moment(plane)))
        return u"it had settled, but its gliders met something"_s;
    return least == claim.cells ? QString() : u"it settles with %1 cells"_s.arg(least);
}

/// Of the generations from `first` on.
std::vector<qint64> populations(const CellGrid &pattern, int first, int count, OpenPlane::Gliders gliders)
{
    OpenPlane plane(pattern, gliders);
    plane.advance(first);
    std::vector<qint64> populations{plane.population()};
    while (std::ssize(populations) < count) {
        plane.advance(1);
        populations.push_back(plane.population());
    }
    return populations;
}

/// Subtracts from each number the one a period before it.
std::vector<qint64> gains(const std::vector<qint64> &numbers, int period)
{
    std::vector<qint64> gains(numbers.size() - static_cast<std::size_t>(period));
    for (std::size_t i = 0; i < gains.size(); ++i)
        gains[i] = numbers[i + static_cast<std::size_t>(period)] - numbers[i];
    return gains;
}

QString checkGrowth(const PatternClaim &claim, const CellGrid &pattern)
{
    const bool quadratic = claim.kind == PatternClaim::Kind::QuadraticGrowth;
    const int earlier = claim.settled == 0 ? 0 : 1;
    // How long it has to go on like that: a period, or of a breeder's long one as much as can be waited for.
    const int inARow = quadratic ? std::min(claim.period, 60) : claim.period;
    const int periods = !quadratic ? 1 : claim.period <= 240 ? 3 : 2;
    // A breeder's gliders may be what it builds with; a puffer's just leave.
    const auto gliders = quadratic ? OpenPlane::Gliders::Keep : OpenPlane::Gliders::LetGo;
    const int count = earlier + periods * claim.period + inARow;
    std::vector<qint64> found = gains(populations(pattern, claim.settled - earlier, count, gliders), claim.period);
    if (quadratic)
        found = gains(found, claim.period);

    for (auto gain = found.begin() + earlier; gain != found.end(); ++gain) {
        if (*gain != claim.cells || *gain <= 0)
            return u"generation %1 brings %2 cells"_s.arg(claim.settled + (gain - found.begin()) - earlier).arg(*gain);
    }
    return earlier == 1 && found.front() == claim.cells ? u"it grows like that earlier"_s : QString();
}

} // namespace

QString whyNot(const PatternClaim &claim, const CellGrid &pattern)
{
    switch (claim.kind) {
    case PatternClaim::Kind::StillLife:
    case PatternClaim::Kind::Oscillator:
    case PatternClaim::Kind::Spaceship:
        return checkPeriodic(claim, pattern);
    case PatternClaim::Kind::Gun:
        return checkGun(claim, pattern);
    case PatternClaim::Kind::Puffer:
        return checkPuffer(claim, pattern);
    case PatternClaim::Kind::Methuselah:
        return checkMethuselah(claim, pattern);
    case PatternClaim::Kind::LinearGrowth:
    case PatternClaim::Kind::QuadraticGrowth:
        return checkGrowth(claim, pattern);
    }
    return u"no such kind"_s;
}

} // namespace conway
