#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

#include <variant>

namespace conway {

/// Sets one cell.
struct CellEdit {
    int x = 0;
    int y = 0;
    bool alive = false;

    friend bool operator==(const CellEdit &, const CellEdit &) = default;
};

struct StartCommand {
};
struct StopCommand {
};
struct StepCommand {
};
struct ResetCommand {
};
struct SpeedCommand {
    int intervalMs = 0; ///< ConwayEngine::kMinInterval..kMaxInterval, or kTurbo
};
struct EditCommand {
    QList<CellEdit> cells;
};

/// What the window or a viewer asks of the engine. Travels as a value through queued signals to
/// ConwayEngine::execute().
struct Command {
    using Action = std::variant<StartCommand, StopCommand, StepCommand, ResetCommand, SpeedCommand, EditCommand>;

    Action action;
    QString by; ///< who asks: a viewer's address, or kHost
};

/// `by` for the window, the command line and the program itself.
inline constexpr char16_t kHost[] = u"host";

} // namespace conway

Q_DECLARE_METATYPE(conway::Command)
