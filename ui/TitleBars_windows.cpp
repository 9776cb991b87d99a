#include "ui/TitleBars.h"

#include "ui/Theme.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

#include <qt_windows.h>

// After windows.h, on which it depends.
#include <dwmapi.h>

namespace conway {

namespace {

/// DWMWA_USE_IMMERSIVE_DARK_MODE, which older headers do not have. Before Windows 10 2004 it had another number, and no
/// documentation; title bars stay light there.
constexpr DWORD kDarkTitleBar = 20;

class TitleBars : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Show || event->type() == QEvent::PaletteChange) {
            const auto *widget = qobject_cast<const QWidget *>(watched);
            if (widget != nullptr && widget->isWindow() && widget->internalWinId() != 0) {
                const BOOL isDark = Theme::isDark(widget->palette()) ? TRUE : FALSE;
                DwmSetWindowAttribute(reinterpret_cast<HWND>(widget->internalWinId()), kDarkTitleBar, &isDark,
                                      sizeof isDark);
            }
        }
        return false;
    }
};

} // namespace

void keepTitleBarsInTone(QObject *owner)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    qApp->installEventFilter(new TitleBars(owner));
#else
    static_cast<void>(owner);
#endif
}

} // namespace conway
