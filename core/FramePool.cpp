#include "core/FramePool.h"

#include <mutex>
#include <utility>
#include <vector>

namespace conway {

namespace {

/// More are freed only after a reader held many at once; those beyond go back to the heap.
constexpr std::size_t kMostKept = 4;

} // namespace

/// The frames nobody holds. With a mutex: a frame is released by whichever thread reads it last,
/// and taken by the engine's.
struct FramePool::Shelf {
    std::mutex mutex;
    std::vector<std::unique_ptr<Frame>> frames;
    bool closed = false;
};

FramePool::FramePool()
    : m_shelf(std::make_shared<Shelf>())
{
}

FramePool::~FramePool()
{
    // Frames still held keep the shelf alive; they must not pile up on one that nobody takes from.
    const std::scoped_lock lock(m_shelf->mutex);
    m_shelf->closed = true;
    m_shelf->frames.clear();
}

std::shared_ptr<Frame> FramePool::blank(int width, int height)
{
    std::unique_ptr<Frame> frame;
    {
        const std::scoped_lock lock(m_shelf->mutex);
        auto &frames = m_shelf->frames;
        std::erase_if(frames,
                      [&](const auto &kept) { return kept->cells.width() != width || kept->cells.height() != height; });
        if (!frames.empty()) {
            frame = std::move(frames.back());
            frames.pop_back();
        }
    }
    if (!frame) {
        frame = std::make_unique<Frame>();
        frame->cells = CellGrid(width, height);
        frame->changedTiles = TileSet(width, height);
    }
    return {frame.release(), [shelf = m_shelf](Frame *released) {
                std::unique_ptr<Frame> owned(released);
                const std::scoped_lock lock(shelf->mutex);
                if (!shelf->closed && shelf->frames.size() < kMostKept)
                    shelf->frames.push_back(std::move(owned));
            }};
}

} // namespace conway
