#pragma once

namespace conway {

/// Tells the system who this process is, until it ends. On Windows the taskbar keeps the windows of one application
/// together by a name, which installer/windows gives to its shortcuts, too; and the installer sees by a mutex that it
/// must not replace files yet. Elsewhere nobody asks.
///
/// Call it first of all, once.
void declarePresence();

} // namespace conway
