#pragma once

#include "core/Result.h"

#include <QString>

namespace conway {

/// Sends every log line, with time, level and category, to stderr and to a file that is rotated: at 1 MiB it is renamed
/// to FILE.1 (and FILE.1 to FILE.2, the oldest goes), so that a program that runs for a year fills no disk.
///
/// Lines may come from any thread. Installed once, for the life of the process.
///
/// `path` empty means `logs` in `portableFolder`, and if that is empty, too, the platform's place for logs. Returns the
/// path in use, or why there is no file; the log then goes to stderr alone.
[[nodiscard]] Result<QString> installLog(const QString &path, const QString &portableFolder = {});

} // namespace conway
