#pragma once

#include "server/Admission.h"
#include "server/JsonMessages.h"
#include "server/ViewArea.h"
#include "server/ViewerRequest.h"

#include <optional>

namespace conway {

struct Lane;

/// What a viewer is shown, and what it may do: notes of Broadcast and ViewerHub about it, kept with the viewer.
struct Seat {
    Lane *lane = nullptr;  ///< null before it is welcomed and after it is released
    bool isBinary = false; ///< it speaks conway.v2

    // For those alone.
    ViewRequest wanted;             ///< what it asked for last
    ViewArea area;                  ///< whose tiles it holds
    json::Echo echo;                ///< of what it asked for, until that is answered by a view event
    std::optional<json::View> told; ///< the newest view event

    Pass pass;
    json::Standing standing; ///< as it was told
};

} // namespace conway
