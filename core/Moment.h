#pragma once

#include "core/Rule.h"
#include "core/Snapshot.h"
#include "core/Topology.h"

namespace conway {

/// A universe at one moment, with all it takes to go on from there. A value that costs little more than a pointer.
struct Moment {
    Snapshot cells;
    quint64 generation = 0;
    Rule rule{};
    Topology topology = Topology::Torus;

    friend bool operator==(const Moment &, const Moment &) = default;
};

} // namespace conway
