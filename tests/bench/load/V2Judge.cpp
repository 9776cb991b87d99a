#include "tests/bench/load/V2Judge.h"

#include "tests/bench/load/Densities.h"

#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>
#include <utility>

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

constexpr quint8 kSnapshot = 1;
constexpr quint8 kDelta = 2;
constexpr int kTileShift = 7;
constexpr qsizetype kHeadBytes = 40;

quint64 momentOf(quint32 epoch, quint32 sequence)
{
    return quint64{epoch} << 32U | sequence;
}

Outcome faulty(Outcome::Kind kind, CopyPtr copy, const QString &fault)
{
    return {.kind = kind, .copy = std::move(copy), .fault = fault, .resync = true};
}

Outcome taken(quint8 type, bool conflated, CopyPtr copy)
{
    return {.kind = type == kSnapshot ? Outcome::Kind::Whole : Outcome::Kind::Step,
            .copy = std::move(copy),
            .conflated = conflated,
            .tick = type == kDelta};
}

/// What V2HeadJudge remembers.
class HeadCopy final : public Copy
{
public:
    HeadCopy(quint64 moment, quint8 level)
        : m_moment(moment)
        , m_level(level)
    {
    }

    [[nodiscard]] quint64 moment() const override { return m_moment; }
    [[nodiscard]] bool agrees(const Copy &other) const override
    {
        const auto *head = dynamic_cast<const HeadCopy *>(&other);
        return head != nullptr && head->m_moment == m_moment && head->m_level == m_level;
    }

private:
    const quint64 m_moment;
    const quint8 m_level;
};

} // namespace

quint64 V2Copy::moment() const
{
    return momentOf(head().epoch, head().sequence);
}

bool V2Copy::agrees(const Copy &other) const
{
    const auto *copy = dynamic_cast<const V2Copy *>(&other);
    return copy != nullptr && copy->moment() == moment() && copy->m_view == m_view &&
           copy->m_decoder.holdsSame(m_decoder);
}

void V2Copy::setView(const QJsonObject &event)
{
    m_view = event;
    m_view.remove(u"id"_s); // so that viewers who see the same hold the same
    const int shift = event.value(u"level").toInt() + kTileShift;
    const auto tile = [shift](qint64 cell) { return static_cast<int>(cell >> shift); };
    const auto tileAfter = [shift](qint64 cell) {
        return static_cast<int>((cell + (qint64{1} << shift) - 1) >> shift);
    };
    const qint64 x = event.value(u"x").toInteger();
    const qint64 y = event.value(u"y").toInteger();
    m_decoder.setView(tile(x), tile(y), tileAfter(x + event.value(u"w").toInteger()),
                      tileAfter(y + event.value(u"h").toInteger()));
}

bool V2Copy::shows(const CellGrid &cells) const
{
    const wire::V2Head &head = m_decoder.head();
    if (head.width != cells.width() || head.height != cells.height())
        return false;
    const int level = head.level;
    const int left = m_view.value(u"x").toInt() >> level;
    const int top = m_view.value(u"y").toInt() >> level;
    const int right = (m_view.value(u"x").toInt() + m_view.value(u"w").toInt() - 1) >> level;
    const int bottom = (m_view.value(u"y").toInt() + m_view.value(u"h").toInt() - 1) >> level;
    for (int y = top; y <= bottom; ++y) {
        for (int x = left; x <= right; ++x) {
            if (m_decoder.value(x, y) != densityAt(cells, level, x, y))
                return false;
        }
    }
    return true;
}

Outcome V2Judge::judge(const CopyPtr &held, Opcode opcode, QByteArrayView payload)
{
    if (opcode == Opcode::Text)
        return judgeText(held, payload);
    const auto *before = dynamic_cast<const V2Copy *>(held.get());
    if (before == nullptr)
        return faulty(Outcome::Kind::Wrong, held, u"a frame before the first view"_s);
    const auto copy = std::make_shared<V2Copy>();
    copy->m_decoder = before->m_decoder;
    copy->m_view = before->m_view;
    switch (copy->m_decoder.take(payload)) {
    case wire::V2Outcome::Applied:
        return taken(copy->head().type, copy->head().flags != 0, copy);
    case wire::V2Outcome::Ignored:
        return {.kind = Outcome::Kind::Late, .copy = held};
    case wire::V2Outcome::Gap:
        // The header fits, so what does not is a check.
        if (qFromLittleEndian<quint32>(payload.data() + 12) == before->head().sequence)
            return faulty(Outcome::Kind::Wrong, copy, QString::fromLatin1(copy->m_decoder.reason()));
        return faulty(Outcome::Kind::Gap, copy, QString::fromLatin1(copy->m_decoder.reason()));
    case wire::V2Outcome::Malformed:
        break;
    }
    return faulty(Outcome::Kind::Wrong, copy, QString::fromLatin1(copy->m_decoder.reason()));
}

Outcome V2Judge::judgeText(const CopyPtr &held, QByteArrayView payload)
{
    const auto document = QJsonDocument::fromJson(QByteArray::fromRawData(payload.data(), payload.size()));
    if (!document.isObject())
        return {.kind = Outcome::Kind::Wrong, .copy = held, .fault = u"a text that is no JSON object"_s};
    const QJsonObject event = document.object();
    if (event.value(u"type") != u"view"_s)
        return {.kind = Outcome::Kind::Event, .copy = held};
    const auto copy = std::make_shared<V2Copy>();
    if (const auto *before = dynamic_cast<const V2Copy *>(held.get()))
        copy->m_decoder = before->m_decoder;
    copy->setView(event);
    return {.kind = Outcome::Kind::Event, .copy = copy};
}

Outcome V2HeadJudge::judge(const CopyPtr &held, Opcode opcode, QByteArrayView payload)
{
    if (opcode == Opcode::Text)
        return {.kind = Outcome::Kind::Event, .copy = held};
    const auto number = [payload](qsizetype at) { return qFromLittleEndian<quint32>(payload.data() + at); };
    if (payload.size() < kHeadBytes || payload[0] != 0x43 || payload[1] != 2)
        return faulty(Outcome::Kind::Wrong, held, u"a frame without header"_s);
    const auto type = static_cast<quint8>(payload[2]);
    const auto level = static_cast<quint8>(payload[32]);
    const auto copy = std::make_shared<HeadCopy>(momentOf(number(4), number(8)), level);
    if (type == kSnapshot)
        return taken(type, false, copy);
    if (!held || held->moment() >> 32U != number(4))
        return {.kind = Outcome::Kind::Late, .copy = held};
    const auto last = static_cast<quint32>(held->moment());
    if (number(12) == last)
        return taken(type, payload[3] != 0, copy);
    if (static_cast<qint32>(number(8) - last) <= 0)
        return {.kind = Outcome::Kind::Late, .copy = held};
    return faulty(Outcome::Kind::Gap, held, u"a delta from a state that is not held"_s);
}

} // namespace conway::load
