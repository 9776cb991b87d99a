#pragma once

namespace conway {

/// Raises the soft limit of open files to the hard one, as a viewer is a file to the system and many desktops allow
/// 1,024. Returns how many may be open then; a very large number where there is no such limit.
int raiseOpenFileLimit();

/// Whether one more could be opened now. A microsecond. True where there is no such limit.
[[nodiscard]] bool canOpenFile();

} // namespace conway
