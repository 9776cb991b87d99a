#pragma once

#include "core/Pattern.h"
#include "core/UniverseSize.h"

#include <QByteArrayView>

namespace conway {

/// The formats in which Life patterns are kept. Sources: LifeWiki, "Run Length Encoded", "Plaintext", "Life 1.05",
/// "Life 1.06"; Golly's help, "Golly file formats".
enum class PatternFormat { Rle, Plaintext, Life105, Life106 };

/// Tells a file by its content, never by its name; what looks like none of the others is taken for RLE.
[[nodiscard]] PatternFormat detectPatternFormat(QByteArrayView file);

/// What a file from outside may cost.
struct PatternLimits {
    qsizetype maxBytes = qsizetype{64} << 20U; ///< RLE of a soup of some 2^26 cells; larger ones need more
    qint64 maxCells = kDefaultMaxCells;        ///< of the bounding box; each side is at most CellGrid::kMaxSide
    qsizetype maxText = 64 * 1024; ///< bytes of name, author and comments; the rest is dropped with a remark
};

/// Reads any of the formats. An error names the line and the column, and the limit if it was one; a file with more than
/// maxBytes is not looked into. Time and memory are bounded by the size of the file and of the pattern's box, and that
/// by the limits, whatever numbers a file holds.
[[nodiscard]] Result<Pattern> readPattern(QByteArrayView file, const PatternLimits &limits = {});

/// The same for a file whose format is known.
[[nodiscard]] Result<Pattern> readPatternAs(PatternFormat format, QByteArrayView file,
                                            const PatternLimits &limits = {});

/// What is written is read back, with limits that suffice, as the same pattern: cells, box, texts, and in RLE rule,
/// bounds, position and generation. Line breaks and control characters in texts become blanks.
///
/// Lines of at most 70 characters, no trailing dead cells, LF. With the bounds in the rule, where there are any.
[[nodiscard]] QByteArray writeRle(const Pattern &pattern);
/// The same with these cells in place of the pattern's: a frame's, say, which so need no copy.
[[nodiscard]] QByteArray writeRle(const Pattern &pattern, const CellGrid &cells);

/// The plaintext format, `.cells`. It has no place for a rule: unless it is Life's it becomes a comment, "!Rule: …",
/// which readPattern() knows. Position and generation are lost.
[[nodiscard]] QByteArray writePlaintext(const Pattern &pattern);

} // namespace conway
