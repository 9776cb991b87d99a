#pragma once

#include "core/Pattern.h"

namespace conway {

/// A rule and the universe it is meant for, as pattern files and people write them: B3/S23:T30,20.
struct BoundedRule {
    Rule rule;
    std::optional<Pattern::Bounds> bounds;

    /// Reads a rule (Rule::parse) with at most one suffix: :T30,20 is a torus 30 wide and 20 high, :P30,20 a plane,
    /// and :T30 a square one. Any case. Refused by name: what is neither torus nor plane, infinite or twisted or
    /// larger than `maxCells`; and B0 on a plane, where what lies beyond the edges would be born. Without a suffix B0
    /// is ordinary, since a universe here is a torus unless it is told otherwise.
    ///
    /// Source of the suffixes: Golly's help, "Bounded grids".
    [[nodiscard]] static Result<BoundedRule> parse(QStringView text, qint64 maxCells);

    /// The canonical form, "B3/S23:T30,20".
    [[nodiscard]] QString toString() const;
};

} // namespace conway
