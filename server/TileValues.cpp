#include "server/TileValues.h"

#include <QtEndian>

#include <algorithm>

namespace conway {

bool TileValues::isZero() const
{
    return std::all_of(m_words.begin(), m_words.end(), [](Word word) { return word == 0; });
}

QByteArray TileValues::rawForm() const
{
    const qsizetype rowBytes = (qsizetype{m_columns} * m_bits + 7) / 8;
    const qsizetype wordBytes = wordsPerRow() * qsizetype{sizeof(Word)};
    // A row's words may be longer than its bytes; the row that follows overwrites the excess.
    QByteArray bytes(rowBytes * (m_rows - 1) + wordBytes, Qt::Uninitialized);
    for (int y = 0; y < m_rows; ++y)
        qToLittleEndian<Word>(row(y), wordsPerRow(), bytes.data() + y * rowBytes);
    bytes.truncate(rowBytes * m_rows);
    return bytes;
}

TileValues &TileValues::operator^=(const TileValues &other)
{
    Q_ASSERT(m_columns == other.m_columns && m_rows == other.m_rows && m_bits == other.m_bits);
    for (std::size_t i = 0; i < m_words.size(); ++i)
        m_words[i] ^= other.m_words[i];
    return *this;
}

} // namespace conway
