#include "app/Console.h"

namespace conway {

void joinConsole()
{
    // It has one already, if there is any.
}

} // namespace conway
