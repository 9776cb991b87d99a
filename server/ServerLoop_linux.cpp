#include "server/EpollLoop.h"
#include "server/ServerLoop.h"

namespace conway {

QAbstractEventDispatcher *newServerLoop()
{
    return new EpollLoop;
}

} // namespace conway
