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

AccessPolicy::AccessPolicy(quint16 port, const QStringList &ownNames, const QStringList &allowedOrigins)
    : m_port(port)
{
    m_ownNames.append("localhost");
    for (const QString &name : ownNames) {
        const QByteArray plain = name.toLower().toLatin1();
        if (plain.isEmpty())
            continue;
        m_ownNames.append(plain);
        // The first label alone is what people type, and what mDNS announces as NAME.local.
        const QByteArray label = plain.split('.').constFirst();
        m_ownNames.append(label);
        m_ownNames.append(label + ".local");
    }
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
    if (authority->port == m_port && (authority->isAddress || m_ownNames.contains(authority->host)))
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

} // namespace conway
