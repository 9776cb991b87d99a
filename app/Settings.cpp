#include "app/Settings.h"

#include "core/ConwayEngine.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

const QString &portKey()
{
    static const QString key = u"server/port"_s;
    return key;
}

const QString &intervalKey()
{
    static const QString key = u"engine/intervalMs"_s;
    return key;
}

const QString &lanKey()
{
    static const QString key = u"server/lan"_s;
    return key;
}

const QString &pinKey()
{
    static const QString key = u"server/pin"_s;
    return key;
}

/// A file on every platform, the registry nowhere: it can be read, copied and deleted by a person.
QSettings openStore(const QString &portableFolder)
{
    const QString name = QCoreApplication::applicationName();
    if (portableFolder.isEmpty())
        return {QSettings::IniFormat, QSettings::UserScope, QCoreApplication::organizationName(), name};
    return {portableFolder + u'/' + name + u".ini"_s, QSettings::IniFormat};
}

} // namespace

Settings::Settings(const QString &portableFolder)
    : m_store(openStore(portableFolder))
{
}

QString Settings::folder() const
{
    return QFileInfo(m_store.fileName()).absolutePath();
}

std::optional<quint16> Settings::port() const
{
    const auto port = number(portKey(), 1, 0xffff);
    return port ? std::optional(static_cast<quint16>(*port)) : std::nullopt;
}

void Settings::setPort(quint16 port)
{
    m_store.setValue(portKey(), port);
}

std::optional<int> Settings::intervalMs() const
{
    return number(intervalKey(), ConwayEngine::kMinInterval, ConwayEngine::kMaxInterval);
}

void Settings::setIntervalMs(int intervalMs)
{
    m_store.setValue(intervalKey(), intervalMs);
}

AccessSetting Settings::access() const
{
    // What stands there and makes no sense was a restriction once: better too little than too much.
    const QString word = m_store.value(lanKey(), toString(AccessSetting().lan)).toString();
    const QString pin = m_store.value(pinKey()).toString();
    return {lanAccessFromString(word).value_or(LanAccess::Watch), isPin(pin) ? pin : QString()};
}

void Settings::setAccess(const AccessSetting &access)
{
    m_store.setValue(lanKey(), QString(toString(access.lan)));
    m_store.setValue(pinKey(), access.pin);
}

std::optional<int> Settings::number(const QString &key, int low, int high) const
{
    bool ok = false;
    const int value = m_store.value(key).toInt(&ok);
    return ok && value >= low && value <= high ? std::optional(value) : std::nullopt;
}

} // namespace conway
