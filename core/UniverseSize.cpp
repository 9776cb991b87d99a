#include "core/UniverseSize.h"

#include "core/CellGrid.h"

using namespace Qt::StringLiterals;

namespace conway {

std::optional<Error> checkUniverseSize(qint64 width, qint64 height, qint64 maxCells)
{
    if (width < 1 || height < 1 || width > CellGrid::kMaxSide || height > CellGrid::kMaxSide) {
        Error error{u"a universe of %1x%2 cannot be: each side is from 1 to %3"_s.arg(width).arg(height).arg(
            CellGrid::kMaxSide)};
        error.isLimit = width >= 1 && height >= 1;
        return error;
    }
    if (width * height > maxCells) {
        Error error{u"a universe of %1x%2 has %3 cells, and %4 are allowed"_s.arg(width)
                        .arg(height)
                        .arg(width * height)
                        .arg(maxCells)};
        error.isLimit = true;
        return error;
    }
    return std::nullopt;
}

} // namespace conway
