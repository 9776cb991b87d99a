#include "server/Logging.h"

namespace conway {

Q_LOGGING_CATEGORY(lcServer, "conway.server", QtInfoMsg)

} // namespace conway
