#include "server/SpareMemory.h"

#include <utility>

namespace conway {

namespace {

/// What fewer leave behind is not worth the trouble.
constexpr quint64 kRush = 16;
/// With more in a second it is not over. Whoever looks at /metrics ends some, too.
constexpr quint64 kQuiet = 10;

} // namespace

bool SpareMemory::tend(quint64 ended)
{
    const bool isQuiet = ended - std::exchange(m_lastSecond, ended) <= kQuiet;
    if (!isQuiet || ended - m_givenBackAt < kRush)
        return false;
    m_givenBackAt = ended;
    giveBackFreeMemory();
    return true;
}

} // namespace conway
