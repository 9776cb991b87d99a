#pragma once

#include "core/CellGrid.h"

#include <QByteArray>

#include <iterator>
#include <vector>

namespace conway {

/// The values of one tile of a level, as docs/protocol.md defines them: cells at level 0, densities above it.
///
/// Rows from top to bottom, each of wordsPerRow() words, the leftmost value in a word's lowest bits; what lies past the
/// last column is 0. A value: copies are independent.
class TileValues
{
public:
    using Word = CellGrid::Word;

    /// All 0. Level 0 has values of 1 bit, all others of 4. At most 128 columns and rows.
    TileValues(int level, int columns, int rows)
        : m_columns(columns)
        , m_rows(rows)
        , m_bits(level == 0 ? 1 : 4)
        , m_words(static_cast<std::size_t>(wordsPerRow()) * static_cast<std::size_t>(rows), 0)
    {
    }

    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] int rows() const { return m_rows; }
    [[nodiscard]] int bitsPerValue() const { return m_bits; }
    [[nodiscard]] int wordsPerRow() const
    {
        return (m_columns * m_bits + CellGrid::kWordBits - 1) / CellGrid::kWordBits;
    }

    [[nodiscard]] const Word *row(int y) const { return m_words.data() + qsizetype{y} * wordsPerRow(); }
    [[nodiscard]] Word *row(int y) { return m_words.data() + qsizetype{y} * wordsPerRow(); }

    /// The memory they take.
    [[nodiscard]] qsizetype bytes() const { return std::ssize(m_words) * qsizetype{sizeof(Word)}; }

    [[nodiscard]] bool isZero() const;

    /// The bytes that a record's check is made of and its raw encoding holds.
    [[nodiscard]] QByteArray rawForm() const;

    /// The values in which it differs from another one of the same shape: old XOR new.
    TileValues &operator^=(const TileValues &other);

    friend bool operator==(const TileValues &, const TileValues &) = default;

private:
    int m_columns;
    int m_rows;
    int m_bits;
    std::vector<Word> m_words;
};

} // namespace conway
