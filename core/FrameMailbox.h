#pragma once

#include "core/Frame.h"

#include <QObject>

#include <mutex>

namespace conway {

/// Carries frames from the engine's thread to one reader's, holding only the newest: a reader that falls behind finds
/// the latest frame instead of a queue that grows.
///
/// post() is called on the engine's thread; take() on the reader's, in answer to arrived(), which is emitted once for
/// each time the box turns from empty to full. Connect arrived() queued.
class FrameMailbox : public QObject
{
    Q_OBJECT

public:
    explicit FrameMailbox(QObject *parent = nullptr);
    ~FrameMailbox() override;

    void post(FramePtr frame);

    /// The newest frame, and leaves the box empty; null when it was.
    [[nodiscard]] FramePtr take();

Q_SIGNALS:
    void arrived();

private:
    // A pointer and its count cannot be taken in one atomic step; the lock is held for one swap.
    std::mutex m_mutex;
    FramePtr m_newest;
};

} // namespace conway
