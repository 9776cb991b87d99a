#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <QString>

#include <chrono>

namespace conway {

/// Sees to it that one user has one window: a second start finds the first, asks it to come forward, and ends.
///
/// A lock file decides who is first (it survives a crash without staying locked), a local socket carries the wish. Both
/// belong to the user, and to the folder of the settings: a copy with settings of its own runs beside this one.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    /// `folder`: where the settings lie; created if missing.
    explicit SingleInstance(const QString &folder, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Whether this is the first; if so, raiseRequested() tells of others. Where the folder cannot be written everyone
    /// is: two windows are better than none. `patience`: how long to wait for a first one that is just ending.
    [[nodiscard]] bool claim(std::chrono::milliseconds patience = {});

    /// Asks the first one to come forward; false when it does not answer in time.
    [[nodiscard]] bool raiseOther() const;

    /// Still the first until the end of the process, but not to be raised any more: its window is closing.
    void retire();

Q_SIGNALS:
    void raiseRequested();

private:
    const QString m_socketName;
    QLockFile m_lock;
    QLocalServer m_server;
};

} // namespace conway
