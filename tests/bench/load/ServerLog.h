#pragma once

#include <QString>
#include <QStringList>

namespace conway::load {

/// The lines of a server's log, of level "warning" and above, that nobody has explained: ServerLog.cpp lists those that
/// are, with their reasons.
[[nodiscard]] QStringList unexplainedLines(const QString &logFile);

} // namespace conway::load
