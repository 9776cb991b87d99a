#include "core/Snapshot.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <vector>

namespace conway {

namespace {

using Word = CellGrid::Word;
constexpr int kTileWords = TileSet::kTileSide / CellGrid::kWordBits;

/// One for the whole program: pictures are made and dropped on several threads.
std::atomic<qint64> bytesInUse{0};

/// A vector that never changes and is counted while anybody holds it. It lies on the heap in two pieces: with 16 bytes
/// of shared_ptr's, and its items; the heap itself adds some 16 bytes to each.
template <typename Item>
class Counted
{
public:
    explicit Counted(std::vector<Item> items)
        : m_items(std::move(items))
    {
        bytesInUse += bytes();
    }
    ~Counted() { bytesInUse -= bytes(); }
    Q_DISABLE_COPY_MOVE(Counted)

    [[nodiscard]] const std::vector<Item> &items() const { return m_items; }
    [[nodiscard]] qint64 bytes() const { return bytesOf(m_items.size()); }
    [[nodiscard]] static qint64 bytesOf(std::size_t items)
    {
        constexpr qint64 kPieces = sizeof(Counted) + 16 + 2 * 16;
        return kPieces + static_cast<qint64>(items * sizeof(Item));
    }

private:
    const std::vector<Item> m_items;
};

} // namespace

/// A tile's words, row after row. Cut off like the tile at the right and lower edge.
struct Snapshot::Tile : Counted<Word> {
    using Counted::Counted;
};

struct Snapshot::TileRow : Counted<std::shared_ptr<const Tile>> {
    using Counted::Counted;
};

struct Snapshot::Picture : Counted<std::shared_ptr<const TileRow>> {
    using Counted::Counted;
};

namespace {

using TilePtr = std::shared_ptr<const Snapshot::Tile>;
using TileRowPtr = std::shared_ptr<const Snapshot::TileRow>;

/// Where a tile lies: its rows, and its words in each of them.
struct Place {
    Place(int wordsPerRow, int height, std::size_t column, std::size_t row)
        : firstWord(column * kTileWords)
        , words(std::min<std::size_t>(kTileWords, static_cast<std::size_t>(wordsPerRow) - firstWord))
        , top(static_cast<int>(row) * TileSet::kTileSide)
        , bottom(std::min(top + TileSet::kTileSide, height))
    {
    }

    /// Words in all.
    [[nodiscard]] std::size_t size() const { return words * static_cast<std::size_t>(bottom - top); }

    std::size_t firstWord;
    std::size_t words;
    int top;
    int bottom;
};

std::vector<Word> wordsAt(const CellGrid &cells, const Place &place)
{
    std::vector<Word> words(place.size());
    Word *to = words.data();
    for (int y = place.top; y < place.bottom; ++y)
        to = std::copy_n(cells.row(y).data() + place.firstWord, place.words, to);
    return words;
}

bool isAt(const CellGrid &cells, const Place &place, const TilePtr &tile)
{
    const Word *expected = tile ? tile->items().data() : nullptr;
    for (int y = place.top; y < place.bottom; ++y) {
        const Word *const words = cells.row(y).data() + place.firstWord;
        for (std::size_t i = 0; i < place.words; ++i) {
            if (words[i] != (expected != nullptr ? *expected++ : 0))
                return false;
        }
    }
    return true;
}

/// The tile as it is now: none if it is dead, `before` if it is the same.
TilePtr tileAt(const CellGrid &cells, const Place &place, const TilePtr &before)
{
    if (isAt(cells, place, before))
        return before;
    if (before && isAt(cells, place, nullptr))
        return nullptr;
    return std::make_shared<const Snapshot::Tile>(wordsAt(cells, place));
}

/// Item i of a row or picture, where a null one has only null items.
template <typename Pointer>
auto itemAt(const Pointer &list, std::size_t i)
{
    return list ? list->items()[i] : typename std::decay_t<decltype(list->items())>::value_type{};
}

TileRowPtr tileRowAt(const CellGrid &cells, int row, const TileRowPtr &before, const TileSet &changed)
{
    std::vector<TilePtr> tiles;
    bool isNew = false;
    bool isDead = true;
    for (int column = 0; column < changed.columns(); ++column) {
        const auto i = static_cast<std::size_t>(column);
        TilePtr tile = itemAt(before, i);
        if (changed.contains(column, row)) {
            const Place place(cells.wordsPerRow(), cells.height(), i, static_cast<std::size_t>(row));
            TilePtr now = tileAt(cells, place, tile);
            isNew = isNew || now != tile;
            tile = std::move(now);
        }
        isDead = isDead && !tile;
        tiles.push_back(std::move(tile));
    }
    if (!isNew)
        return before;
    return isDead ? nullptr : std::make_shared<const Snapshot::TileRow>(std::move(tiles));
}

bool anyIn(const TileSet &tiles, int row)
{
    int column = 0;
    while (column < tiles.columns() && !tiles.contains(column, row))
        ++column;
    return column < tiles.columns();
}

TileSet allTilesOf(const CellGrid &cells)
{
    TileSet tiles(cells.width(), cells.height());
    tiles.markAll();
    return tiles;
}

std::shared_ptr<const Snapshot::Picture> pictureOf(const CellGrid &cells, const Snapshot::Picture *before,
                                                   const TileSet &changed)
{
    std::vector<TileRowPtr> rows;
    for (int row = 0; row < changed.rows(); ++row) {
        const TileRowPtr same = itemAt(before, static_cast<std::size_t>(row));
        rows.push_back(anyIn(changed, row) ? tileRowAt(cells, row, same, changed) : same);
    }
    return std::make_shared<const Snapshot::Picture>(std::move(rows));
}

/// What `list` takes with everything below it, without what is in the same place below `other`.
qint64 bytesOf(const TilePtr &tile, const TilePtr &other)
{
    return tile && tile != other ? tile->bytes() : 0;
}

template <typename Pointer, typename OtherPointer>
qint64 bytesOf(const Pointer &list, const OtherPointer &other)
{
    if (!list || list == other)
        return 0;
    qint64 bytes = list->bytes();
    for (std::size_t i = 0; i < list->items().size(); ++i)
        bytes += bytesOf(list->items()[i], itemAt(other, i));
    return bytes;
}

bool equal(const TilePtr &a, const TilePtr &b)
{
    return a == b || (a && b && a->items() == b->items());
}

bool equal(const TileRowPtr &a, const TileRowPtr &b)
{
    return a == b || (a && b &&
                      std::equal(a->items().begin(), a->items().end(), b->items().begin(),
                                 [](const TilePtr &s, const TilePtr &t) { return equal(s, t); }));
}

} // namespace

Snapshot::Snapshot(const CellGrid &cells)
    : m_width(cells.width())
    , m_height(cells.height())
    , m_picture(pictureOf(cells, nullptr, allTilesOf(cells)))
{
}

Snapshot::Snapshot(const CellGrid &cells, const Snapshot &previous, const TileSet &changed)
    : m_width(cells.width())
    , m_height(cells.height())
    , m_picture(previous.m_width == m_width && previous.m_height == m_height
                    ? pictureOf(cells, previous.m_picture.get(), changed)
                    : pictureOf(cells, nullptr, allTilesOf(cells)))
{
}

void Snapshot::restore(CellGrid &cells) const
{
    if (cells.width() != m_width || cells.height() != m_height)
        cells = CellGrid(m_width, m_height);
    else
        cells.fill(false);
    const auto &rows = m_picture->items();
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (!rows[row])
            continue;
        const auto &tiles = rows[row]->items();
        for (std::size_t column = 0; column < tiles.size(); ++column) {
            if (!tiles[column])
                continue;
            const Place place(cells.wordsPerRow(), m_height, column, row);
            const Word *from = tiles[column]->items().data();
            for (int y = place.top; y < place.bottom; ++y, from += place.words)
                std::copy_n(from, place.words, cells.row(y).data() + place.firstWord);
        }
    }
}

qint64 Snapshot::bytes() const
{
    return bytesOf(m_picture, std::shared_ptr<const Picture>());
}

qint64 Snapshot::bytesBeyond(const Snapshot &other) const
{
    return other.m_width == m_width && other.m_height == m_height ? bytesOf(m_picture, other.m_picture) : bytes();
}

qint64 Snapshot::bytesOfNext(const CellGrid &cells) const
{
    if (cells.width() != m_width || cells.height() != m_height)
        return std::numeric_limits<qint64>::max();
    const TileSet tiles(m_width, m_height);
    qint64 bytes = m_picture->bytes();
    for (std::size_t row = 0; row < m_picture->items().size(); ++row) {
        const TileRowPtr &same = m_picture->items()[row];
        qint64 ofTiles = 0;
        for (std::size_t column = 0; column < static_cast<std::size_t>(tiles.columns()); ++column) {
            const Place place(cells.wordsPerRow(), m_height, column, row);
            if (!isAt(cells, place, itemAt(same, column)))
                ofTiles += Tile::bytesOf(place.size());
        }
        bytes += ofTiles > 0 ? ofTiles + TileRow::bytesOf(static_cast<std::size_t>(tiles.columns())) : 0;
    }
    return bytes;
}

qint64 Snapshot::bytesOfAll()
{
    return bytesInUse;
}

bool operator==(const Snapshot &a, const Snapshot &b)
{
    if (a.m_width != b.m_width || a.m_height != b.m_height)
        return false;
    const auto &rows = a.m_picture->items();
    return std::equal(rows.begin(), rows.end(), b.m_picture->items().begin(),
                      [](const TileRowPtr &s, const TileRowPtr &t) { return equal(s, t); });
}

} // namespace conway
