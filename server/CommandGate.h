#pragma once

#include "server/Limits.h"

namespace conway {

/// Counts what viewers have asked of the engine and it has not done yet. An engine that is slower than they ask would
/// otherwise have a queue that only grows, with the host's own commands at its end.
///
/// Those do not come through here, and so are never refused.
class CommandGate
{
public:
    /// Lets a command pass that counts for so much, unless too many are under way.
    [[nodiscard]] bool enter(int weight)
    {
        if (m_waiting + weight > limits::kCommandsWaiting)
            return false;
        m_waiting += weight;
        return true;
    }
    /// The engine has done one that passed.
    void leave(int weight) { m_waiting -= weight; }

private:
    int m_waiting = 0;
};

} // namespace conway
