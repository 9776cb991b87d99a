#include "tests/validate/FileLimit.h"

namespace conway::validate {

// Sockets are handles there: a process may hold millions.
int raiseFileLimit(int wanted)
{
    return wanted;
}

} // namespace conway::validate
