#pragma once

#include "core/CellGrid.h"
#include "core/PatternClaim.h"

#include <QString>

namespace conway {

/// Runs a pattern and sees whether it does what is claimed. Empty if so, else why not.
[[nodiscard]] QString whyNot(const PatternClaim &claim, const CellGrid &pattern);

} // namespace conway
