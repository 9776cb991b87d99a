#pragma once

#include "server/Limits.h"

#include <QHash>
#include <QHostAddress>
#include <QString>

#include <array>
#include <chrono>
#include <variant>

namespace conway {

/// Judges who gives the PIN. Pure arithmetic on times the caller passes in.
///
/// An address has limits::kPinTries tries. When they are used up it pauses, a minute, and has as many again; then two
/// minutes, four, and so on to an hour. So no minute has more tries than that, no day more than some 150. A day without
/// a wrong PIN and all is forgotten; the right PIN makes nothing forgotten, since who shares an address with an
/// operator would get new tries by it. IPv6 addresses are counted by their first 64 bits: the rest is the device's
/// choice.
///
/// Nothing is forgotten early. When as many addresses are remembered as may be, those that come new are counted as one
/// until there is room again: tries from thousands of addresses push nobody's count out, the own one neither.
class PinGuard
{
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Accepted {
        friend bool operator==(const Accepted &, const Accepted &) = default;
    };
    struct Wrong {
        int triesLeft = 0;
        std::chrono::seconds retryAfter{0}; ///< the pause that has begun, when no try is left
        friend bool operator==(const Wrong &, const Wrong &) = default;
    };
    /// Not even looked at.
    struct Paused {
        std::chrono::seconds retryAfter{0}; ///< rounded up, 1 or more
        friend bool operator==(const Paused &, const Paused &) = default;
    };
    using Verdict = std::variant<Accepted, Wrong, Paused>;

    /// Who gave a PIN gave that of a generation. When this one is another, they do not know the PIN any more.
    [[nodiscard]] quint64 generation() const { return m_generation; }

    /// Another PIN begins a new generation. One that is none (isPin()) is never accepted. Wrong tries stay counted.
    void setPin(const QString &pin);

    /// The PIN is compared in a time that depends on what was tried alone. `now` never runs backwards.
    [[nodiscard]] Verdict judge(const QHostAddress &address, QStringView tried, Time now);

private:
    using Digits = std::array<char16_t, limits::kPinDigitsMax>;

    /// What an address has done wrong.
    struct Record {
        int wrong = 0;  ///< since its last pause
        int pauses = 0; ///< how many it had
        Time pausedUntil;
        Time forgottenAt;
    };

    [[nodiscard]] static Digits padded(QStringView pin);
    [[nodiscard]] bool isRight(QStringView tried) const;
    /// Null where `network` may have a record of its own, and has none.
    [[nodiscard]] Record *find(const QHostAddress &network, Time now);

    Digits m_pin{};
    quint64 m_generation = 0;
    QHash<QHostAddress, Record> m_records;
    Record m_others; ///< of all addresses that found no room
    Time m_nextSweep;
};

} // namespace conway
