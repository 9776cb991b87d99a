#pragma once

#include <QtGlobal>

namespace conway {

/// Gives memory back to the system when a rush is over. Left to itself the C library of Linux keeps what thousands of
/// connections have freed, in case they come again: six times of what the server needs without them.
class SpareMemory
{
public:
    /// To be called once a second; `ended`: connections that have ended since the start. True: it was given back.
    bool tend(quint64 ended);

private:
    quint64 m_lastSecond = 0;
    quint64 m_givenBackAt = 0;
};

/// Where the C library keeps what is free, and can be asked for it. A few milliseconds at most.
void giveBackFreeMemory();

} // namespace conway
