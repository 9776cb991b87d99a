#include "app/Presence.h"

namespace conway {

void declarePresence()
{
    // Packages replace the files of running programs.
}

} // namespace conway
