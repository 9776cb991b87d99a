#include "server/Admission.h"

using namespace Qt::StringLiterals;

namespace conway {

void Admission::set(const AccessSetting &setting)
{
    if (setting.pin != m_setting.pin)
        m_pins.setPin(setting.pin);
    m_setting = setting;
}

json::Standing Admission::standingOf(const Pass &pass) const
{
    return {roleFor(m_setting, pass.isLocal, pass.pinGiven == m_pins.generation()), m_setting.lan};
}

Admission::Verdict Admission::tryPin(Pass &pass, QStringView pin, PinGuard::Time now)
{
    if (m_setting.lan != LanAccess::Pin)
        return NotWanted{};
    const PinGuard::Verdict verdict = m_pins.judge(pass.peer, pin, now);
    if (std::holds_alternative<PinGuard::Accepted>(verdict))
        pass.pinGiven = m_pins.generation();
    return std::visit([](const auto &judged) -> Verdict { return judged; }, verdict);
}

QString Admission::whyReadOnly() const
{
    return m_setting.lan == LanAccess::Pin ? u"The host asks for a PIN before the universe may be changed."_s
                                           : u"The host lets viewers watch, not change the universe."_s;
}

} // namespace conway
