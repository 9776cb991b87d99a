#pragma once

#include "core/CellGrid.h"

#include <QByteArray>
#include <QSize>

#include <optional>

namespace conway {

/// How a universe is drawn: so many pixels a cell, or so many cells a pixel, on each side. One of the two is 1.
struct PictureScale {
    int pixels = 1;
    int cells = 1;

    /// "4": pixels a cell; "1/4": cells a pixel; from 1 to kPictureSide. Nothing when it is neither.
    [[nodiscard]] static std::optional<PictureScale> parse(const QByteArray &text);
    /// The largest with which a universe of that size fits into so many pixels, and kPictureSide on each side.
    [[nodiscard]] static PictureScale fitting(QSize universe, qint64 mostPixels);

    /// What parse() reads.
    [[nodiscard]] QByteArray toString() const;

    /// The pixels that so many cells take on a side.
    [[nodiscard]] qint64 pixelsOf(int side) const
    {
        return cells > 1 ? (qint64{side} + cells - 1) / cells : qint64{side} * pixels;
    }
    [[nodiscard]] bool fits(QSize universe, qint64 mostPixels) const;

    friend bool operator==(const PictureScale &, const PictureScale &) = default;
};

/// The universe as a PNG file, living cells black on white. Where a pixel is many cells it is the darker the more of
/// them live, and no cell is left out: a single one among thousands still shows. Takes as long as it takes: not for
/// the server's thread. The scale must fit kPicturePixels.
[[nodiscard]] QByteArray framePicture(const CellGrid &cells, const PictureScale &scale);

} // namespace conway
