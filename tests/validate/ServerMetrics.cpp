#include "tests/validate/ServerMetrics.h"

#include "tests/validate/Waiting.h"

#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <memory>
#include <utility>

namespace conway::validate {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

ServerMetrics::ServerMetrics(QUrl page)
    : m_page(std::move(page))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

Result<ServerMetrics::Numbers> ServerMetrics::fetch()
{
    const std::unique_ptr<QNetworkReply> reply(m_network.get(QNetworkRequest(m_page)));
    if (!waitUntil([&reply] { return reply->isFinished(); }, 5s))
        return Error{u"%1 does not answer"_s.arg(m_page.toString())};
    if (reply->error() != QNetworkReply::NoError)
        return Error{reply->errorString()};
    return parse(QString::fromUtf8(reply->readAll()));
}

ServerMetrics::Numbers ServerMetrics::parse(const QString &text)
{
    Numbers numbers;
    for (const QStringView line : QStringView(text).split(u'\n', Qt::SkipEmptyParts)) {
        const auto parts = line.split(u' ', Qt::SkipEmptyParts);
        if (line.startsWith(u'#') || parts.size() < 2)
            continue;
        bool isNumber = false;
        const double value = parts[1].toDouble(&isNumber);
        if (isNumber)
            numbers.insert(parts[0].toString(), value);
    }
    return numbers;
}

} // namespace conway::validate
