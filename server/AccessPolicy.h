#pragma once

#include <QByteArray>
#include <QStringList>

namespace conway {

/// Who may talk to this server, judged by the two headers a browser cannot forge.
///
/// Host guards against DNS rebinding: a stranger's page points its own name at an address of the LAN, and the browser
/// then takes this server for that page's own. So only names that cannot be a stranger's are answered. Origin (RFC 6455
/// §10.2) guards against a stranger's page that opens a WebSocket here under its own name.
///
/// A value; knows no socket. Built when the port is known, since Host must carry it.
class AccessPolicy
{
public:
    /// `ownNames`: this machine's host names. `allowedOrigins`: "http://example.org:8080", as --allow-origin takes
    /// them.
    AccessPolicy(quint16 port, const QStringList &ownNames, const QStringList &allowedOrigins);

    /// Whether `host`, a Host field's value, is this server: an IP literal, localhost, an own name or NAME.local with
    /// the right port, or the host and port of an allowed origin.
    [[nodiscard]] bool acceptsHost(const QByteArray &host) const;

    /// Whether a page of `origin`, an Origin field's value, may open the stream of the server it called `host`.
    [[nodiscard]] bool acceptsOrigin(const QByteArray &origin, const QByteArray &host) const;

    /// Whether `origin` was named by the person who started this server (for CORS).
    [[nodiscard]] bool isAllowedOrigin(const QByteArray &origin) const;

    /// The canonical form of an origin given by a person: scheme and host in lower case, no path. Empty when it is
    /// none.
    [[nodiscard]] static QByteArray normalisedOrigin(const QString &text);

private:
    quint16 m_port;
    QList<QByteArray> m_ownNames;
    QList<QByteArray> m_allowedOrigins;
};

} // namespace conway
