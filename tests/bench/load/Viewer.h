#pragma once

#include "tests/bench/load/Connection.h"
#include "tests/bench/load/Copy.h"
#include "tests/bench/load/SharedJudge.h"
#include "tests/bench/load/Tally.h"

#include <QByteArray>

#include <functional>
#include <optional>

namespace conway::load {

/// One viewer: its connection, and its copy of the universe, which every message must lead on.
class Viewer final : public Connection::Owner
{
public:
    /// What the viewers of a crowd have in common; it outlives them.
    struct Common {
        Poll &poll;
        const Target &target;
        Tally &tally;
        QByteArray firstWords;                                   ///< sent as soon as the stream is open; may be empty
        std::function<void(Viewer &, QByteArrayView)> onEvent{}; ///< messages that say nothing of cells; may be empty
    };

    Viewer(Common &common, SharedJudge &judge, int number);
    Q_DISABLE_COPY_MOVE(Viewer)

    void onOpen() override;
    void onMessage(Opcode opcode, QByteArrayView payload, Connection::Time received) override;
    void onLost(const QString &why) override;

    [[nodiscard]] bool isOpen() const { return m_connection.isOpen(); }
    [[nodiscard]] bool isGone() const { return m_connection.isClosed(); }
    /// It has a copy of the universe, and so can be counted in.
    [[nodiscard]] bool isServed() const { return m_served; }
    /// It reads nothing.
    [[nodiscard]] bool isStalled() const { return m_reading == Reading::Stalled; }
    /// Not null once it is served.
    [[nodiscard]] const CopyPtr &copy() const { return m_copy; }
    [[nodiscard]] int number() const { return m_number; }

    /// Only while it is open.
    void say(QByteArrayView text) { m_connection.sendText(text); }
    /// Asks for a pong, unless one is still awaited. Its round trip goes to the tally.
    void ping();
    void stall();
    /// Reads again what came meanwhile, if it had stalled.
    void goOn();
    void leave(Connection::Ending how) { m_connection.end(how); }

private:
    enum class Reading { Always, Stalled, Again };

    void onEvent(QByteArrayView text, Connection::Time received);
    void noteSkipped();

    Common &m_common;
    SharedJudge &m_judge;
    const int m_number;
    CopyPtr m_copy;
    std::optional<Connection::Time> m_pinged;
    bool m_served = false;
    Reading m_reading = Reading::Always;
    bool m_skipped = false;     ///< something was left out because it had stalled
    bool m_awaitsWhole = false; ///< after a gap, until what replaces everything comes
    Connection m_connection;    ///< last: it may call at once
};

} // namespace conway::load
