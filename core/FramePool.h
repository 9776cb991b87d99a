#pragma once

#include "core/Frame.h"

#include <memory>

namespace conway {

/// Hands out frames to fill, and takes their memory back when the last reader lets go: a universe of 16384² would
/// otherwise allocate 32 MiB a generation.
///
/// blank() belongs to one thread (the engine's); readers may drop their frames on any thread, and may outlive the pool.
class FramePool
{
public:
    FramePool();
    ~FramePool();
    Q_DISABLE_COPY_MOVE(FramePool)

    /// A frame for a universe of that size, its content unspecified: reused where one of that size is free.
    [[nodiscard]] std::shared_ptr<Frame> blank(int width, int height);

private:
    struct Shelf;
    std::shared_ptr<Shelf> m_shelf;
};

} // namespace conway
