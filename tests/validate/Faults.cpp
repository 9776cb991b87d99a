#include "tests/validate/Faults.h"

namespace conway::validate {

void Faults::add(const QString &fault)
{
    constexpr qsizetype kKept = 10;
    ++m_count;
    if (m_first.size() < kKept)
        m_first.append(fault);
}

} // namespace conway::validate
