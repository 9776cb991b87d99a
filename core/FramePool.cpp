#include "core/FramePool.h"

#include <algorithm>
#include <utility>

namespace conway {

FramePtr FramePool::take(int width, int height)
{
    const auto found = std::find_if(m_frames.begin(), m_frames.end(), [&](const FramePtr &frame) {
        return isFree(frame) && frame->cells.width() == width && frame->cells.height() == height;
    });
    if (found != m_frames.end()) {
        FramePtr frame = std::move(*found);
        m_frames.erase(found);
        return frame;
    }
    auto *frame = new Frame;
    frame->cells = CellGrid(width, height);
    frame->changedTiles = TileSet(width, height);
    return FramePtr(frame);
}

void FramePool::keep(FramePtr frame)
{
    if (!frame)
        return;
    Q_ASSERT(std::find(m_frames.begin(), m_frames.end(), frame) == m_frames.end()); // twice, it would never be free
    // One that is still free while another comes back was left over from when a reader was late. Frames of another size
    // will not be wanted again.
    std::erase_if(m_frames, [&](const FramePtr &other) {
        return isFree(other) || other->cells.width() != frame->cells.width() ||
               other->cells.height() != frame->cells.height();
    });
    m_frames.push_back(std::move(frame));
}

} // namespace conway
