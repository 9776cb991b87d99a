#pragma once

#include "app/Batch.h"
#include "core/History.h"
#include "core/Result.h"
#include "core/Rule.h"
#include "server/LanAccess.h"
#include "server/Limits.h"

#include <QHostAddress>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace conway {

/// What the program was told to do, unless that is --batch. An empty optional was not said: a setting or the default
/// then holds.
struct Options {
    bool headless = false;
    bool minimized = false;
    bool stopped = false;
    QHostAddress bind = QHostAddress::AnyIPv4;
    std::optional<quint16> port; ///< 0: any free one
    std::optional<int> intervalMs;
    qint64 historyBudget = History::kDefaultBudget; ///< bytes
    QSize size{8, 8};                               ///< cells
    Rule rule;
    std::optional<LanAccess> lan;
    QString pin; ///< empty: not said. Else `lan` is Pin
    QStringList names;
    QStringList allowedOrigins;
    int maxViewers = limits::kViewers;
    int maxPerAddress = limits::kConnectionsPerAddress;
    QString logFile; ///< empty: the platform's place
};

/// Printed to stdout, and the program ends with 0: the help or the version.
struct Information {
    QString text;
};

using Invocation = std::variant<Options, BatchOptions, Information>;

/// Reads the arguments, the program's own name first. The error is one line for stderr; the program ends with 2.
[[nodiscard]] Result<Invocation> parseCommandLine(const QStringList &arguments);

} // namespace conway
