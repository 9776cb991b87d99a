#include "server/PinGuard.h"

#include "server/LanAccess.h"
#include "server/PeerAddress.h"

#include <algorithm>

namespace conway {

namespace {

/// When there is no room, whether somebody can be forgotten is looked at so often: looking takes longer than judging.
constexpr auto kSweepEvery = std::chrono::minutes(1);

/// What is counted as one: an IPv4 address, or the 64 bits that an IPv6 network has; link-local addresses too, unlike
/// peerKey(), since whoever guesses could take one after the other.
QHostAddress networkOf(const QHostAddress &address)
{
    const QHostAddress plain = undisguised(address);
    if (plain.protocol() == QAbstractSocket::IPv4Protocol)
        return plain;
    Q_IPV6ADDR bits = plain.toIPv6Address();
    std::fill(std::begin(bits.c) + 8, std::end(bits.c), quint8{0});
    return QHostAddress(bits);
}

std::chrono::seconds pauseAfter(int pauses)
{
    constexpr int kEnough = 16; // doublings: far beyond the longest pause, and no overflow
    const std::chrono::seconds pause = limits::kPinPause * (1 << std::min(pauses, kEnough));
    return std::min<std::chrono::seconds>(pause, limits::kPinPauseMax);
}

} // namespace

void PinGuard::setPin(const QString &pin)
{
    const Digits digits = isPin(pin) ? padded(pin) : Digits{};
    if (digits == m_pin)
        return;
    m_pin = digits;
    ++m_generation;
}

PinGuard::Verdict PinGuard::judge(const QHostAddress &address, QStringView tried, Time now)
{
    const QHostAddress network = networkOf(address);
    Record *record = find(network, now);
    if (record != nullptr && now >= record->forgottenAt)
        *record = {};
    if (record != nullptr && now < record->pausedUntil)
        return Paused{std::chrono::ceil<std::chrono::seconds>(record->pausedUntil - now)};
    if (isRight(tried))
        return Accepted{};

    if (record == nullptr)
        record = &m_records[network];
    record->forgottenAt = now + limits::kPinForget;
    if (++record->wrong < limits::kPinTries)
        return Wrong{limits::kPinTries - record->wrong};
    const std::chrono::seconds pause = pauseAfter(record->pauses);
    record->wrong = 0;
    ++record->pauses;
    record->pausedUntil = now + pause;
    record->forgottenAt += pause;
    return Wrong{0, pause};
}

PinGuard::Digits PinGuard::padded(QStringView pin)
{
    Digits digits{}; // the zeros behind are no digits, so they tell lengths apart, too
    std::transform(pin.begin(), pin.end(), digits.begin(), [](QChar c) { return c.unicode(); });
    return digits;
}

bool PinGuard::isRight(QStringView tried) const
{
    if (!isPin(tried))
        return false;
    const Digits digits = padded(tried);
    unsigned difference = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) // all of them, whatever the first ones say
        difference |= static_cast<unsigned>(m_pin[i] ^ digits[i]);
    return difference == 0;
}

PinGuard::Record *PinGuard::find(const QHostAddress &network, Time now)
{
    if (const auto found = m_records.find(network); found != m_records.end())
        return &*found;
    if (m_records.size() >= limits::kPinAddresses && now >= m_nextSweep) {
        m_records.removeIf([now](auto entry) { return now >= entry.value().forgottenAt; });
        m_nextSweep = now + kSweepEvery;
    }
    return m_records.size() < limits::kPinAddresses ? nullptr : &m_others;
}

} // namespace conway
