#pragma once

#include "server/ServerStats.h"
#include "server/Viewer.h"
#include "server/VisitLog.h"

#include <QList>
#include <QObject>

#include <functional>

namespace conway {

/// Those who are there: every viewer from its handshake to the end of its connection, whatever it sees or may do.
class Audience : public QObject
{
    Q_OBJECT

public:
    Audience(const Patience &patience, ServerCounters &counters, QObject *parent = nullptr);
    ~Audience() override;

    /// Takes over a socket whose handshake is done.
    [[nodiscard]] Viewer &adopt(QTcpSocket *socket);

    [[nodiscard]] qsizetype size() const { return m_viewers.size(); }

    /// Whoever goes meanwhile is still told, and lives on until the event loop comes round.
    void forEach(const std::function<void(Viewer &)> &action) const;

    /// Closes every viewer with 1001, and who comes later at once. allGone() follows, at once when there is none.
    void closeAll();
    [[nodiscard]] bool isClosing() const { return m_closing; }

    /// Once a second.
    void tend();

    /// A picture of each.
    [[nodiscard]] QList<ViewerInfo> list() const;

Q_SIGNALS:
    void left(conway::Viewer *viewer); ///< it is deleted afterwards
    void allGone();

private:
    void release(Viewer *viewer);

    const Patience m_patience;
    ServerCounters &m_counters;
    QList<Viewer *> m_viewers; ///< owned as QObject children
    VisitLog m_visits;
    quint64 m_lastId = 0;
    bool m_closing = false;
};

} // namespace conway
