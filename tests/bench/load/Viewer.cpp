#include "tests/bench/load/Viewer.h"

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

/// A frame's header as the server has to write it, without mask: RFC 6455 §5.2.
qint64 wireBytes(QByteArrayView payload)
{
    constexpr qsizetype kShort = 125;
    constexpr qsizetype k16Bits = 0xffff;
    return payload.size() + (payload.size() <= kShort ? 2 : payload.size() <= k16Bits ? 4 : 10);
}

} // namespace

Viewer::Viewer(Common &common, SharedJudge &judge, int number)
    : m_common(common)
    , m_judge(judge)
    , m_number(number)
    , m_connection(common.poll, common.target, *this, number)
{
}

void Viewer::onOpen()
{
    if (!m_common.firstWords.isEmpty())
        say(m_common.firstWords);
}

void Viewer::onMessage(Opcode opcode, QByteArrayView payload, Connection::Time received)
{
    Tally &tally = m_common.tally;
    ++tally.messages;
    const Outcome &outcome = m_judge.judge(m_copy, opcode, payload);
    m_copy = outcome.copy;
    switch (outcome.kind) {
    case Outcome::Kind::Event:
        onEvent(payload, received);
        break;
    case Outcome::Kind::Late:
        break;
    case Outcome::Kind::Whole:
        ++tally.wholes;
        noteSkipped();
        m_served = true;
        m_awaitsWhole = false;
        break;
    case Outcome::Kind::Step:
        if (outcome.tick) {
            ++tally.ticks;
            tally.newestTickBytes = wireBytes(payload);
            tally.tickBytes += tally.newestTickBytes;
            tally.conflated += outcome.conflated ? 1 : 0;
            tally.spread.add(m_copy->moment(), received);
        }
        break;
    case Outcome::Kind::Gap:
    case Outcome::Kind::Wrong:
        if (m_awaitsWhole)
            break; // told already
        ++(outcome.kind == Outcome::Kind::Gap ? tally.gaps : tally.wrong);
        tally.faults.add(u"viewer %1: %2"_s.arg(m_number).arg(outcome.fault));
        if (outcome.resync) {
            m_awaitsWhole = true;
            say("{\"cmd\":\"resync\"}");
        }
        break;
    }
}

void Viewer::onEvent(QByteArrayView text, Connection::Time received)
{
    if (m_pinged && text.contains("\"pong\"")) {
        m_common.tally.pongs.add(std::chrono::duration<double, std::milli>(received - *m_pinged).count());
        m_pinged.reset();
    }
    if (m_common.onEvent)
        m_common.onEvent(*this, text);
}

void Viewer::onLost(const QString &why)
{
    ++m_common.tally.lost;
    noteSkipped();
    if (m_reading == Reading::Always)
        m_common.tally.faults.add(u"viewer %1: %2"_s.arg(m_number).arg(why));
}

void Viewer::ping()
{
    if (m_pinged)
        return;
    m_pinged = Connection::now();
    say("ping");
}

void Viewer::stall()
{
    m_reading = Reading::Stalled;
    m_connection.stall();
}

void Viewer::goOn()
{
    if (m_reading != Reading::Stalled)
        return;
    m_reading = Reading::Again;
    m_connection.goOn();
}

/// It is sent the universe whole, or nothing more.
void Viewer::noteSkipped()
{
    if (m_reading == Reading::Always || m_skipped)
        return;
    m_skipped = true;
    ++m_common.tally.skipped;
}

} // namespace conway::load
