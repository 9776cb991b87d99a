#pragma once

#include "core/Frame.h"
#include "core/FramePool.h"
#include "core/LifeKernel.h"
#include "core/Universe.h"

#include <utility>

namespace conway {

/// A universe and its way through the generations, in frames.
///
/// Two buffers go back and forth, in which what rests stays where it is; a third comes in only while a reader holds one
/// of them. advance() writes a frame of its own, publish() finishes it: from then on it never changes. Several
/// generations may pass in between; the changed tiles are against the frame published before, exactly.
///
/// Serves one thread. Knows no clock.
class Evolution
{
public:
    explicit Evolution(const Rule &rule, Topology topology = Topology::Torus)
        : m_kernel(rule, topology)
    {
    }

    /// The newest generation. Null before the first restart().
    [[nodiscard]] const FramePtr &now() const { return m_now; }
    /// The newest published generation: what readers know.
    [[nodiscard]] const FramePtr &published() const
    {
        return m_isPublished ? m_now : m_published ? m_published : m_last;
    }
    /// Whether advance() or edit() was called since the last publish().
    [[nodiscard]] bool isAhead() const { return !m_isPublished; }

    /// Another law from now on.
    void setLaw(const Rule &rule, Topology topology);

    /// A frame to fill for restart(), a copy of now() in all but its cells, which are unspecified.
    [[nodiscard]] FramePtr blank(int width, int height);
    /// A blank frame that was not wanted after all.
    void giveBack(FramePtr frame) { m_pool.keep(std::move(frame)); }
    /// Goes on from `frame`, whatever was before. Its changed tiles stay as they are; it counts as published.
    void restart(FramePtr frame);

    /// One generation.
    void advance();
    /// Other cells in place of now(), without a generation, for the next publish() to show with whatever else happens
    /// until then. A frame from blank(), of the size of now(); its changed tiles are exact against it.
    void edit(FramePtr frame);

    /// The frame of now(), to complete with what Evolution does not know; until somebody else gets to see it.
    [[nodiscard]] Frame &publish();

private:
    void keepPublished();

    LifeKernel m_kernel;
    FramePool m_pool;
    FramePtr m_last; ///< what was there before now(); null where nothing was
    FramePtr m_now;
    bool m_isPublished = true;
    FramePtr m_published; ///< the newest published one, when more than one generation, or an edit, has come since
    TileSet m_touched;    ///< where cells changed since then; they may have changed back
};

} // namespace conway
