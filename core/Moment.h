#pragma once

#include "core/Rule.h"
#include "core/Snapshot.h"
#include "core/Topology.h"

#include <memory>

namespace conway {

/// A universe at one moment, with all it takes to go on from there. A value that costs little more than a pointer.
struct Moment {
    Snapshot cells;
    quint64 generation = 0;
    Rule rule{};
    Topology topology = Topology::Torus;
    std::shared_ptr<const Moment> begun{}; ///< what beginning() returns, unless that is this moment itself

    /// Where reset() leads from here.
    [[nodiscard]] const Moment &beginning() const { return begun ? *begun : *this; }

    friend bool operator==(const Moment &a, const Moment &b)
    {
        return a.cells == b.cells && a.generation == b.generation && a.rule == b.rule && a.topology == b.topology &&
               (a.begun == b.begun || a.beginning() == b.beginning());
    }
};

} // namespace conway
