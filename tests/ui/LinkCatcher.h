#pragma once

#include <QDesktopServices>
#include <QObject>
#include <QUrl>

/// Stands in for the browser: keeps what was to be opened.
class LinkCatcher : public QObject
{
    Q_OBJECT

public:
    LinkCatcher() { QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "open"); }
    ~LinkCatcher() override { QDesktopServices::unsetUrlHandler(QStringLiteral("http")); }
    Q_DISABLE_COPY_MOVE(LinkCatcher)

    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened << url; }
};
