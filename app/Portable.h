#pragma once

#include <QString>

namespace conway {

/// `programFolder`, if a file named `portable` lies there: such a copy keeps its settings and logs beside itself, and
/// can be carried from one computer to another. Else nothing: they go to the user's own places.
[[nodiscard]] QString portableFolder(const QString &programFolder);

} // namespace conway
