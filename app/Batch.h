#pragma once

#include "core/BoundedRule.h"
#include "core/Pattern.h"
#include "core/Result.h"
#include "core/Soup.h"
#include "core/UniverseSize.h"

#include <QSize>
#include <QString>

#include <optional>

namespace conway {

/// What --batch was told to do: some generations of a universe, without window or server, as `bgolly -m` does.
struct BatchOptions {
    qint64 generations = 0;          ///< to compute, from 0
    QString file;                    ///< a pattern in any of our formats; empty: none
    std::optional<Soup> soup;        ///< instead of a file; without either it is the program's glider
    std::optional<QSize> size;       ///< cells
    std::optional<BoundedRule> rule; ///< with a universe's bounds, perhaps; `size` is then empty or the same
    QString output;                  ///< where the last generation goes; empty: nowhere
    qint64 maxCells = kDefaultMaxCells;
};

/// The universe to begin with, whole: its cells, rule and bounds are all there.
///
/// Its size is that of --size, else of the bounds in --rule, else of those in the file; else a torus: 8×8 for the
/// glider, 1024×1024 for a soup, and for a pattern its box with roomFor() around it. Torus or plane is told by the
/// bounds in
/// --rule, else by those in the file. The pattern stands in the middle, or where the file says (#CXRLE Pos, as Golly
/// counts) if the universe is the one that the file asks for. An error is a sentence that names the file.
[[nodiscard]] Result<Pattern> batchUniverse(const BatchOptions &options);

/// The torus for a pattern whose file names none. Nothing in Life is faster than a cell a generation, so with as many
/// cells on each side as there are generations the torus ends like a plane without edges. A side grows so up to
/// kRoomySide or twice the pattern's, whichever is more; if that is more than `maxCells`, not at all.
[[nodiscard]] QSize roomFor(const QSize &pattern, qint64 generations, qint64 maxCells);
inline constexpr int kRoomySide = 4096;

/// Computes, and prints one line of JSON to stdout; docs/batch.md has its fields. Long runs tell their progress on
/// stderr. SIGINT, SIGTERM or SIGHUP end it early, with "interrupted". Returns the exit code: 0, or 2 after one line on
/// stderr, when input or output cannot be; nothing is written then.
///
/// For the main thread of a QCoreApplication whose event loop does not run.
[[nodiscard]] int runBatch(const BatchOptions &options);

} // namespace conway
