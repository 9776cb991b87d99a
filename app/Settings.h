#pragma once

#include "server/LanAccess.h"

#include <QSettings>
#include <QString>

#include <optional>

namespace conway {

/// What the window's user chose, kept between starts. A value that makes no sense (somebody edited the file) is as good
/// as none. Main thread.
class Settings
{
public:
    /// `portableFolder`: where they lie in a portable copy; empty: in the user's profile.
    explicit Settings(const QString &portableFolder = {});
    Q_DISABLE_COPY_MOVE(Settings)

    /// For parts that keep their own keys: the window.
    [[nodiscard]] QSettings &store() { return m_store; }
    [[nodiscard]] QString folder() const;
    /// False where the file or its folder cannot be written: what is chosen is then forgotten at the end.
    [[nodiscard]] bool areKept() const { return m_store.isWritable(); }

    [[nodiscard]] std::optional<quint16> port() const;
    void setPort(quint16 port);
    [[nodiscard]] std::optional<int> intervalMs() const;
    void setIntervalMs(int intervalMs);
    /// `lan` as operate, and `pin` empty, where nothing was chosen.
    [[nodiscard]] AccessSetting access() const;
    void setAccess(const AccessSetting &access);

private:
    [[nodiscard]] std::optional<int> number(const QString &key, int low, int high) const;

    QSettings m_store;
};

} // namespace conway
