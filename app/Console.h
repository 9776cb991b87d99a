#pragma once

namespace conway {

/// Lets a program that opens no window speak where it was started. Call it before the first word. Elsewhere a program
/// is born with its terminal; on Windows one with windows has none, and takes part in that of its parent here.
///
/// A stream that was sent to a file or a pipe stays there. Started by a double-click there is nowhere to speak, and
/// nothing happens.
void joinConsole();

} // namespace conway
