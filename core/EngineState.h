#pragma once

#include "core/Rule.h"
#include "core/Topology.h"

#include <QMetaType>
#include <QString>

namespace conway {

/// How the engine stands, and what brought it there. A value; handed to the window and to the server.
struct EngineState {
    bool running = false;
    int intervalMs = 500; ///< wanted time from one tick to the next; 0 in turbo
    Rule rule;
    Topology topology = Topology::Torus;
    int width = 0;
    int height = 0;
    /// What led here: "start", "stop", "reset", "speed", "edit", "clear", "fill", "rule", "resize", "load", "rewind",
    /// "undo", "redo"; empty at first.
    QString cause;
    QString by; ///< who gave it: a viewer's address, or "host"
};

} // namespace conway

Q_DECLARE_METATYPE(conway::EngineState)
