#pragma once

#include "core/CellGrid.h"
#include "core/TileSet.h"

#include <memory>

namespace conway {

/// A picture of a universe's cells that never changes, made to be one of many: what it has in common with the one it
/// was made from, it shares with it.
///
/// The cells lie in tiles, TileSet's, and the tiles in rows, each shared by whoever has the same; a dead tile or row
/// takes no memory. So a picture costs a pointer for each row of tiles, and for each row with a change a pointer for
/// each of its tiles, and 2 KiB for each tile with a change.
///
/// A value: copying one copies a pointer. Any thread may read and drop it.
class Snapshot
{
public:
    /// Reads all cells, and shares nothing.
    explicit Snapshot(const CellGrid &cells);

    /// Reads the tiles in `changed` and shares the others with `previous`: those in which the cells differ from it must
    /// be in there, and any others may be, for what turns out to be equal is shared nevertheless. `changed` is of the
    /// size of `cells`; a `previous` of another size is of no use, and no harm.
    Snapshot(const CellGrid &cells, const Snapshot &previous, const TileSet &changed);

    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }

    /// Makes `cells` what they were, and of the size they had.
    void restore(CellGrid &cells) const;

    /// The memory it takes, and what of that is not shared with `other`, tile by tile in the same place. Of a list of
    /// pictures, each made from the one before it, this adds up to exactly what the list takes.
    [[nodiscard]] qint64 bytes() const;
    [[nodiscard]] qint64 bytesBeyond(const Snapshot &other) const;

    /// What a picture of `cells` would take at most that is not shared with this one; more than there is memory where
    /// they are of another size. Reads all cells.
    [[nodiscard]] qint64 bytesOfNext(const CellGrid &cells) const;

    /// The memory all pictures in the program take, with everything shared counted once. Any thread.
    [[nodiscard]] static qint64 bytesOfAll();

    /// Whether the cells are the same; quick where they are shared.
    friend bool operator==(const Snapshot &a, const Snapshot &b);

    struct Tile;
    struct TileRow;
    struct Picture;

private:
    int m_width;
    int m_height;
    std::shared_ptr<const Picture> m_picture;
};

} // namespace conway
