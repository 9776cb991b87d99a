#pragma once

#include "core/CellGrid.h"
#include "core/Rule.h"
#include "core/Topology.h"

#include <QPoint>
#include <QString>
#include <QStringList>

#include <optional>

namespace conway {

/// Cells with a name: what a pattern file holds, and what is stamped into a universe.
struct Pattern {
    /// The universe that the file asks for: the suffix of its rule, as in B3/S23:T30,20 (LifeWiki, "Run Length
    /// Encoded").
    struct Bounds {
        Topology topology = Topology::Torus;
        int width = 0;
        int height = 0;

        friend bool operator==(const Bounds &, const Bounds &) = default;
    };

    CellGrid cells;           ///< its bounding box, or what the file gives for one
    std::optional<Rule> rule; ///< nothing where the file names none; Life then
    std::optional<Bounds> bounds;
    QString name;
    QString author;
    QStringList comments;           ///< a line each, without what marked it as one
    std::optional<QPoint> position; ///< where the file wants the upper left corner, in a plane without edges
    quint64 generation = 0;
    int sizeLine = 0;    ///< of the file it was read from, where that tells its size; 0 where no line does
    QStringList remarks; ///< for whoever loads it: what the file says that could not be kept
};

} // namespace conway
