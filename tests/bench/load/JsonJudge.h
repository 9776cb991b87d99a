#pragma once

#include "core/CellGrid.h"
#include "core/LifeKernel.h"
#include "core/Rule.h"
#include "tests/bench/load/Copy.h"

#include <QJsonObject>

#include <optional>

namespace conway::load {

/// What a viewer of the JSON stream holds.
class JsonCopy final : public Copy
{
public:
    JsonCopy(quint64 tick, quint64 generation, CellGrid cells);

    [[nodiscard]] quint64 moment() const override { return m_tick; }
    [[nodiscard]] bool agrees(const Copy &other) const override;

    [[nodiscard]] quint64 generation() const { return m_generation; }
    [[nodiscard]] const CellGrid &cells() const { return m_cells; }

private:
    const quint64 m_tick;
    const quint64 m_generation; ///< the tick, where they are the same
    const CellGrid m_cells;
};

/// Judges the JSON stream (docs/protocol.md). A delta must be of the same tick, which is an edit, or a later one; name
/// only cells that change; and lead to what the rule makes of the cells before, unless nobody told the rule, or there
/// are more generations between them than are worth computing.
class JsonJudge final : public Judge
{
public:
    /// The rule of the torus that is looked at; without one cells are not computed.
    explicit JsonJudge(const std::optional<Rule> &rule);

    [[nodiscard]] Outcome judge(const CopyPtr &held, Opcode opcode, QByteArrayView payload) override;

private:
    [[nodiscard]] Outcome judgeDelta(const JsonCopy &held, const QJsonObject &message);
    [[nodiscard]] bool follows(const CellGrid &from, quint64 generations, const CellGrid &to);

    std::optional<LifeKernel> m_kernel;
};

} // namespace conway::load
