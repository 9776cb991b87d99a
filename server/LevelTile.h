#pragma once

#include "core/TileSet.h"
#include "server/TileValues.h"

#include <QHashFunctions>
#include <QSize>

namespace conway {

/// A tile of a level of a universe: 128×128 values, 2^level as many cells either way, less what the edge cuts off.
struct LevelTile {
    int level = 0; ///< 0..limits::kMaxLevel
    int column = 0;
    int row = 0;

    friend bool operator==(const LevelTile &, const LevelTile &) = default;
};

[[nodiscard]] size_t qHash(const LevelTile &tile, size_t seed = 0) noexcept;

/// Its values; the tile lies in the universe, at least in part.
[[nodiscard]] TileValues readTile(const CellGrid &cells, const LevelTile &tile);

/// Whether any of its cells lies in `touched`, which is of the universe's size.
[[nodiscard]] bool isTouched(const LevelTile &tile, const TileSet &touched);

/// Makes `values`, read from the same universe at another time, what they are now. The cells differ in no other tiles
/// than those in `touched`; only those are read.
void updateTile(TileValues &values, const CellGrid &cells, const LevelTile &tile, const TileSet &touched);

} // namespace conway
