#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>
#include <QString>

namespace conway {

/// How the whole application looks: one style and two palettes of our own, so that it is the same on every system.
///
/// Takes over the application's style and palette when constructed. Main thread.
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Choice {
        System, ///< light or dark as the system is; followed live from Qt 6.5 on, read once before
        Light,
        Dark,
    };
    Q_ENUM(Choice)

    explicit Theme(QObject *parent = nullptr);

    [[nodiscard]] Choice choice() const { return m_choice; }
    void choose(Choice choice);

    /// The word for the settings file, and back; what is unknown there means System.
    [[nodiscard]] static QString toString(Choice choice);
    [[nodiscard]] static Choice fromString(QStringView word);

    /// A dark palette has light text.
    [[nodiscard]] static bool isDark(const QPalette &palette);

    /// `share` (0..1) of `over`, the rest `under`.
    [[nodiscard]] static QColor blend(const QColor &under, const QColor &over, double share);

private:
    void apply();
    [[nodiscard]] bool wantsDark() const;

    const bool m_systemWasDark; ///< before we set a palette of our own
    Choice m_choice = Choice::System;
};

} // namespace conway
