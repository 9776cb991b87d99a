#pragma once

#include "core/Pattern.h"
#include "core/PatternClaim.h"
#include "core/Result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace conway {

/// The well-known patterns that come with the program: resources/patterns, compiled in, so none can be missing.
///
/// index.json lists them by category and holds what each claims to be; name, author, year and comment stand in the RLE
/// file itself, for whoever opens it with another program.
class PatternLibrary
{
public:
    struct Entry {
        QString name;
        QString category; ///< "Oscillators"; entries of one category follow each other
        QString path;     ///< of the RLE file, among Qt's resources
        PatternClaim claim;
    };

    /// All of them, in the order of a menu. Read once; from any thread. Empty, with a line in the log, only if the
    /// program was built with a broken index, which the tests rule out.
    [[nodiscard]] static const QList<Entry> &entries();

    [[nodiscard]] static Result<Pattern> load(const Entry &entry);

    /// What entries() does with index.json: apart, so that a test can show it a wrong one. `folder` is where the
    /// index's paths begin.
    [[nodiscard]] static Result<QList<Entry>> readIndex(const QByteArray &json, const QString &folder);
};

} // namespace conway
