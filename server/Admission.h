#pragma once

#include "server/JsonMessages.h"
#include "server/LanAccess.h"
#include "server/PinGuard.h"

#include <QHostAddress>

#include <optional>
#include <variant>

namespace conway {

/// By what a viewer may do what it may.
struct Pass {
    QHostAddress peer;
    bool isLocal = false;            ///< on this machine, and trusted for it
    std::optional<quint64> pinGiven; ///< PinGuard::generation() of the PIN it gave
};

/// Who may do what: the host's choice, and the PIN that it may ask for. Knows no socket.
class Admission
{
public:
    /// No PIN is asked for here.
    struct NotWanted {
        friend bool operator==(const NotWanted &, const NotWanted &) = default;
    };
    using Verdict = std::variant<NotWanted, PinGuard::Accepted, PinGuard::Wrong, PinGuard::Paused>;

    /// From now on. With another PIN, who gave the one before does not know it any more.
    void set(const AccessSetting &setting);

    [[nodiscard]] json::Standing standingOf(const Pass &pass) const;

    /// A viewer gives a PIN. The right one is noted in its pass; its standing is another then. `now` never runs
    /// backwards.
    [[nodiscard]] Verdict tryPin(Pass &pass, QStringView pin, PinGuard::Time now);

    /// Why a watcher may not command, for a person.
    [[nodiscard]] QString whyReadOnly() const;

private:
    AccessSetting m_setting;
    PinGuard m_pins;
};

} // namespace conway
