#include "app/Presence.h"

#include <windows.h>

// After windows.h, on which it depends.
#include <shobjidl.h>

namespace conway {

void declarePresence()
{
    // These three names stand in installer/windows/cybermesh-conway.nsi, too.
    SetCurrentProcessExplicitAppUserModelID(L"CyberMesh.Conway");
    // One for installers of this user, who has one session; one for those of all users. Nobody owns them: that they
    // exist says it all, and the system takes them away with the process.
    CreateMutexW(nullptr, FALSE, L"Local\\CyberMesh.Conway");
    CreateMutexW(nullptr, FALSE, L"Global\\CyberMesh.Conway");
}

} // namespace conway
