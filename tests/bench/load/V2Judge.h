#pragma once

#include "core/CellGrid.h"
#include "tests/bench/load/Copy.h"
#include "tests/wire/V2Decoder.h"

#include <QJsonObject>

namespace conway::load {

/// What a viewer of conway.v2 holds: the tiles of its view.
class V2Copy final : public Copy
{
public:
    V2Copy() = default;

    [[nodiscard]] quint64 moment() const override;
    [[nodiscard]] bool agrees(const Copy &other) const override;

    [[nodiscard]] const wire::V2Head &head() const { return m_decoder.head(); }
    [[nodiscard]] bool isPaused() const { return m_view.value(u"paused").toBool(); }
    /// Whether what it sees is what a universe of these cells looks like from there.
    [[nodiscard]] bool shows(const CellGrid &cells) const;

private:
    friend class V2Judge;

    void setView(const QJsonObject &event);

    wire::V2Decoder m_decoder;
    QJsonObject m_view; ///< the newest event
};

/// Judges conway.v2 (docs/protocol.md) by the reference decoder: every header, every tile, every check.
class V2Judge final : public Judge
{
public:
    [[nodiscard]] Outcome judge(const CopyPtr &held, Opcode opcode, QByteArrayView payload) override;

private:
    [[nodiscard]] static Outcome judgeText(const CopyPtr &held, QByteArrayView payload);
};

/// Looks at nothing but the headers: that epoch, `seq` and `prev` follow each other. For crowds of which each viewer
/// sees something else, so that decoding for all would keep this process too busy to read.
class V2HeadJudge final : public Judge
{
public:
    [[nodiscard]] Outcome judge(const CopyPtr &held, Opcode opcode, QByteArrayView payload) override;
};

} // namespace conway::load
