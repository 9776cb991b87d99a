#pragma once

#include "core/CellGrid.h"
#include "core/Rule.h"
#include "core/Soup.h"
#include "core/Stamp.h"
#include "core/Universe.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <memory>
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

/// A pattern, turned already, with its upper left corner at (x, y).
struct StampCommand {
    std::shared_ptr<const CellGrid> pattern; ///< never null
    int x = 0;
    int y = 0;
    StampMode mode = StampMode::Or;
};
/// The engine makes the universe: whoever asks need not wait for gigabytes of dead cells.
struct LoadCommand {
    UniversePlan plan;
};
struct FillCommand {
    Soup soup;
};
struct ClearCommand {
};
struct RuleCommand {
    Rule rule;
};
struct ResizeCommand {
    int width = 0; ///< both sides 1..CellGrid::kMaxSide
    int height = 0;
};
struct UndoCommand {
};
struct RedoCommand {
};
/// One generation back.
struct BackCommand {
};
/// To a generation that is remembered; elsewhere nothing happens.
struct GoToCommand {
    quint64 generation = 0;
};

/// What the window or a viewer asks of the engine. Travels as a value through queued signals to
/// ConwayEngine::execute(), copied on its way several times: what is large in one is shared.
struct Command {
    using Action = std::variant<StartCommand, StopCommand, StepCommand, ResetCommand, SpeedCommand, EditCommand,
                                StampCommand, LoadCommand, FillCommand, ClearCommand, RuleCommand, ResizeCommand,
                                UndoCommand, RedoCommand, BackCommand, GoToCommand>;

    Action action;
    QString by; ///< who asks: a viewer's address, or kHost
    /// How much it counts for with whoever limits how many are under way; ConwayEngine::executed() brings it back. The
    /// host's count for nothing.
    int weight = 0;
};

/// `by` for the window, the command line and the program itself.
inline constexpr char16_t kHost[] = u"host";

} // namespace conway

Q_DECLARE_METATYPE(conway::Command)
