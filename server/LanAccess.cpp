#include "server/LanAccess.h"

#include "server/Limits.h"
#include "server/PeerAddress.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conway {

QLatin1StringView toString(LanAccess lan)
{
    switch (lan) {
    case LanAccess::Operate:
        return "operate"_L1;
    case LanAccess::Watch:
        return "watch"_L1;
    case LanAccess::Pin:
        return "pin"_L1;
    }
    Q_UNREACHABLE();
}

std::optional<LanAccess> lanAccessFromString(QStringView word)
{
    for (const LanAccess lan : {LanAccess::Operate, LanAccess::Watch, LanAccess::Pin}) {
        if (word == toString(lan))
            return lan;
    }
    return {};
}

QLatin1StringView toString(Role role)
{
    return role == Role::Operator ? "operator"_L1 : "watcher"_L1;
}

bool isPin(QStringView text)
{
    return text.size() >= limits::kPinDigitsMin && text.size() <= limits::kPinDigitsMax &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString randomPin()
{
    QString pin(limits::kPinDigitsRandom, Qt::Uninitialized);
    for (QChar &digit : pin)
        digit = QChar(u'0' + QRandomGenerator::system()->bounded(10));
    return pin;
}

AccessSetting withPin(AccessSetting setting)
{
    if (setting.lan == LanAccess::Pin && !isPin(setting.pin))
        setting.pin = randomPin();
    return setting;
}

bool isLocalMachine(const QHostAddress &peer, const QHostAddress &local)
{
    if (peer.isNull())
        return false;
    const QHostAddress plain = undisguised(peer);
    return plain.isLoopback() || plain == undisguised(local);
}

Role roleFor(const AccessSetting &setting, bool isLocalMachine, bool knowsPin)
{
    const bool operates =
        isLocalMachine || setting.lan == LanAccess::Operate || (setting.lan == LanAccess::Pin && knowsPin);
    return operates ? Role::Operator : Role::Watcher;
}

} // namespace conway
