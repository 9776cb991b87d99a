#pragma once

#include "core/Result.h"
#include "core/Rule.h"

#include <QByteArrayList>
#include <QString>
#include <QStringList>

#include <optional>

namespace conway::load {

/// What the command line of conway-load asks for.
struct LoadOptions {
    quint32 address = 0; ///< a running server to look at; 0: start one
    quint16 port = 0;
    qint64 process = 0; ///< of that server, whose use is measured; 0: nobody's
    QString serverPath; ///< the program to start
    QStringList serverArguments;

    int viewers = 1000;                ///< 1..100,000
    int seconds = 10;                  ///< 1..86,400
    bool v2 = false;                   ///< the binary stream instead of JSON
    int verified = 0;                  ///< v2: how many viewers are checked whole, the others by their headers; 0: all
    QByteArray view;                   ///< v2: the command that each sends first; may be empty
    std::optional<Rule> rule = Rule{}; ///< JSON: what deltas are recomputed with
    int stalled = 0;                   ///< viewers that stop reading
    double churn = 0;                  ///< viewers a second that leave, and as many that join
    double pings = 10;                 ///< a second, of all viewers together
    QByteArrayList commands;           ///< said by the first viewer once all are there
    bool connectOnly = false;
    bool json = false;
    bool help = false;

    [[nodiscard]] bool startsServer() const { return address == 0; }

    /// The arguments with the program's name first; an application must exist.
    [[nodiscard]] static Result<LoadOptions> parse(const QStringList &arguments);
    [[nodiscard]] static QString helpText();
};

} // namespace conway::load
