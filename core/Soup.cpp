#include "core/Soup.h"

#include "core/SplitMix64.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr qsizetype kDecimals = 7;
constexpr quint64 kOne = 10'000'000; // 10 to the power of kDecimals

/// Nothing unless it is all digits and fits.
std::optional<quint64> readDigits(QStringView text)
{
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    if (text.isEmpty() || !std::all_of(text.begin(), text.end(), isDigit))
        return std::nullopt;
    bool fits = false;
    const quint64 number = text.toULongLong(&fits);
    return fits ? std::optional(number) : std::nullopt;
}

/// A decimal number from 0 to 100, in units of 1/kOne. No floating point: what is rounded is rounded alike everywhere.
std::optional<quint64> readDecimal(QStringView text)
{
    const qsizetype point = text.indexOf(u'.');
    const auto whole = readDigits(point < 0 ? text : text.first(point));
    if (!whole || *whole > 100)
        return std::nullopt;
    if (point < 0)
        return *whole * kOne;
    const QStringView decimals = text.sliced(point + 1);
    auto fraction = readDigits(decimals);
    if (!fraction || decimals.size() > kDecimals)
        return std::nullopt;
    for (qsizetype i = decimals.size(); i < kDecimals; ++i)
        *fraction *= 10;
    return *whole * kOne + *fraction;
}

/// Living cells among Soup::kFull.
std::optional<quint64> readDensity(QStringView text)
{
    const bool hasSign = text.endsWith(u'%');
    const auto number = readDecimal(hasSign ? text.chopped(1).trimmed() : text);
    if (!number)
        return std::nullopt;
    const bool isShare = !hasSign && *number < kOne;
    const quint64 hundred = isShare ? kOne : 100 * kOne;
    if (*number > hundred)
        return std::nullopt;
    return (*number * Soup::kFull + hundred / 2) / hundred; // less than 2⁶²
}

} // namespace

Result<Soup> Soup::parse(QStringView text)
{
    const qsizetype comma = text.indexOf(u',');
    const auto density = comma < 0 ? std::nullopt : readDensity(text.first(comma).trimmed());
    const auto seed = comma < 0 ? std::nullopt : readDigits(text.sliced(comma + 1).trimmed());
    if (!density || !seed) {
        return Error{u"a soup is DENSITY,SEED: a percentage from 0 to 100 or a share such as 0.35, and a whole number "
                     u"of 64 bits, such as 35,1; not \"%1\""_s.arg(text.left(40))};
    }
    return Soup{*density, *seed};
}

CellGrid Soup::universe(int width, int height) const
{
    CellGrid cells(width, height);
    SplitMix64 random(seed);
    for (int y = 0; y < height; ++y) {
        int column = 0;
        for (CellGrid::Word &word : cells.row(y)) {
            for (int bit = 0; bit < CellGrid::kWordBits && column < width; ++bit, ++column)
                word |= CellGrid::Word{(random.next() >> 32U) < density} << static_cast<unsigned>(bit);
        }
    }
    return cells;
}

} // namespace conway
