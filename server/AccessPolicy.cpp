#include "server/AccessPolicy.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr quint16 kHttpPort = 80;

struct Authority {
    QByteArray host;
    quint16 port = kHttpPort;
    bool isAddress = false;
};

bool isAddressLiteral(const QByteArray &host)
{
    // QHostAddress takes "1" and "0x7f000001" for addresses too; only the dotted form is unmistakable.
    return host.count('.') == 3 &&
           std::all_of(host.begin(), host.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; }) &&
           !QHostAddress(QString::fromLatin1(host)).isNull();
}

/// WHATWG URL, "ends in a number checker": a host whose last label is one is an IPv4 address or nothing.
bool isNumber(const QByteArray &label)
{
    const bool isHex = label.startsWith("0x");
    return std::all_of(label.begin() + (isHex ? 2 : 0), label.end(),
                       [isHex](char c) { return (c >= '0' && c <= '9') || (isHex && c >= 'a' && c <= 'f'); });
}

std::optional<Authority> parseAuthority(const QByteArray &text)
{
    Authority authority;
    qsizetype colon = -1;
    if (text.startsWith('[')) {
        const qsizetype bracket = text.indexOf(']');
        if (bracket < 0)
            return {};
        authority.host = text.first(bracket + 1).toLower();
        // No scope (%…): it may be any text, and browsers send none.
        authority.isAddress =
            !text.contains('%') &&
            QHostAddress(QString::fromLatin1(text.sliced(1, bracket - 1))).protocol() == QAbstractSocket::IPv6Protocol;
        if (!authority.isAddress)
            return {};
        if (bracket + 1 < text.size()) {
            if (text[bracket + 1] != ':')
                return {};
            colon = bracket + 1;
        }
    } else {
        colon = text.indexOf(':');
        authority.host = (colon < 0 ? text : text.first(colon)).toLower();
        authority.isAddress = isAddressLiteral(authority.host);
    }
    if (colon >= 0) {
        const QByteArray digits = text.sliced(colon + 1);
        bool ok =
            !digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
        authority.port = ok ? digits.toUShort(&ok) : 0;
        if (!ok)
            return {};
    }
    if (authority.host.isEmpty())
        return {};
    return authority;
}

} // namespace

AccessPolicy::AccessPolicy(quint16 port, const QStringList &ownNames, const QStringList &configuredNames,
                           const QStringList &allowedOrigins)
    : m_port(port)
    , m_names{"localhost"}
{
    const auto addName = [this](const QString &name) {
        if (const QByteArray normalised = normalisedName(name); !normalised.isEmpty())
            m_names.append(normalised);
    };
    for (const QString &name : ownNames) {
        // The first label alone is what people type, and what mDNS announces as NAME.local.
        const QString label = name.section(u'.', 0, 0);
        addName(name);
        addName(label);
        addName(label + u".local");
    }
    std::for_each(configuredNames.begin(), configuredNames.end(), addName);
    for (const QString &origin : allowedOrigins) {
        if (const QByteArray normalised = normalisedOrigin(origin); !normalised.isEmpty())
            m_allowedOrigins.append(normalised);
    }
}

bool AccessPolicy::acceptsHost(const QByteArray &host) const
{
    const auto authority = parseAuthority(host);
    if (!authority)
        return false;
    QByteArray name = authority->host;
    if (name.endsWith('.'))
        name.chop(1);
    if (authority->port == m_port && (authority->isAddress || m_names.contains(name)))
        return true;
    return std::any_of(m_allowedOrigins.begin(), m_allowedOrigins.end(), [&](const QByteArray &origin) {
        return origin.sliced(origin.indexOf("://") + 3) == host.toLower();
    });
}

bool AccessPolicy::acceptsOrigin(const QByteArray &origin, const QByteArray &host) const
{
    // The page's own server: scheme://HOST, in the very words of the Host field, since a browser writes both alike.
    // Either scheme, as TLS may end at a proxy in front.
    const QByteArray lower = origin.toLower();
    return lower == "http://" + host.toLower() || lower == "https://" + host.toLower() || isAllowedOrigin(origin);
}

bool AccessPolicy::isAllowedOrigin(const QByteArray &origin) const
{
    return m_allowedOrigins.contains(origin.toLower());
}

QByteArray AccessPolicy::urlForOthers(const QByteArray &host) const
{
    const auto authority = parseAuthority(host);
    if (!authority || authority->host == "localhost")
        return {};
    if (authority->isAddress) {
        QByteArray literal = authority->host;
        if (literal.startsWith('['))
            literal = literal.sliced(1).chopped(1);
        const QHostAddress address(QString::fromLatin1(literal));
        if (address.isLoopback() || address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6)
            return {};
    }
    const QByteArray name = host.toLower();
    return (isAllowedOrigin("https://" + name) ? "https://" : "http://") + name + '/';
}

QByteArray AccessPolicy::normalisedOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"http" && url.scheme() != u"https"))
        return {};
    if ((!url.path().isEmpty() && url.path() != u"/") || url.hasQuery() || url.hasFragment() ||
        !url.userInfo().isEmpty())
        return {};
    const bool defaultPort = url.port() < 0 || url.port() == (url.scheme() == u"https" ? 443 : 80);
    const QString host = url.host(QUrl::FullyEncoded);
    const QString bracketed = host.contains(u':') ? u'[' + host + u']' : host;
    const QString port = defaultPort ? QString() : u':' + QString::number(url.port());
    return QString(url.scheme() + u"://"_s + bracketed + port).toLower().toLatin1();
}

QByteArray AccessPolicy::normalisedName(const QString &text)
{
    constexpr qsizetype kLongestName = 253; // RFC 1035 §2.3.4, without the root
    constexpr qsizetype kLongestLabel = 63;
    QByteArray name = QUrl::toAce(text).toLower();
    if (name.endsWith('.'))
        name.chop(1);
    if (name.isEmpty() || name.size() > kLongestName)
        return {};
    const QList<QByteArray> labels = name.split('.');
    const bool wellFormed = std::all_of(labels.begin(), labels.end(), [](const QByteArray &label) {
        return !label.isEmpty() && label.size() <= kLongestLabel && !label.startsWith('-') && !label.endsWith('-') &&
               std::all_of(label.begin(), label.end(), [](char c) {
                   // The underscore is no letter of host names, but Windows lets computers be called so.
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
               });
    });
    return wellFormed && !isNumber(labels.constLast()) ? name : QByteArray();
}

} // namespace conway
