#include "core/UniverseSize.h"

#include "core/CellGrid.h"

using namespace Qt::StringLiterals;

namespace conway {

std::optional<Error> checkUniverseSize(qint64 width, qint64 height, qint64 maxCells)
{
    const auto fits = [](qint64 side) { return side >= 1 && side <= CellGrid::kMaxSide; };
    if (!fits(width) || !fits(height)) {
        return Error{u"a universe of %1x%2 cannot be: each side is from 1 to %3"_s.arg(width).arg(height).arg(
            CellGrid::kMaxSide)};
    }
    if (width * height > maxCells) {
        return Error{u"a universe of %1x%2 has %3 cells, and %4 are allowed"_s.arg(width)
                         .arg(height)
                         .arg(width * height)
                         .arg(maxCells)};
    }
    return std::nullopt;
}

} // namespace conway
