#include "core/PatternClaim.h"

#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <numeric>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

using Kind = PatternClaim::Kind;

/// The numbers that a claim may have, as bits.
enum Number : unsigned { Period = 1U, Shift = 2U, Gliders = 4U, Cells = 8U, Settled = 16U };

struct KindName {
    Kind kind = Kind::StillLife;
    QLatin1StringView name;
    unsigned numbers = 0;
};

constexpr std::array kKinds{
    KindName{Kind::StillLife, "still life"_L1, 0},
    KindName{Kind::Oscillator, "oscillator"_L1, Period},
    KindName{Kind::Spaceship, "spaceship"_L1, Period | Shift},
    KindName{Kind::Gun, "gun"_L1, Period | Gliders},
    KindName{Kind::Puffer, "puffer"_L1, Period | Shift | Cells | Settled},
    KindName{Kind::Methuselah, "methuselah"_L1, Cells | Settled},
    KindName{Kind::LinearGrowth, "linear growth"_L1, Period | Cells | Settled},
    KindName{Kind::QuadraticGrowth, "quadratic growth"_L1, Period | Cells | Settled},
};

struct NumberName {
    QLatin1StringView key;
    Number number = Period;
    int least = 0;
};

constexpr std::array kNumbers{
    NumberName{"period"_L1, Period, 1},
    NumberName{"dx"_L1, Shift, std::numeric_limits<int>::min()},
    NumberName{"dy"_L1, Shift, std::numeric_limits<int>::min()},
    NumberName{"gliders"_L1, Gliders, 1},
    NumberName{"cells"_L1, Cells, 0},
    NumberName{"settled"_L1, Settled, 0},
};

/// The usual way to give a speed, with c one cell a generation. Source: LifeWiki, "Speed".
QString speed(QPoint shift, int period)
{
    const int far = std::max(std::abs(shift.x()), std::abs(shift.y()));
    const int near = std::min(std::abs(shift.x()), std::abs(shift.y()));
    if (near != 0 && near != far)
        return u"(%1,%2)c/%3 oblique"_s.arg(far).arg(near).arg(period);
    const int common = std::gcd(far, period);
    const QString cells = far == common ? QString() : QString::number(far / common);
    return u"%1c/%2 %3"_s.arg(cells).arg(period / common).arg(near == 0 ? u"orthogonal"_s : u"diagonal"_s);
}

} // namespace

Result<PatternClaim> PatternClaim::fromJson(const QJsonObject &json)
{
    const QString name = json["kind"_L1].toString();
    const auto *const kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const auto &k) { return name == k.name; });
    if (kind == kKinds.end())
        return Error{u"“%1” is no kind of claim"_s.arg(name)};

    qsizetype wanted = 1;
    for (const NumberName &number : kNumbers) {
        if ((kind->numbers & number.number) == 0)
            continue;
        ++wanted;
        const QJsonValue value = json[number.key];
        if (!value.isDouble() || value.toInt(number.least) != value.toDouble() || value.toInt() < number.least)
            return Error{u"the claim “%1” has no number “%2”, or not a possible one"_s.arg(name, number.key)};
    }
    if (json.size() != wanted)
        return Error{u"the claim “%1” has keys that are none of its own"_s.arg(name)};

    return PatternClaim{.kind = kind->kind,
                        .period = json["period"_L1].toInt(1),
                        .shift = {json["dx"_L1].toInt(), json["dy"_L1].toInt()},
                        .gliders = json["gliders"_L1].toInt(),
                        .cells = json["cells"_L1].toInt(),
                        .settled = json["settled"_L1].toInt()};
}

QString PatternClaim::text() const
{
    switch (kind) {
    case Kind::StillLife:
        return u"still life"_s;
    case Kind::Oscillator:
        return u"oscillator, period %1"_s.arg(period);
    case Kind::Spaceship:
        return u"spaceship, %1, period %2"_s.arg(speed(shift, period)).arg(period);
    case Kind::Gun:
        return gliders == 1 ? u"gun, a glider every %1 generations"_s.arg(period)
                            : u"gun, %1 gliders every %2 generations"_s.arg(gliders).arg(period);
    case Kind::Puffer:
        return u"puffer, %1, leaves %2 cells every %3 generations"_s.arg(speed(shift, period)).arg(cells).arg(period);
    case Kind::Methuselah:
        return cells == 0 ? u"methuselah, vanishes after %1 generations"_s.arg(settled)
                          : u"methuselah, settles after %1 generations with %2 cells"_s.arg(settled).arg(cells);
    case Kind::LinearGrowth:
        return period == 1 ? u"grows by %1 every generation"_s.arg(cells)
                           : u"grows by %1 cells every %2 generations"_s.arg(cells).arg(period);
    case Kind::QuadraticGrowth:
        return u"breeder, each %1 generations bring %2 cells more than those before"_s.arg(period).arg(cells);
    }
    return {};
}

} // namespace conway
