#include "core/Stamp.h"

#include <algorithm>
#include <span>

namespace conway {

namespace {

using Word = CellGrid::Word;
constexpr int kWordBits = CellGrid::kWordBits;

/// A piece of a pattern's side that lies in one piece on the universe's.
struct Piece {
    int from;   ///< in the pattern
    int to;     ///< in the universe
    int length; ///< above 0
};

/// The word of cells that begins at `bit`; past the row's end they are dead.
Word wordFrom(std::span<const Word> row, int bit)
{
    const auto i = static_cast<std::size_t>(bit / kWordBits);
    const int shift = bit % kWordBits;
    const Word low = row[i] >> shift;
    return shift == 0 || i + 1 == row.size() ? low : low | row[i + 1] << (kWordBits - shift);
}

void stampRow(std::span<Word> universe, std::span<const Word> pattern, const Piece &piece, StampMode mode)
{
    for (int done = 0; done < piece.length;) {
        const int at = piece.to + done;
        const int bit = at % kWordBits;
        const int count = std::min(piece.length - done, kWordBits - bit);
        const Word mask = ~Word{0} >> (kWordBits - count);
        const Word cells = (wordFrom(pattern, piece.from + done) & mask) << bit;
        Word &word = universe[static_cast<std::size_t>(at / kWordBits)];
        switch (mode) {
        case StampMode::Or:
            word |= cells;
            break;
        case StampMode::Xor:
            word ^= cells;
            break;
        case StampMode::Copy:
            word = (word & ~(mask << bit)) | cells;
            break;
        }
        done += count;
    }
}

/// The first piece of a pattern's side from `from` on, where the pattern begins at `offset`; of no length past its end.
/// On a torus its pieces follow one another; of a plane there is only one.
Piece pieceFrom(int from, int patternSide, int universeSide, qint64 offset, Topology topology)
{
    const qint64 place = offset + from;
    if (topology == Topology::Torus) {
        const int to = static_cast<int>((place % universeSide + universeSide) % universeSide);
        return {from, to, std::min(patternSide - from, universeSide - to)};
    }
    const qint64 first = std::max(place, qint64{0});
    const qint64 end = std::min(offset + patternSide, qint64{universeSide});
    if (first >= end)
        return {patternSide, 0, 0};
    return {static_cast<int>(first - offset), static_cast<int>(first), static_cast<int>(end - first)};
}

} // namespace

void stamp(CellGrid &universe, Topology topology, const CellGrid &pattern, int x, int y, StampMode mode)
{
    const auto columns = [&](int from) { return pieceFrom(from, pattern.width(), universe.width(), x, topology); };
    const auto rows = [&](int from) { return pieceFrom(from, pattern.height(), universe.height(), y, topology); };
    for (Piece down = rows(0); down.length > 0; down = rows(down.from + down.length)) {
        for (int i = 0; i < down.length; ++i) {
            const auto to = universe.row(down.to + i);
            const auto from = pattern.row(down.from + i);
            for (Piece across = columns(0); across.length > 0; across = columns(across.from + across.length))
                stampRow(to, from, across, mode);
        }
    }
}

} // namespace conway
