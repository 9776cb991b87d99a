#pragma once

#include "core/Moment.h"

#include <deque>

namespace conway {

/// Moments of a universe in a row, and the memory they take together.
///
/// Tiles that neighbours share are counted once; two moments further apart that have a tile in common which those
/// between them have not, count it twice. So bytes() is never too little, and exact where each picture was made from
/// the one before. Pictures that somebody else holds as well are counted here all the same. Of the beginnings that
/// moments know, that of the first one is not counted: it is the universe's that there is, as a rule.
class MomentList
{
public:
    [[nodiscard]] const std::deque<Moment> &all() const { return m_moments; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

    void append(const Moment &moment);
    void replace(std::size_t i, const Moment &moment);
    /// Neither of an empty list.
    void dropFirst();
    void dropLast();

private:
    void account(std::size_t i);

    std::deque<Moment> m_moments;
    std::deque<qint64> m_costs; ///< what each takes beyond the one before it
    qint64 m_bytes = 0;
};

} // namespace conway
