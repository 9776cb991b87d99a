#include "core/BoundedRule.h"

#include "core/UniverseSize.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

Error notBounds(QStringView suffix, const QString &why)
{
    return {u"\":%1\" is not a universe we have: %2. Accepted are a torus such as :T30,20 and a plane such as :P30,20"_s
                .arg(suffix.left(40).toString(), why)};
}

/// What Golly's other letters stand for.
QString nameOfShape(QChar letter)
{
    switch (letter.toUpper().unicode()) {
    case u'K':
        return u"a Klein bottle"_s;
    case u'C':
        return u"a cross-surface"_s;
    case u'S':
        return u"a sphere"_s;
    default:
        return u"neither T for a torus nor P for a plane"_s;
    }
}

/// Nothing unless it is all digits. Saturates, so that checkUniverseSize() can tell what is wrong.
std::optional<qint64> readSide(QStringView text)
{
    const QStringView digits = text.trimmed();
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    if (digits.isEmpty() || !std::all_of(digits.begin(), digits.end(), isDigit))
        return std::nullopt;
    bool fits = false;
    const qint64 side = digits.toLongLong(&fits);
    return fits ? side : std::numeric_limits<qint64>::max();
}

Result<Pattern::Bounds> readBounds(QStringView suffix, qint64 maxCells)
{
    if (suffix.isEmpty())
        return notBounds(suffix, u"it is empty"_s);
    const QChar letter = suffix.front().toUpper();
    if (letter != u'T' && letter != u'P')
        return notBounds(suffix, nameOfShape(letter));

    const QStringView sides = suffix.sliced(1);
    if (sides.contains(u'*') || sides.contains(u'+') || sides.contains(u'-'))
        return notBounds(suffix, u"it is twisted or shifted"_s);
    const qsizetype comma = sides.indexOf(u',');
    const auto width = readSide(comma < 0 ? sides : sides.first(comma));
    const auto height = comma < 0 ? width : readSide(sides.sliced(comma + 1));
    if (!width || !height)
        return notBounds(suffix, u"after the letter come a width, a comma and a height"_s);
    if (*width == 0 || *height == 0)
        return notBounds(suffix, u"the side 0 makes it infinite"_s);
    if (const auto error = checkUniverseSize(*width, *height, maxCells))
        return *error;
    return Pattern::Bounds{letter == u'T' ? Topology::Torus : Topology::Plane, static_cast<int>(*width),
                           static_cast<int>(*height)};
}

} // namespace

Result<BoundedRule> BoundedRule::parse(QStringView text, qint64 maxCells)
{
    const QStringView trimmed = text.trimmed();
    const qsizetype colon = trimmed.indexOf(u':');
    const auto rule = Rule::parse(colon < 0 ? trimmed : trimmed.first(colon));
    if (!rule)
        return rule.error();
    if (colon < 0)
        return BoundedRule{*rule, std::nullopt};

    const auto bounds = readBounds(trimmed.sliced(colon + 1).trimmed(), maxCells);
    if (!bounds)
        return bounds.error();
    if (rule->births(0) && bounds->topology == Topology::Plane) {
        return Error{u"%1 has B0, which brings all that lies beyond a plane's edges to life: use a torus (:T%2,%3)"_s
                         .arg(rule->toString())
                         .arg(bounds->width)
                         .arg(bounds->height)};
    }
    return BoundedRule{*rule, *bounds};
}

QString BoundedRule::toString() const
{
    if (!bounds)
        return rule.toString();
    const QChar letter = bounds->topology == Topology::Torus ? u'T' : u'P';
    return u"%1:%2%3,%4"_s.arg(rule.toString(), letter).arg(bounds->width).arg(bounds->height);
}

} // namespace conway
