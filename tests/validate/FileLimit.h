#pragma once

namespace conway::validate {

/// Lets this process hold `wanted` open files and sockets, as far as the system allows it without being asked. Returns
/// how many it may hold now.
[[nodiscard]] int raiseFileLimit(int wanted);

} // namespace conway::validate
