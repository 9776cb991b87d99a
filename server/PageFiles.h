#pragma once

#include "server/HttpRequest.h"
#include "server/HttpResponse.h"

#include <QByteArray>
#include <QHash>

#include <optional>

namespace conway {

/// The dashboard: its page, style, scripts and icons, compiled in. What compresses well is also there as gzip, made at
/// build time, and goes to whoever accepts that.
class PageFiles
{
public:
    /// Reads them all from the resources.
    PageFiles();

    /// The answer to a GET or HEAD of that path; nothing where there is no such file. Its host has been checked.
    [[nodiscard]] std::optional<HttpResponse> answer(const HttpRequest &request) const;

private:
    struct File {
        QByteArray contentType;
        QByteArray content;
        QByteArray gzip; ///< empty: not worth it
        QByteArray etag; ///< of `content`, without the quotes
    };

    QHash<QByteArray, File> m_files; ///< by path, exactly as requested: nothing outside this table can be named
};

} // namespace conway
