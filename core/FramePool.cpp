#include "core/FramePool.h"

#include <algorithm>
#include <utility>

namespace conway {

namespace {

/// More are free only after a reader held many at once; those beyond go back to the heap.
constexpr std::ptrdiff_t kMostFree = 2;

} // namespace

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
    // Frames of another size will not be wanted again.
    std::erase_if(m_frames, [&](const FramePtr &other) {
        return other->cells.width() != frame->cells.width() || other->cells.height() != frame->cells.height();
    });
    m_frames.push_back(std::move(frame));
    if (std::count_if(m_frames.begin(), m_frames.end(), isFree) > kMostFree)
        m_frames.erase(std::find_if(m_frames.begin(), m_frames.end(), isFree));
}

} // namespace conway
