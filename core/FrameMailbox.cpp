#include "core/FrameMailbox.h"

#include <utility>

namespace conway {

FrameMailbox::FrameMailbox(QObject *parent)
    : QObject(parent)
{
}

FrameMailbox::~FrameMailbox() = default;

void FrameMailbox::post(FramePtr frame)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_newest.swap(frame);
    }
    // `frame` now holds what lay in the box. It is let go outside the lock: the last reader of a frame frees it.
    if (!frame)
        Q_EMIT arrived();
}

FramePtr FrameMailbox::take()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_newest, {});
}

} // namespace conway

#include "moc_FrameMailbox.cpp"
