#pragma once

#include "server/JsonStream.h"
#include "server/ViewArea.h"
#include "server/ViewerRequest.h"

#include <QHostAddress>

#include <optional>

namespace conway {

struct Lane;

/// What a viewer may do and is shown: ViewerHub's notes about it, kept with the viewer.
struct Seat {
    Lane *lane = nullptr;  ///< null before it is welcomed and after it is released
    bool isBinary = false; ///< it speaks conway.v2

    // For those alone.
    ViewRequest wanted;             ///< what it asked for last
    ViewArea area;                  ///< whose tiles it holds
    json::Echo echo;                ///< of what it asked for, until that is answered by a view event
    std::optional<json::View> told; ///< the newest view event

    QHostAddress peer;
    bool isLocal = false;            ///< on this machine, and trusted for it
    std::optional<quint64> pinGiven; ///< PinGuard::generation() of the PIN it gave
    json::Standing standing;         ///< as it was told
};

} // namespace conway
