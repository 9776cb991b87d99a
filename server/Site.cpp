#include "server/Site.h"

#include "server/QrSvg.h"
#include "server/WebSocketHandshake.h"

#include <memory>
#include <utility>

namespace conway {

namespace {

constexpr char kStream[] = "/ws";

HttpResponse refusal(const HttpRequest &request, int status, const QByteArray &reason)
{
    return HttpResponse::error(status, reason, Api::errorForm(request.path));
}

/// RFC 9110 §15.5.22 and RFC 6455 §4.4: which protocol, and which version of it.
HttpResponse upgradeRequired(const QByteArray &reason)
{
    HttpResponse response = HttpResponse::error(426, reason);
    response.add("Upgrade", "websocket");
    response.add("Sec-WebSocket-Version", "13");
    return response;
}

} // namespace

Site::Site(std::function<ServerReport()> report, SlowBodies &slow, ServerCounters &counters)
    : m_report(std::move(report))
    , m_api(m_report, slow, counters)
{
}

SiteAnswer Site::answer(const HttpRequest &request) const
{
    // RFC 9110 §7.4 and §15.5.20. HTTP/1.0 may come without a Host; no browser speaks it.
    if (!m_access || (!request.host.isEmpty() && !m_access->acceptsHost(request.host)))
        return refusal(request, 421, "This server does not go by that name. Open it by its address.");
    if (request.path == kStream && request.has("upgrade"))
        return upgrade(request);

    SiteAnswer answer = respond(request);
    if (const QByteArray origin = request.field("origin"); m_access->isAllowedOrigin(origin)) {
        auto *deferred = std::get_if<DeferredResponse>(&answer);
        HttpResponse &response = deferred ? deferred->response : std::get<HttpResponse>(answer);
        response.add("Access-Control-Allow-Origin", origin);
        response.add("Vary", "Origin");
    }
    return answer;
}

SiteAnswer Site::upgrade(const HttpRequest &request) const
{
    if (const auto error = checkWebSocketHandshake(request)) {
        return error->status == 426 ? upgradeRequired(error->reason)
                                    : HttpResponse::error(error->status, error->reason);
    }
    if (request.has("origin") && !m_access->acceptsOrigin(request.field("origin"), request.host))
        return HttpResponse::error(403,
                                   "Pages of that origin may not connect. The host can allow it with --allow-origin.");
    return WebSocketUpgrade{};
}

SiteAnswer Site::respond(const HttpRequest &request) const
{
    if (request.method != "GET" && request.method != "HEAD") {
        HttpResponse response = refusal(request, 405, "This server answers GET and HEAD.");
        response.add("Allow", "GET, HEAD");
        return response;
    }
    if (request.path == kStream)
        return upgradeRequired("This address is a WebSocket: connect with ws://, or open / for the page.");
    if (Api::owns(request.path))
        return m_api.answer(request);
    if (request.path == "/qr.svg")
        return qrCode(request);
    if (request.path == "/healthz" || request.path == "/metrics") {
        const bool health = request.path == "/healthz";
        HttpResponse response;
        response.contentType = health ? "application/json" : "text/plain; version=0.0.4; charset=utf-8";
        response.body = health ? healthJson(m_report()) : metricsText(m_report());
        response.add("Cache-Control", "no-store");
        return response;
    }
    if (auto file = m_files.answer(request))
        return *std::move(file);
    return HttpResponse::error(404, "There is nothing here. The page is at /.");
}

HttpResponse Site::qrCode(const HttpRequest &request) const
{
    HttpResponse response;
    response.contentType = "image/svg+xml";
    QByteArray url = m_access->urlForOthers(request.host);
    if (url.isEmpty() || url.size() > kQrBytes)
        url = m_url;
    const QByteArray *code = m_qrCodes.object(url);
    if (code == nullptr) {
        auto made = std::make_unique<QByteArray>(qrSvg(url));
        code = made.get();
        m_qrCodes.insert(url, made.release());
    }
    response.body = *code;
    response.add("Cache-Control", "no-store");
    return response;
}

} // namespace conway
