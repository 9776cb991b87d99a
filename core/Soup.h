#pragma once

#include "core/CellGrid.h"
#include "core/Result.h"

#include <QStringView>

namespace conway {

/// A universe filled at random, so that its few characters say all its cells: the same on every platform and in every
/// release.
///
/// The cells are taken row by row from the upper left; each takes the next number of SplitMix64, begun with the seed,
/// and is alive if that number's upper 32 bits are less than the density.
struct Soup {
    quint64 density = 0; ///< living cells among 2³²
    quint64 seed = 0;

    /// Everybody's word for all cells being alive.
    static constexpr quint64 kFull = quint64{1} << 32U;

    /// Reads DENSITY,SEED. A density is a percentage, "35" or "35%", from 0 to 100, with at most 7 decimals; what is
    /// less than 1 and has no sign is a share: "0.35" is the same as "35". A seed is a whole number of 64 bits.
    [[nodiscard]] static Result<Soup> parse(QStringView text);

    /// Sides as for CellGrid.
    [[nodiscard]] CellGrid universe(int width, int height) const;

    friend bool operator==(const Soup &, const Soup &) = default;
};

} // namespace conway
