#pragma once

#include "core/CellGrid.h"

#include <QImage>

namespace conway {

/// The two colours that a universe is painted in.
struct CellColours {
    QRgb dead = 0xff000000;
    QRgb alive = 0xffffffff;

    friend bool operator==(const CellColours &, const CellColours &) = default;
};

/// One pixel a cell. `image` becomes as large as the universe, in Format_RGB32; its memory is reused where it fits.
///
/// RGB32 and not the bits as they are in Format_MonoLSB, although that would cost nothing: Qt's raster engine scales
/// the former with a loop of its own, the latter through a function call a pixel.
void paintCells(const CellGrid &cells, QImage &image, const CellColours &colours);

/// Many cells a pixel: each pixel shows which share of its cells is alive. The image has the given size, which is at
/// least 1×1 and in neither direction larger than the universe.
///
/// No cell is skipped, so nothing flickers that a sample would hit in one generation and miss in the next; and a single
/// living cell can be seen however many dead ones share its pixel.
void paintDensity(const CellGrid &cells, QSize size, QImage &image, const CellColours &colours);

} // namespace conway
