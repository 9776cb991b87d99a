#pragma once

#include "core/Frame.h"
#include "ui/ConnectionStats.h"
#include "ui/NetworkStatus.h"

#include <QImage>
#include <QTemporaryDir>

#include <initializer_list>
#include <utility>

namespace conway::samples {

using namespace Qt::StringLiterals;

/// A published frame with those cells.
inline FramePtr frameOf(CellGrid cells, quint64 generation = 0)
{
    auto *frame = new Frame;
    frame->epoch = 1;
    frame->tick = generation;
    frame->generation = generation;
    frame->population = cells.population();
    frame->cells = std::move(cells);
    return FramePtr(frame);
}

inline FramePtr frameWith(int width, int height, std::initializer_list<std::pair<int, int>> alive,
                          quint64 generation = 0)
{
    CellGrid cells(width, height);
    for (const auto &[x, y] : alive)
        cells.set(x, y, true);
    return frameOf(std::move(cells), generation);
}

inline ViewerRow viewer(quint64 id, const QString &address, quint64 messages = 0, quint64 bytes = 0,
                        std::optional<double> roundTripMs = std::nullopt)
{
    return {id,       address, true,       QDateTime(QDate(2024, 5, 17), QTime(12, 0, static_cast<int>(id % 60))),
            messages, bytes,   roundTripMs};
}

inline NetworkStatus listening()
{
    return {.listening = true,
            .addresses = {u"http://192.168.1.10:8000/"_s, u"http://10.0.0.7:8000/"_s},
            .problem = {},
            .offeredPort = 0};
}

inline NetworkStatus portTaken()
{
    return {.listening = false,
            .addresses = {},
            .problem = u"Port 8000 on 0.0.0.0 is taken: another program listens there."_s,
            .offeredPort = 8001};
}

} // namespace conway::samples
