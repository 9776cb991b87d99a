#pragma once

#include "server/AccessPolicy.h"
#include "server/HttpRequest.h"
#include "server/HttpResponse.h"
#include "server/Metrics.h"

#include <QHash>

#include <functional>
#include <optional>
#include <utility>
#include <variant>

namespace conway {

/// The request is a good handshake for /ws: whoever holds the socket hands it to the viewers.
struct WebSocketUpgrade {
};

using SiteAnswer = std::variant<HttpResponse, WebSocketUpgrade>;

/// What this server answers to a request: routes, the page and its files, health and metrics, and who is let in. Knows
/// no socket.
class Site
{
public:
    /// `report` is called for each /healthz and /metrics. Reads the page's files from the compiled-in resources.
    /// Answers nobody until setAccess() is called: who is let in depends on the port.
    explicit Site(std::function<ServerReport()> report);

    void setAccess(AccessPolicy access) { m_access = std::move(access); }

    [[nodiscard]] SiteAnswer answer(const HttpRequest &request) const;

private:
    struct File {
        QByteArray contentType;
        QByteArray content;
        QByteArray etag;
    };

    [[nodiscard]] HttpResponse respond(const HttpRequest &request) const;
    [[nodiscard]] SiteAnswer upgrade(const HttpRequest &request) const;

    std::optional<AccessPolicy> m_access;
    std::function<ServerReport()> m_report;
    QHash<QByteArray, File> m_files; ///< by path, exactly as requested: nothing outside this table can be named
};

} // namespace conway
