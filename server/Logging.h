#pragma once

#include <QLoggingCategory>

namespace conway {

/// Everything the network has to say: "conway.server".
Q_DECLARE_LOGGING_CATEGORY(lcServer)

} // namespace conway
