#include "ui/CellImage.h"

#include "core/ColumnSums.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace conway {

namespace {

void fit(QImage &image, QSize size)
{
    if (image.size() != size || image.format() != QImage::Format_RGB32)
        image = QImage(size, QImage::Format_RGB32);
}

QRgb *line(QImage &image, int y)
{
    return reinterpret_cast<QRgb *>(image.scanLine(y));
}

/// Colours from no cell alive to all alive. One living cell in a crowd of dead ones still stands out from the ground,
/// and a soup, of which a third is alive, is bright.
class Shades
{
public:
    explicit Shades(const CellColours &colours)
    {
        constexpr double kFaintest = 0.3;
        m_shades[0] = colours.dead;
        for (int i = 1; i <= kSteps; ++i) {
            const double share = kFaintest + (1 - kFaintest) * std::sqrt(static_cast<double>(i) / kSteps);
            m_shades[static_cast<std::size_t>(i)] = mix(colours.dead, colours.alive, share);
        }
    }

    [[nodiscard]] QRgb at(qint64 alive, qint64 of) const
    {
        return m_shades[static_cast<std::size_t>((alive * kSteps + of - 1) / of)]; // rounded up: 0 is none at all
    }

private:
    static constexpr int kSteps = 255;

    static QRgb mix(QRgb from, QRgb to, double share)
    {
        const auto channel = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
        return qRgb(channel(qRed(from), qRed(to)), channel(qGreen(from), qGreen(to)), channel(qBlue(from), qBlue(to)));
    }

    std::array<QRgb, kSteps + 1> m_shades{};
};

/// Where part `i` of `parts` begins in `whole` cells.
int boundary(int i, int parts, int whole)
{
    return static_cast<int>(static_cast<qint64>(i) * whole / parts);
}

} // namespace

void paintCells(const CellGrid &cells, QImage &image, const CellColours &colours)
{
    fit(image, QSize(cells.width(), cells.height()));
    const QRgb difference = colours.dead ^ colours.alive;
    for (int y = 0; y < cells.height(); ++y) {
        QRgb *pixel = line(image, y);
        int left = cells.width();
        for (CellGrid::Word word : cells.row(y)) {
            const int count = std::min(left, CellGrid::kWordBits);
            for (int bit = 0; bit < count; ++bit) {
                const auto mask =
                    static_cast<QRgb>(CellGrid::Word{0} - (word >> bit & 1U)); // all ones for a living cell
                *pixel++ = colours.dead ^ (difference & mask);
            }
            left -= count;
        }
    }
}

void paintDensity(const CellGrid &cells, QSize size, QImage &image, const CellColours &colours)
{
    fit(image, size);
    const Shades shades(colours);
    ColumnSums sums(cells.wordsPerRow());
    std::vector<int> columns;
    for (int x = 0; x <= size.width(); ++x)
        columns.push_back(boundary(x, size.width(), cells.width()));

    for (int y = 0; y < size.height(); ++y) {
        const int top = boundary(y, size.height(), cells.height());
        const int bottom = boundary(y + 1, size.height(), cells.height());
        sums.clear();
        for (int row = top; row < bottom; ++row)
            sums.add(cells.row(row));
        QRgb *pixel = line(image, y);
        for (std::size_t x = 0; x + 1 < columns.size(); ++x) {
            const qint64 area = static_cast<qint64>(bottom - top) * (columns[x + 1] - columns[x]);
            *pixel++ = shades.at(sums.alive(columns[x], columns[x + 1]), area);
        }
    }
}

} // namespace conway
