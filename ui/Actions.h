#pragma once

#include <QtGlobal>

class QAction;
class QActionGroup;
class QWidget;

namespace conway {

/// What can be done in the window: texts, signs, shortcuts and tips, all in one place. The window owns the actions and
/// says what they do.
struct Actions {
    explicit Actions(QWidget *window);
    Q_DISABLE_COPY_MOVE(Actions)

    // The universe. Start and stop share the space bar: only one of them is enabled at a time.
    QAction *start;
    QAction *stop;
    QAction *step;
    QAction *reset;
    QAction *turbo;
    QAction *quit;

    // The view.
    QAction *gridLines;
    QAction *fullScreen;
    QAction *themeSystem;
    QAction *themeLight;
    QAction *themeDark;
    QActionGroup *themes;

    // Help.
    QAction *openPage;
    QAction *about;
};

} // namespace conway
