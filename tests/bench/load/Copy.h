#pragma once

#include "tests/bench/load/WebSocketWire.h"

#include <QString>

#include <memory>

namespace conway::load {

/// What a viewer holds of the universe. Never changes: a message leads to another copy. So viewers that got the same
/// messages share one.
class Copy
{
public:
    virtual ~Copy() = default;
    Q_DISABLE_COPY_MOVE(Copy)

    /// Which state it is; within an epoch a later one is larger. JSON: the tick; v2: the epoch and `seq`.
    [[nodiscard]] virtual quint64 moment() const = 0;
    /// Whether these are the same cells, as far as both see them, of the same moment.
    [[nodiscard]] virtual bool agrees(const Copy &other) const = 0;

protected:
    Copy() = default;
};

using CopyPtr = std::shared_ptr<const Copy>;

/// What a message is and does to the copy of a viewer who gets it.
struct Outcome {
    enum class Kind {
        Event, ///< it says nothing of cells
        Whole, ///< it replaces what was held: `full_state`, a snapshot
        Step,  ///< it leads on: a delta, tiles
        Late,  ///< what it says is known already
        Gap,   ///< something is missing between it and what was held
        Wrong  ///< it breaks the protocol, or the cells it leads to are not right
    };

    Kind kind = Kind::Event;
    CopyPtr copy{};         ///< held from now on; what was held before if the message changes nothing
    QString fault{};        ///< of Gap and Wrong, for a person
    bool conflated = false; ///< it covers several ticks, since the server was held up or is asked for fewer frames
    bool tick = false;      ///< it is what all viewers get for a published frame
    bool resync = false;    ///< the viewer has to ask for a snapshot
};

/// Knows a stream: says what each message means.
class Judge
{
public:
    virtual ~Judge() = default;
    Q_DISABLE_COPY_MOVE(Judge)

    /// `held` is null before the first message.
    [[nodiscard]] virtual Outcome judge(const CopyPtr &held, Opcode opcode, QByteArrayView payload) = 0;

protected:
    Judge() = default;
};

} // namespace conway::load
