#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <functional>

namespace conway {

/// Notices that this machine got or lost an address: a laptop changes its Wi-Fi, a cable is plugged in. Qt has no
/// signal for that on every platform, so it looks now and then, which costs next to nothing.
class AddressWatch : public QObject
{
    Q_OBJECT

public:
    using Lister = std::function<QStringList()>;

    explicit AddressWatch(std::chrono::milliseconds every, QObject *parent = nullptr);
    ~AddressWatch() override;

    /// Asks `lister` at once and from then on; returns what it says now. Once more: the former one is forgotten.
    QStringList watch(Lister lister);
    void stop() { m_timer.stop(); }

Q_SIGNALS:
    void changed(const QStringList &addresses);

private:
    Lister m_lister;
    QStringList m_known;
    QTimer m_timer;
};

} // namespace conway
