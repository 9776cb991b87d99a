#include "server/SpareMemory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace conway {

void giveBackFreeMemory()
{
    // Others give it back by themselves.
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace conway
