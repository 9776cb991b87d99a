#pragma once

#include "core/CellGrid.h"

#include <cstddef>
#include <span>
#include <vector>

namespace conway {

/// Adds rows of cells up, 64 columns at a time, for whoever shows many cells as one: plane k holds binary digit k of
/// each column's sum.
class ColumnSums
{
public:
    explicit ColumnSums(int wordsPerRow)
        : m_carry(static_cast<std::size_t>(wordsPerRow))
    {
    }

    void clear()
    {
        m_rows = 0;
        m_used = 0;
    }

    void add(std::span<const CellGrid::Word> row);

    /// Living cells in columns from..to-1 of the rows added since clear(); from < to.
    [[nodiscard]] qint64 alive(int from, int to) const;

private:
    std::vector<CellGrid::Word> m_carry;
    std::vector<std::vector<CellGrid::Word>> m_planes;
    std::size_t m_used = 0;
    unsigned m_rows = 0;
};

} // namespace conway
