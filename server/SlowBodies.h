#pragma once

#include "server/ServerStats.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace conway {

/// The body of an answer, in the making at first, for all who asked for it. Whoever sends it holds on to this until the
/// last byte is gone: that is how SlowBodies knows what is still in memory.
class SlowBody : public QObject
{
    Q_OBJECT

public:
    [[nodiscard]] bool isMade() const { return m_made; }
    /// Empty until it is made.
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

Q_SIGNALS:
    void made(); ///< once

private:
    friend class SlowBodies;

    QByteArray m_bytes;
    bool m_made = false;
};

using SlowBodyPtr = std::shared_ptr<SlowBody>;

/// Bodies that take long to make, made on a thread of their own so that nobody else has to wait: one after the other,
/// each once however many ask for it. How many may be under way and how much memory they may hold is in Limits.h.
///
/// Lives on the server's thread, but for what ask() is given to do.
class SlowBodies : public QObject
{
    Q_OBJECT

public:
    explicit SlowBodies(ServerCounters &counters, QObject *parent = nullptr);
    /// Waits for the one that is being made.
    ~SlowBodies() override;

    /// The body of that key, made by `make` on the other thread unless somebody has asked before. Null when there are
    /// too many; that is counted.
    [[nodiscard]] SlowBodyPtr ask(const QByteArray &key, const std::function<QByteArray()> &make);

    /// There is a newer frame: nobody will ask again for what was made of others.
    void forget();

private:
    struct Entry {
        quint64 id;
        QByteArray key;
        SlowBodyPtr body;
    };

    void finish(quint64 id, const QByteArray &bytes);
    /// Drops what is made and not held by anybody, the oldest first, until so many are left.
    void keepAtMost(qsizetype idle);
    [[nodiscard]] qsizetype unmade() const;
    [[nodiscard]] qint64 bytes() const;

    ServerCounters &m_counters;
    QList<Entry> m_entries; ///< in the order they were asked for
    quint64 m_lastId = 0;
    QThread m_thread;                 ///< started when first needed
    std::unique_ptr<QObject> m_bench; ///< lives there
};

} // namespace conway
