#pragma once

#include "core/StateHash.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace conway {

/// The StateHash of a frame, for Frame::stateHash(): computed when somebody asks first, and remembered.
///
/// Where an earlier frame was asked, its tiles' sums are handed on from frame to frame with a list of the tiles touched
/// since, so that the next answer takes no longer than what changed in between. Where nobody asks nothing is done.
///
/// The engine's thread links frames before they are published; from then on any thread may ask.
class FrameHash
{
public:
    FrameHash() = default;
    /// A frame is copied to be changed: of the copy nothing is known.
    FrameHash(const FrameHash & /*other*/) {}
    FrameHash &operator=(const FrameHash &) = delete;
    ~FrameHash() = default;

    /// Of a frame of which nothing is known.
    void forget()
    {
        if (isAsked())
            drop();
    }

    /// Of a frame of the same size as that of `before`, from which it differs in no other tiles than `changed`.
    void follow(const FrameHash &before, const TileSet &changed)
    {
        if (isAsked() || before.isAsked())
            link(before, changed);
    }

    /// `cells` are the frame's.
    [[nodiscard]] quint64 valueOf(const CellGrid &cells) const;

private:
    /// Whether this frame or one before it was asked: here there is something to do for each generation, or nothing.
    [[nodiscard]] bool isAsked() const { return m_basis || m_isKnown.load(std::memory_order_acquire); }
    void drop();
    void link(const FrameHash &before, const TileSet &changed);

    std::shared_ptr<const StateHash> m_basis; ///< an earlier frame's; null where none was asked
    TileSet m_touched;                        ///< since that one

    mutable std::mutex m_asking; ///< several readers may; the engine never waits here
    mutable std::shared_ptr<const StateHash> m_own;
    mutable std::atomic<bool> m_isKnown = false; ///< m_own is there, and stays
};

} // namespace conway
