#pragma once

#include <QByteArray>
#include <QStringList>

namespace conway {

/// Who may talk to this server, judged by the two headers a browser cannot forge.
///
/// Host guards against DNS rebinding: a stranger's page points its own name at an address of the LAN, and the browser
/// then takes this server for that page's own. So only names that cannot be a stranger's are answered, and never just
/// any name that ends in .local: whoever is in the LAN can call himself so. Origin (RFC 6455
/// §10.2) guards against a stranger's page that opens a WebSocket here under its own name.
///
/// A value; knows no socket. Built when the port is known, since Host must carry it.
class AccessPolicy
{
public:
    /// `ownNames`: this machine's host names. `configuredNames`: further ones, as --name takes them. `allowedOrigins`:
    /// "http://example.org:8080", as --allow-origin takes them.
    AccessPolicy(quint16 port, const QStringList &ownNames, const QStringList &configuredNames,
                 const QStringList &allowedOrigins);

    /// Whether `host`, a Host field's value, is this server: an IP literal, localhost, an own name, its first label or
    /// LABEL.local, or a configured name, with the right port (80 may be left out); or the host and port of an allowed
    /// origin. A name may have the full stop of an absolute one at its end.
    [[nodiscard]] bool acceptsHost(const QByteArray &host) const;

    /// Whether a page of `origin`, an Origin field's value, may open the stream of the server it called `host`.
    [[nodiscard]] bool acceptsOrigin(const QByteArray &origin, const QByteArray &host) const;

    /// Whether `origin` was named by the person who started this server (for CORS).
    [[nodiscard]] bool isAllowedOrigin(const QByteArray &origin) const;

    /// The address under which others can open this server too, when a client reached it as `host`, an accepted one.
    /// Empty for a name that leads every machine to itself, such as localhost.
    [[nodiscard]] QByteArray urlForOthers(const QByteArray &host) const;

    /// The canonical form of an origin given by a person: scheme and host in lower case, no path. Empty when it is
    /// none.
    [[nodiscard]] static QByteArray normalisedOrigin(const QString &text);

    /// The canonical form of a DNS name given by a person: in lower case, international ones in ASCII (RFC 5891), no
    /// full stop at the end. Empty when it is none, or one that every browser takes for an IPv4 address.
    [[nodiscard]] static QByteArray normalisedName(const QString &text);

private:
    quint16 m_port;
    QList<QByteArray> m_names; ///< localhost, own and configured
    QList<QByteArray> m_allowedOrigins;
};

} // namespace conway
