#pragma once

#include "server/HttpRequest.h"
#include "server/Metrics.h"
#include "server/SiteAnswer.h"
#include "server/SlowBodies.h"

#include <functional>

namespace conway {

/// The universe for programs: /api/state.rle, /api/frame.png, /api/stats. Knows no socket.
///
/// The files are made by SlowBodies. Each has an ETag that tells the frame, so a client that has it is answered 304
/// and nothing is made.
class Api
{
public:
    /// `report` is called for each request. All three outlive this.
    Api(const std::function<ServerReport()> &report, SlowBodies &slow, ServerCounters &counters)
        : m_report(report)
        , m_slow(slow)
        , m_counters(counters)
    {
    }

    /// Whether errors of that path are told in JSON: all that begins with /api.
    [[nodiscard]] static bool owns(const QByteArray &path);
    /// How an error is told to whoever asked for that path.
    [[nodiscard]] static HttpResponse::ErrorForm errorForm(const QByteArray &path);

    /// The answer to a GET or HEAD of a path that it owns.
    [[nodiscard]] SiteAnswer answer(const HttpRequest &request) const;

private:
    [[nodiscard]] SiteAnswer rle(const HttpRequest &request) const;
    [[nodiscard]] SiteAnswer picture(const HttpRequest &request) const;
    /// The response whose body `make` makes of the report's frame; `variant` tells it from others of the same frame.
    [[nodiscard]] SiteAnswer file(const HttpRequest &request, HttpResponse response, const QByteArray &variant,
                                  const ServerReport &report, const std::function<QByteArray()> &make) const;

    const std::function<ServerReport()> &m_report;
    SlowBodies &m_slow;
    ServerCounters &m_counters;
};

} // namespace conway
