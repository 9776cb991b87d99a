#pragma once

#include "server/AccessPolicy.h"
#include "server/Api.h"
#include "server/HttpRequest.h"
#include "server/Limits.h"
#include "server/Metrics.h"
#include "server/PageFiles.h"
#include "server/SiteAnswer.h"
#include "server/SlowBodies.h"

#include <QByteArray>
#include <QCache>
#include <QString>

#include <functional>
#include <optional>
#include <utility>

namespace conway {

/// What this server answers to a request: the routes, and who is let in. Knows no socket.
class Site
{
public:
    /// `report` is called for each answer that tells of the universe. `slow` and `counters` outlive the site. Answers
    /// nobody until setAccess() is called: who is let in depends on the port.
    Site(std::function<ServerReport()> report, SlowBodies &slow, ServerCounters &counters);
    Site(const Site &) = delete;
    Site &operator=(const Site &) = delete;
    ~Site() = default;

    void setAccess(AccessPolicy access) { m_access = std::move(access); }
    /// The address for /qr.svg where the one that the client used is no good to others.
    void setUrl(const QString &url) { m_url = url.toLatin1(); }

    [[nodiscard]] SiteAnswer answer(const HttpRequest &request) const;

private:
    [[nodiscard]] SiteAnswer respond(const HttpRequest &request) const;
    [[nodiscard]] SiteAnswer upgrade(const HttpRequest &request) const;
    [[nodiscard]] HttpResponse qrCode(const HttpRequest &request) const;

    std::optional<AccessPolicy> m_access;
    std::function<ServerReport()> m_report;
    QByteArray m_url;
    mutable QCache<QByteArray, QByteArray> m_qrCodes{limits::kQrCodesKept}; ///< by what they say
    PageFiles m_files;
    Api m_api;
};

} // namespace conway
