#pragma once

#include <QAbstractEventDispatcher>

namespace conway {

/// The event loop for a thread with thousands of sockets, for QThread::setEventDispatcher(), which takes it over. Null
/// where Qt's own is as good. (On Linux Qt's polls: every time that a thousand sockets have nothing to say, each of
/// them is asked.)
[[nodiscard]] QAbstractEventDispatcher *newServerLoop();

} // namespace conway
