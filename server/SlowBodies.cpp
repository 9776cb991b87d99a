#include "server/SlowBodies.h"

#include "server/Limits.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace conway {

SlowBodies::SlowBodies(ServerCounters &counters, QObject *parent)
    : QObject(parent)
    , m_counters(counters)
    , m_thread(this)
    , m_bench(new QObject)
{
    m_thread.setObjectName(u"exports"_s);
    m_bench->moveToThread(&m_thread);
}

SlowBodies::~SlowBodies()
{
    m_thread.quit();
    m_thread.wait();
}

SlowBodyPtr SlowBodies::ask(const QByteArray &key, const std::function<QByteArray()> &make)
{
    const auto found =
        std::find_if(m_entries.cbegin(), m_entries.cend(), [&key](const Entry &entry) { return entry.key == key; });
    if (found != m_entries.cend())
        return found->body;

    if (unmade() >= limits::kSlowBodies) {
        m_counters.limits.reached(Limit::SlowBodies, u"one more is asked for"_s);
        return {};
    }
    keepAtMost(limits::kSlowBodiesKept);
    if (bytes() > limits::kSlowBodyBytes)
        keepAtMost(0);
    if (bytes() > limits::kSlowBodyBytes) {
        m_counters.limits.reached(Limit::SlowBodyBytes, u"%1 are not taken yet"_s.arg(bytes()));
        return {};
    }

    if (!m_thread.isRunning())
        m_thread.start();
    const quint64 id = ++m_lastId;
    m_entries.append(Entry{id, key, std::make_shared<SlowBody>()});
    QMetaObject::invokeMethod(
        m_bench.get(),
        [this, id, make] {
            const QByteArray bytes = make();
            QMetaObject::invokeMethod(
                this, [this, id, bytes] { finish(id, bytes); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
    return m_entries.constLast().body;
}

void SlowBodies::finish(quint64 id, const QByteArray &bytes)
{
    const auto found =
        std::find_if(m_entries.cbegin(), m_entries.cend(), [id](const Entry &entry) { return entry.id == id; });
    if (found == m_entries.cend())
        return;
    const SlowBodyPtr body = found->body; // a slot may lead back to m_entries
    body->m_bytes = bytes;
    body->m_made = true;
    Q_EMIT body->made();
}

void SlowBodies::forget()
{
    keepAtMost(0);
}

void SlowBodies::keepAtMost(qsizetype idle)
{
    const auto isIdle = [](const Entry &entry) { return entry.body->isMade() && entry.body.use_count() == 1; };
    auto surplus = std::count_if(m_entries.cbegin(), m_entries.cend(), isIdle) - idle;
    m_entries.removeIf([&](const Entry &entry) { return isIdle(entry) && surplus-- > 0; });
}

qsizetype SlowBodies::unmade() const
{
    return std::count_if(m_entries.cbegin(), m_entries.cend(),
                         [](const Entry &entry) { return !entry.body->isMade(); });
}

qint64 SlowBodies::bytes() const
{
    return std::accumulate(m_entries.cbegin(), m_entries.cend(), qint64{0},
                           [](qint64 sum, const Entry &entry) { return sum + entry.body->bytes().size(); });
}

} // namespace conway

#include "moc_SlowBodies.cpp"
