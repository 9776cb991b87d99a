#pragma once

#include <QIcon>

namespace conway {

/// Signs for buttons, drawn by ourselves.
enum class Glyph {
    Start,
    Stop,
    Step,
    Reset,
    Turbo,
    Copy,
    Done,
    Warning,
    Close,
    Operates,
    Watches,
};

/// Drawn anew wherever it is shown, in the application palette's text colour: sharp at every size and device pixel
/// ratio, right in light and dark without being told of a change, pale when disabled.
[[nodiscard]] QIcon glyphIcon(Glyph glyph);

/// The application's own icon, in all its sizes.
[[nodiscard]] QIcon applicationIcon();

} // namespace conway
