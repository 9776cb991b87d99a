#pragma once

#include "core/Result.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QString>
#include <QUrl>

namespace conway::validate {

/// What a server tells about itself at /metrics, so that a server on another machine can be measured too.
class ServerMetrics
{
public:
    /// Numbers by name, for those without labels.
    using Numbers = QHash<QString, double>;

    explicit ServerMetrics(QUrl page);

    /// Fetches the page; waits for it at most a few seconds, handling events meanwhile.
    [[nodiscard]] Result<Numbers> fetch();

    /// Reads the Prometheus text format, version 0.0.4: lines of "name value", comments, lines with labels.
    [[nodiscard]] static Numbers parse(const QString &text);

private:
    const QUrl m_page;
    QNetworkAccessManager m_network;
};

} // namespace conway::validate
