#include "server/Api.h"

#include "core/PatternFile.h"
#include "server/FramePicture.h"
#include "server/HttpNegotiation.h"
#include "server/JsonMessages.h"
#include "server/Limits.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <optional>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

HttpResponse refusal(int status, const QByteArray &reason)
{
    return HttpResponse::error(status, reason, HttpResponse::ErrorForm::Json);
}

/// The values of a name in a query, percent-decoded.
QList<QByteArray> valuesOf(const QByteArray &query, const QByteArray &name)
{
    QList<QByteArray> values;
    const QList<QByteArray> parts = query.split('&');
    for (const QByteArray &part : parts) {
        if (part == name)
            values.append(QByteArray());
        else if (part.startsWith(QByteArray(name + '=')))
            values.append(QByteArray::fromPercentEncoding(part.sliced(name.size() + 1)));
    }
    return values;
}

QByteArray dimensions(qint64 width, qint64 height)
{
    return QByteArray::number(width) + "x" + QByteArray::number(height);
}

QByteArray statsJson(const ServerReport &report)
{
    const Frame &frame = *report.frame;
    QJsonObject object{
        {u"generation"_s, static_cast<qint64>(frame.generation)},
        {u"tick"_s, static_cast<qint64>(frame.tick)},
        {u"population"_s, frame.population},
        {u"births"_s, frame.births},
        {u"deaths"_s, frame.deaths},
        {u"width"_s, frame.cells.width()},
        {u"height"_s, frame.cells.height()},
        {u"rule"_s, report.state.rule.toString()},
        {u"topology"_s, json::nameOf(report.state.topology)},
        {u"running"_s, report.state.running},
        {u"intervalMs"_s, report.state.intervalMs},
        {u"attainedPerSecond"_s, report.attainedPerSecond},
        {u"viewers"_s, static_cast<qint64>(report.viewers)},
        {u"bytesPerSecond"_s, report.bytesPerSecond},
        {u"uptime"_s, std::chrono::duration<double>(report.uptime).count()},
        {u"version"_s, report.version},
    };
    if (qint64{frame.cells.width()} * frame.cells.height() <= limits::kHashedCells)
        object[u"stateHash"_s] = u"%1"_s.arg(frame.stateHash(), 16, 16, QChar(u'0'));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

bool Api::owns(const QByteArray &path)
{
    return path == "/api" || path.startsWith("/api/");
}

HttpResponse::ErrorForm Api::errorForm(const QByteArray &path)
{
    return owns(path) ? HttpResponse::ErrorForm::Json : HttpResponse::ErrorForm::Text;
}

SiteAnswer Api::answer(const HttpRequest &request) const
{
    if (request.path == "/api/state.rle")
        return rle(request);
    if (request.path == "/api/frame.png")
        return picture(request);
    if (request.path == "/api/stats") {
        HttpResponse response;
        response.contentType = "application/json";
        response.body = statsJson(m_report());
        response.add("Cache-Control", "no-store");
        return response;
    }
    return refusal(404, "There is nothing here. There are /api/state.rle, /api/frame.png and /api/stats.");
}

SiteAnswer Api::rle(const HttpRequest &request) const
{
    const ServerReport report = m_report();
    const FramePtr frame = report.frame;
    if (frame->population > limits::kRleLivingCells) {
        m_counters.limits.reached(Limit::RleLivingCells, u"%1 live"_s.arg(frame->population));
        return refusal(413, "This universe has " + QByteArray::number(frame->population) + " living cells; at most " +
                                QByteArray::number(limits::kRleLivingCells) + " are written as RLE.");
    }
    HttpResponse response;
    response.contentType = "text/plain; charset=utf-8"; // RLE has no type of its own
    response.add("Content-Disposition",
                 "attachment; filename=\"universe-" + QByteArray::number(frame->generation) + ".rle\"");
    Pattern about;
    about.rule = report.state.rule;
    about.bounds = Pattern::Bounds{report.state.topology, frame->cells.width(), frame->cells.height()};
    about.generation = frame->generation;
    const QByteArray variant = about.rule->toString().toLatin1() + '-' + json::nameOf(report.state.topology).toLatin1();
    return file(request, response, variant, report, [frame, about] { return writeRle(about, frame->cells); });
}

SiteAnswer Api::picture(const HttpRequest &request) const
{
    const ServerReport report = m_report();
    const FramePtr frame = report.frame;
    const QSize size(frame->cells.width(), frame->cells.height());
    const QList<QByteArray> wanted = valuesOf(request.query, "scale");
    const auto scale = wanted.isEmpty() ? std::optional(PictureScale::fitting(size, limits::kUnscaledPicturePixels))
                                        : PictureScale::parse(wanted.constFirst());
    if (!scale || wanted.size() > 1)
        return refusal(400,
                       "scale is pixels a cell, such as 4, or cells a pixel, such as 1/4: a whole number from 1 to " +
                           QByteArray::number(limits::kPictureSide) + ", given once.");
    if (!scale->fits(size, limits::kPicturePixels)) {
        m_counters.limits.reached(Limit::PicturePixels, u"scale %1"_s.arg(QString::fromLatin1(scale->toString())));
        return refusal(400, "scale=" + scale->toString() + " makes a picture of " +
                                dimensions(scale->pixelsOf(size.width()), scale->pixelsOf(size.height())) +
                                "; a picture has at most " + QByteArray::number(limits::kPicturePixels) +
                                " pixels, and " + QByteArray::number(limits::kPictureSide) +
                                " on a side. The largest scale of this universe is " +
                                PictureScale::fitting(size, limits::kPicturePixels).toString() + '.');
    }
    HttpResponse response;
    response.contentType = "image/png";
    response.add("Content-Disposition",
                 "inline; filename=\"universe-" + QByteArray::number(frame->generation) + ".png\"");
    return file(request, response, scale->toString(), report,
                [frame, scale = *scale] { return framePicture(frame->cells, scale); });
}

SiteAnswer Api::file(const HttpRequest &request, HttpResponse response, const QByteArray &variant,
                     const ServerReport &report, const std::function<QByteArray()> &make) const
{
    // A frame's number is used once in a run of the program, and `instance` in no other run.
    const QByteArray etag =
        '"' + report.instance.toLatin1() + '-' + QByteArray::number(report.frame->sequence) + '-' + variant + '"';
    response.add("Cache-Control", "no-cache");
    response.add("ETag", etag);
    if (isKnownToClient(request, etag)) {
        response.status = 304;
        response.contentType.clear();
        return response;
    }
    if (SlowBodyPtr body = m_slow.ask(request.path + etag, make))
        return DeferredResponse{response, body};
    HttpResponse busy = refusal(503, "Too many such files are being made or sent just now. Try again in a moment.");
    busy.add("Retry-After", "2");
    return busy;
}

} // namespace conway
