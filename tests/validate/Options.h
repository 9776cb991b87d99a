#pragma once

#include "core/Result.h"

#include <QString>
#include <QStringList>

namespace conway::validate {

/// What the command line asks for.
struct Options {
    int seconds = 30;    ///< 1..86,400: how long the viewers watch
    int viewers = 5;     ///< 1..100
    int burst = 1000;    ///< 0..20,000 viewers that connect at once; 0 leaves the burst out
    QString connectHost; ///< a running server to look at; empty: start one
    quint16 connectPort = 0;
    QString serverPath;      ///< the program to start
    bool window = false;     ///< start it with its window
    bool reportOnly = false; ///< figures are printed, not judged
    QString reportFile;
    bool help = false; ///< nothing but the help text is wanted

    /// The arguments with the program's name first, as QCoreApplication::arguments() has them; an application must
    /// exist.
    [[nodiscard]] static Result<Options> parse(const QStringList &arguments);
    [[nodiscard]] static QString helpText();

    [[nodiscard]] bool startsServer() const { return connectHost.isEmpty(); }
};

} // namespace conway::validate
