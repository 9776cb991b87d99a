#pragma once

#include "core/Frame.h"

#include <vector>

namespace conway {

/// Gives the memory of frames to new ones once the last reader has let go: a universe of 16384² would otherwise
/// allocate 32 MiB a generation.
///
/// Belongs to one thread, the engine's. Readers may drop their frames on any thread, and may outlive the pool: all that
/// is shared is a frame's count of references.
class FramePool
{
public:
    /// Whether nobody else holds the frame, so that it may be written again.
    [[nodiscard]] static bool isFree(const FramePtr &frame) { return frame && frame->ref.loadAcquire() == 1; }

    /// For writing, while isFree().
    [[nodiscard]] static Frame &write(const FramePtr &frame)
    {
        Q_ASSERT(isFree(frame));
        // None is created const.
        return const_cast<Frame &>(*frame); // NOLINT(cppcoreguidelines-pro-type-const-cast)
    }

    /// A frame for a universe of that size, its content unspecified: used before, where one of that size is free.
    [[nodiscard]] FramePtr take(int width, int height);

    /// Takes back what its readers may still hold.
    void keep(FramePtr frame);

private:
    std::vector<FramePtr> m_frames;
};

} // namespace conway
