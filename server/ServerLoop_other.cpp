#include "server/ServerLoop.h"

namespace conway {

QAbstractEventDispatcher *newServerLoop()
{
    return nullptr;
}

} // namespace conway
