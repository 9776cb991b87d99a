#include "tests/validate/Faults.h"

namespace conway::validate {

namespace {

constexpr qsizetype kKept = 10;

} // namespace

void Faults::add(const QString &fault)
{
    ++m_count;
    if (m_first.size() < kKept)
        m_first.append(fault);
}

void Faults::add(const Faults &others)
{
    m_count += others.m_count;
    m_first = (m_first + others.m_first).mid(0, kKept);
}

} // namespace conway::validate
