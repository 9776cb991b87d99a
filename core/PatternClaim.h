#pragma once

#include "core/Result.h"

#include <QPoint>
#include <QString>

class QJsonObject;

namespace conway {

/// What a pattern of the library does, so exactly that a test can run it and see: tests/core/tst_patternlibrary.cpp.
/// All of it is about B3/S23 on a plane without edges.
struct PatternClaim {
    enum class Kind {
        StillLife,       ///< every generation is the same
        Oscillator,      ///< the same again after `period` generations, and not before
        Spaceship,       ///< the same, but moved by `shift`
        Gun,             ///< a body of that period, and `gliders` more gliders in each
        Puffer,          ///< moves by `shift` in each period and leaves `cells` behind; a rake's are gliders
        Methuselah,      ///< from `settled` on, and not before, nothing but ash and gliders that leave: `cells` in all
        LinearGrowth,    ///< from `settled` on `cells` more in each period
        QuadraticGrowth, ///< from `settled` on each period brings `cells` more than the one before it: a breeder
    };

    Kind kind = Kind::StillLife;
    int period = 1;
    QPoint shift;
    int gliders = 0;
    qint64 cells = 0;
    int settled = 0;

    /// Reads the form in which resources/patterns/index.json keeps it: the kind in words, and of the rest exactly what
    /// that kind needs.
    [[nodiscard]] static Result<PatternClaim> fromJson(const QJsonObject &json);

    /// For a menu: "spaceship, c/4 diagonal, period 4".
    [[nodiscard]] QString text() const;

    friend bool operator==(const PatternClaim &, const PatternClaim &) = default;
};

} // namespace conway
