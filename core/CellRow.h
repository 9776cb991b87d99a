#pragma once

#include "core/PatternDraft.h"

namespace conway {

/// Reads the rest of the line as a row of drawn cells that begins at (x, y): O and * are alive, dots dead; blanks are
/// dead too, but do not make the pattern larger. Stands at the line's end afterwards.
[[nodiscard]] std::optional<Error> readCellRow(TextCursor &text, PatternDraft &draft, qint64 x, qint64 y);

} // namespace conway
