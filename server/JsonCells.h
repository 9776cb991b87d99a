#pragma once

#include "core/Frame.h"

#include <QByteArray>

/// The cells of the JSON stream, as docs/protocol.md defines its `full_state` and `delta`. Pure functions from frames
/// to UTF-8 text, written by hand: this is the hot path.
namespace conway::json {

/// Whether a universe of that size may be sent as JSON (limits::kJsonCells).
[[nodiscard]] bool fits(int width, int height);

[[nodiscard]] QByteArray fullState(const Frame &frame);

/// The cells in which `to` differs from `from`; both are frames of one epoch. Looks only at changed tiles when `to` was
/// published right after `from`, else at all of them.
[[nodiscard]] QByteArray delta(const Frame &from, const Frame &to);

} // namespace conway::json
