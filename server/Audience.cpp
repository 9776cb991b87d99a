#include "server/Audience.h"

namespace conway {

namespace {

constexpr char kEnding[] = "The server is ending.";

} // namespace

Audience::Audience(const Patience &patience, ServerCounters &counters, QObject *parent)
    : QObject(parent)
    , m_patience(patience)
    , m_counters(counters)
    , m_visits(Viewer::Clock::now())
{
}

Audience::~Audience() = default;

Viewer &Audience::adopt(QTcpSocket *socket)
{
    auto *viewer = new Viewer(++m_lastId, socket, m_patience, m_counters, this);
    m_viewers.append(viewer);
    ++m_counters.viewersAccepted;
    m_visits.came(viewer->address(), size(), Viewer::Clock::now());
    connect(viewer, &Viewer::gone, this, [this, viewer] { release(viewer); });
    if (m_closing)
        viewer->close(CloseCode::GoingAway, kEnding);
    return *viewer;
}

void Audience::release(Viewer *viewer)
{
    if (!m_viewers.removeOne(viewer))
        return;
    Q_EMIT left(viewer);
    m_visits.went(viewer->address(), size(), Viewer::Clock::now());
    viewer->deleteLater();
    if (m_closing && m_viewers.isEmpty())
        Q_EMIT allGone();
}

void Audience::forEach(const std::function<void(Viewer &)> &action) const
{
    // Over a shared copy: writing to a socket can find it dead and lead to release().
    const QList<Viewer *> viewers = m_viewers;
    for (Viewer *viewer : viewers)
        action(*viewer);
}

void Audience::closeAll()
{
    m_closing = true;
    forEach([](Viewer &viewer) { viewer.close(CloseCode::GoingAway, kEnding); });
    if (m_viewers.isEmpty())
        Q_EMIT allGone();
}

void Audience::tend()
{
    const auto now = Viewer::Clock::now();
    forEach([now](Viewer &viewer) { viewer.tend(now); });
    m_visits.tend(size());
}

QList<ViewerInfo> Audience::list() const
{
    QList<ViewerInfo> list;
    list.reserve(size());
    for (const Viewer *viewer : m_viewers) {
        ViewerInfo info = viewer->info();
        info.role = viewer->seat().standing.role;
        list.append(info);
    }
    return list;
}

} // namespace conway

#include "moc_Audience.cpp"
