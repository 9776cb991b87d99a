#include "server/LocalAddresses.h"

#include <QList>
#include <QNetworkInterface>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

/// How hopeful an address is, lower is better.
enum class Rank { Lan, OtherNetwork, Virtual, Loopback };

/// A guess by name, as no system says which adapters are virtual. A wrong guess only changes the order.
bool looksVirtual(const QNetworkInterface &adapter)
{
    const QString name = (adapter.name() + u' ' + adapter.humanReadableName()).toLower();
    static const QStringList kMarks{u"docker"_s, u"veth"_s,    u"virbr"_s,     u"br-"_s,     u"vmnet"_s, u"vmware"_s,
                                    u"vbox"_s,   u"virtual"_s, u"hyper-v"_s,   u"wsl"_s,     u"tun"_s,   u"tap"_s,
                                    u"utun"_s,   u"wg"_s,      u"tailscale"_s, u"zerotier"_s};
    return std::any_of(kMarks.begin(), kMarks.end(), [&](const QString &mark) { return name.contains(mark); });
}

bool isPrivate(const QHostAddress &address)
{
    // RFC 1918.
    return address.isInSubnet(QHostAddress(u"192.168.0.0"_s), 16) ||
           address.isInSubnet(QHostAddress(u"10.0.0.0"_s), 8) || address.isInSubnet(QHostAddress(u"172.16.0.0"_s), 12);
}

Rank rankOf(const QNetworkInterface &adapter, const QHostAddress &address)
{
    if (address.isLoopback())
        return Rank::Loopback;
    if (looksVirtual(adapter))
        return Rank::Virtual;
    return isPrivate(address) ? Rank::Lan : Rank::OtherNetwork;
}

} // namespace

QString urlOf(const QHostAddress &address, quint16 port)
{
    const QString host =
        address.protocol() == QAbstractSocket::IPv6Protocol ? u'[' + address.toString() + u']' : address.toString();
    return u"http://"_s + host + u':' + QString::number(port) + u'/';
}

QStringList reachableUrls(const QHostAddress &bind, quint16 port)
{
    const bool everywhere = bind == QHostAddress::AnyIPv4 || bind == QHostAddress::Any || bind == QHostAddress::AnyIPv6;
    if (!everywhere)
        return {urlOf(bind, port)};

    QList<std::pair<Rank, QString>> found;
    const auto adapters = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &adapter : adapters) {
        if (!adapter.flags().testFlags(QNetworkInterface::IsUp | QNetworkInterface::IsRunning))
            continue;
        const auto entries = adapter.addressEntries();
        for (const QNetworkAddressEntry &entry : entries) {
            const QHostAddress address = entry.ip();
            const bool isIPv4 = address.protocol() == QAbstractSocket::IPv4Protocol;
            const bool listened = isIPv4 ? bind != QHostAddress::AnyIPv6 : bind != QHostAddress::AnyIPv4;
            // A link-local IPv6 address needs a scope that no browser takes. (Of IPv4, two laptops on a cable have no
            // other.)
            if (listened && (isIPv4 || !address.isLinkLocal()))
                found.append({rankOf(adapter, address), urlOf(address, port)});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first < b.first; });

    QStringList urls;
    for (const auto &[rank, url] : found)
        urls.append(url);
    // All networks are down, or the system cannot say: without a free descriptor it does not (Linux, Qt 6.4.2).
    if (urls.isEmpty())
        urls.append(urlOf(bind == QHostAddress::AnyIPv6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost, port));
    return urls;
}

} // namespace conway
