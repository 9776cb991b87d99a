#include "core/Resize.h"

#include "core/Stamp.h"

namespace conway {

CellGrid resized(const CellGrid &cells, int width, int height)
{
    CellGrid result(width, height);
    // Division rounds toward 0, for both signs.
    stamp(result, Topology::Plane, cells, (width - cells.width()) / 2, (height - cells.height()) / 2, StampMode::Or);
    return result;
}

} // namespace conway
