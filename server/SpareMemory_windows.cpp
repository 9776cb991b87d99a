#include "server/SpareMemory.h"

namespace conway {

void giveBackFreeMemory()
{
    // Windows' heap gives it back by itself.
}

} // namespace conway
