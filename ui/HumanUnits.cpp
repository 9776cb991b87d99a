#include "ui/HumanUnits.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace conway {

namespace {

constexpr QStringView kUnknown = u"–";

QString unitText(const char *text)
{
    return QCoreApplication::translate("conway::HumanUnits", text);
}

} // namespace

QString humanCount(quint64 count)
{
    return QLocale().toString(count);
}

QString humanBytes(quint64 bytes)
{
    constexpr quint64 kMost = std::numeric_limits<qint64>::max();
    return QLocale().formattedDataSize(static_cast<qint64>(std::min(bytes, kMost)), 1, QLocale::DataSizeSIFormat);
}

QString humanByteRate(double perSecond)
{
    return unitText("%1/s").arg(humanBytes(perSecond >= 1 ? static_cast<quint64>(perSecond) : 0));
}

QString humanRate(std::optional<double> perSecond)
{
    if (!perSecond)
        return kUnknown.toString();
    const int decimals = *perSecond >= 10 ? 0 : *perSecond >= 1 ? 1 : 2;
    return unitText("%1/s").arg(QLocale().toString(*perSecond, 'f', decimals));
}

QString humanRoundTrip(std::optional<double> milliseconds)
{
    if (!milliseconds)
        return kUnknown.toString();
    return unitText("%1 ms").arg(QLocale().toString(*milliseconds, 'f', *milliseconds < 10 ? 1 : 0));
}

QString humanMoment(const QDateTime &moment, const QDateTime &now)
{
    const QDateTime local = moment.toLocalTime();
    return local.date() == now.toLocalTime().date() ? QLocale().toString(local.time(), QLocale::ShortFormat)
                                                    : QLocale().toString(local.date(), QLocale::ShortFormat);
}

} // namespace conway
