#pragma once

#include <QLatin1StringView>
#include <QMetaType>
#include <QString>

#include <optional>

class QHostAddress;

namespace conway {

/// What viewers on other machines may do. Those on this one, and the window, always operate.
enum class LanAccess {
    Operate, ///< everything
    Watch,   ///< look on
    Pin,     ///< look on, until they give the PIN
};

enum class Role {
    Watcher,  ///< gets the stream; its commands are refused with `read_only`
    Operator, ///< commands the universe
};

/// The host's choice. A value.
struct AccessSetting {
    LanAccess lan = LanAccess::Operate;
    QString pin; ///< kept while it is not asked for, so that going back to Pin brings back the same one; may be empty

    friend bool operator==(const AccessSetting &, const AccessSetting &) = default;
};

/// "operate", "watch", "pin": on the command line, in the settings and on the wire.
[[nodiscard]] QLatin1StringView toString(LanAccess lan);
[[nodiscard]] std::optional<LanAccess> lanAccessFromString(QStringView word);

/// "operator", "watcher": on the wire.
[[nodiscard]] QLatin1StringView toString(Role role);

/// Whether `text` can be a PIN: limits::kPinDigitsMin to kPinDigitsMax ASCII digits.
[[nodiscard]] bool isPin(QStringView text);

/// limits::kPinDigitsRandom digits from the system's own source of randomness, each PIN as likely as any other.
[[nodiscard]] QString randomPin();

/// `setting` with a random PIN where one is asked for and `setting` has none that could be one.
[[nodiscard]] AccessSetting withPin(AccessSetting setting);

/// Whether the two ends of a socket are one machine: the peer is a loopback address, or the very address it connected
/// to; both undisguised(). What a proxy or a tunnel on this machine passes on comes from this machine.
[[nodiscard]] bool isLocalMachine(const QHostAddress &peer, const QHostAddress &local);

/// `knowsPin`: this viewer gave the PIN that is valid now (PinGuard::generation()).
[[nodiscard]] Role roleFor(const AccessSetting &setting, bool isLocalMachine, bool knowsPin = false);

} // namespace conway

Q_DECLARE_METATYPE(conway::AccessSetting)
