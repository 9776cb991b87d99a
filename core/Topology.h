#pragma once

namespace conway {

/// What lies beyond the edges of a universe.
enum class Topology {
    Torus, ///< the opposite edge
    Plane, ///< nothing, and nothing is ever born there
};

} // namespace conway
