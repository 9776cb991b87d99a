#include "server/AddressWatch.h"

#include <utility>

namespace conway {

AddressWatch::AddressWatch(std::chrono::milliseconds every, QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setInterval(every);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const QStringList found = m_lister();
        if (found != std::exchange(m_known, found))
            Q_EMIT changed(found);
    });
}

AddressWatch::~AddressWatch() = default;

QStringList AddressWatch::watch(Lister lister)
{
    m_lister = std::move(lister);
    m_known = m_lister();
    m_timer.start();
    return m_known;
}

} // namespace conway

#include "moc_AddressWatch.cpp"
