#include "server/FramePicture.h"

#include "core/CellRuns.h"
#include "core/ColumnSums.h"
#include "server/Limits.h"

#include <QBuffer>
#include <QImage>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace conway {

namespace {

std::optional<int> sideOf(const QByteArray &digits)
{
    bool ok = !digits.isEmpty() && digits.size() <= 5 &&
              std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    const int number = ok ? digits.toInt(&ok) : 0;
    if (!ok || number < 1 || number > limits::kPictureSide)
        return {};
    return number;
}

/// One bit a pixel. A row of the picture is drawn as a grid of one row, whose words are a MonoLSB line as they are.
QImage cellImage(const CellGrid &cells, int scale)
{
    QImage image(cells.width() * scale, cells.height() * scale, QImage::Format_MonoLSB);
    image.setColorTable({0xffffffff, 0xff000000});
    CellGrid line(image.width(), 1);
    QByteArray bytes(qsizetype{line.wordsPerRow()} * qsizetype{sizeof(CellGrid::Word)}, '\0');
    for (int y = 0; y < cells.height(); ++y) {
        line.fill(false);
        for (int x = 0; x < cells.width();) {
            const int end = runEnd(cells, x, y);
            if (cells.alive(x, y))
                setRunAlive(line, x * scale, 0, (end - x) * scale);
            x = end;
        }
        qToLittleEndian<CellGrid::Word>(line.row(0).data(), line.wordsPerRow(), bytes.data());
        for (int copy = 0; copy < scale; ++copy)
            std::memcpy(image.scanLine(y * scale + copy), bytes.constData(),
                        static_cast<std::size_t>(std::min(image.bytesPerLine(), bytes.size())));
    }
    return image;
}

/// From white, no cell alive, to black. One living cell among many stands out, and a soup, of which a third is alive,
/// is dark.
std::array<uchar, 256> greys()
{
    constexpr double kFaintest = 0.3;
    std::array<uchar, 256> greys{};
    greys[0] = 255;
    for (std::size_t i = 1; i < greys.size(); ++i) {
        const double share = kFaintest + (1 - kFaintest) * std::sqrt(static_cast<double>(i) / 255);
        greys[i] = static_cast<uchar>(std::lround(255 * (1 - share)));
    }
    return greys;
}

QImage densityImage(const CellGrid &cells, const PictureScale &scale)
{
    const int width = static_cast<int>(scale.pixelsOf(cells.width()));
    const int height = static_cast<int>(scale.pixelsOf(cells.height()));
    QImage image(width, height, QImage::Format_Grayscale8);
    const auto shades = greys();
    ColumnSums sums(cells.wordsPerRow());
    for (int y = 0; y < height; ++y) {
        const int top = y * scale.cells;
        const int bottom = std::min(top + scale.cells, cells.height());
        sums.clear();
        for (int row = top; row < bottom; ++row)
            sums.add(cells.row(row));
        uchar *pixel = image.scanLine(y);
        for (int x = 0; x < width; ++x) {
            const int left = x * scale.cells;
            const int right = std::min(left + scale.cells, cells.width());
            const qint64 area = qint64{bottom - top} * (right - left);
            const qint64 step = (sums.alive(left, right) * 255 + area - 1) / area; // rounded up: 0 is none at all
            *pixel++ = shades[static_cast<std::size_t>(step)];
        }
    }
    return image;
}

} // namespace

std::optional<PictureScale> PictureScale::parse(const QByteArray &text)
{
    const bool isFraction = text.startsWith("1/");
    const auto number = sideOf(isFraction ? text.sliced(2) : text);
    if (!number)
        return {};
    return isFraction ? PictureScale{1, *number} : PictureScale{*number, 1};
}

PictureScale PictureScale::fitting(QSize universe, qint64 mostPixels)
{
    const double cells = static_cast<double>(universe.width()) * universe.height();
    const double ratio = static_cast<double>(mostPixels) / cells;
    PictureScale scale;
    if (ratio >= 1) {
        // A little too large at first, for what rounding may take.
        scale.pixels = std::min(static_cast<int>(std::sqrt(ratio)) + 1,
                                limits::kPictureSide / std::max(universe.width(), universe.height()));
        while (scale.pixels > 1 && !scale.fits(universe, mostPixels))
            --scale.pixels;
    } else {
        scale.cells = std::max(2, static_cast<int>(std::sqrt(1 / ratio)));
        while (!scale.fits(universe, mostPixels))
            ++scale.cells;
    }
    return scale;
}

QByteArray PictureScale::toString() const
{
    return cells > 1 ? "1/" + QByteArray::number(cells) : QByteArray::number(pixels);
}

bool PictureScale::fits(QSize universe, qint64 mostPixels) const
{
    const qint64 width = pixelsOf(universe.width());
    const qint64 height = pixelsOf(universe.height());
    return width <= limits::kPictureSide && height <= limits::kPictureSide && width * height <= mostPixels;
}

QByteArray framePicture(const CellGrid &cells, const PictureScale &scale)
{
    const QImage image = scale.cells > 1 ? densityImage(cells, scale) : cellImage(cells, scale.pixels);
    QByteArray png;
    QBuffer buffer(&png);
    image.save(&buffer, "PNG");
    return png;
}

} // namespace conway
