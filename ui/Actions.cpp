#include "ui/Actions.h"

#include "ui/Icons.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QKeySequence>
#include <QStringList>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("conway::Actions", text);
}

/// The shortcuts stand in the tip, for a button's text has no room for them.
void setTip(QAction *action, const QString &tip)
{
    action->setStatusTip(tip);
    QStringList keys;
    for (const QKeySequence &key : action->shortcuts())
        keys << key.toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? tip : translated("%1 (%2)").arg(tip, keys.join(translated(" or "))));
}

QAction *make(QWidget *window, QLatin1StringView name, const char *text, const char *tip,
              const QList<QKeySequence> &shortcuts = {})
{
    auto *action = new QAction(translated(text), window);
    action->setObjectName(name);
    action->setShortcuts(shortcuts);
    setTip(action, translated(tip));
    return action;
}

QList<QKeySequence> standardOr(QKeySequence::StandardKey standard, const QKeySequence &always)
{
    QList<QKeySequence> keys{always};
    for (const QKeySequence &key : QKeySequence::keyBindings(standard)) {
        if (key != always)
            keys << key;
    }
    return keys;
}

} // namespace

Actions::Actions(QWidget *window)
    : start(make(window, "start"_L1, QT_TRANSLATE_NOOP("conway::Actions", "&Start"),
                 QT_TRANSLATE_NOOP("conway::Actions", "Let the universe run"), {Qt::Key_Space}))
    , stop(make(window, "stop"_L1, QT_TRANSLATE_NOOP("conway::Actions", "S&top"),
                QT_TRANSLATE_NOOP("conway::Actions", "Hold the universe"), {Qt::Key_Space}))
    , step(make(window, "step"_L1, QT_TRANSLATE_NOOP("conway::Actions", "St&ep"),
                QT_TRANSLATE_NOOP("conway::Actions", "Make one generation"), {Qt::Key_Period, Qt::Key_S}))
    , reset(make(window, "reset"_L1, QT_TRANSLATE_NOOP("conway::Actions", "&Reset"),
                 QT_TRANSLATE_NOOP("conway::Actions", "Go back to the first generation"), {Qt::CTRL | Qt::Key_R}))
    , turbo(make(window, "turbo"_L1, QT_TRANSLATE_NOOP("conway::Actions", "T&urbo"),
                 QT_TRANSLATE_NOOP("conway::Actions", "As many generations as this computer can make"), {Qt::Key_T}))
    , quit(make(window, "quit"_L1, QT_TRANSLATE_NOOP("conway::Actions", "&Quit"),
                QT_TRANSLATE_NOOP("conway::Actions", "End the program and the server in it"),
                standardOr(QKeySequence::Quit, Qt::CTRL | Qt::Key_Q)))
    , gridLines(make(window, "gridLines"_L1, QT_TRANSLATE_NOOP("conway::Actions", "&Grid Lines"),
                     QT_TRANSLATE_NOOP("conway::Actions", "Draw lines between the cells where these are large enough"),
                     {Qt::Key_G}))
    , fullScreen(make(window, "fullScreen"_L1, QT_TRANSLATE_NOOP("conway::Actions", "&Full Screen"),
                      QT_TRANSLATE_NOOP("conway::Actions", "Give the window the whole screen; Escape gives it back"),
                      standardOr(QKeySequence::FullScreen, Qt::Key_F11)))
    , themeSystem(make(window, "themeSystem"_L1, QT_TRANSLATE_NOOP("conway::Actions", "Like the &System"),
                       QT_TRANSLATE_NOOP("conway::Actions", "Light or dark, as the system is")))
    , themeLight(make(window, "themeLight"_L1, QT_TRANSLATE_NOOP("conway::Actions", "&Light"),
                      QT_TRANSLATE_NOOP("conway::Actions", "Dark on light")))
    , themeDark(make(window, "themeDark"_L1, QT_TRANSLATE_NOOP("conway::Actions", "&Dark"),
                     QT_TRANSLATE_NOOP("conway::Actions", "Light on dark")))
    , themes(new QActionGroup(window))
    , openPage(make(window, "openPage"_L1, QT_TRANSLATE_NOOP("conway::Actions", "&Open the Page in a Browser"),
                    QT_TRANSLATE_NOOP("conway::Actions", "See what viewers see, on this computer"),
                    {Qt::CTRL | Qt::Key_B}))
    , about(make(window, "about"_L1, QT_TRANSLATE_NOOP("conway::Actions", "&About CyberMesh Conway"),
                 QT_TRANSLATE_NOOP("conway::Actions", "Version and licence")))
{
    start->setIcon(glyphIcon(Glyph::Start));
    stop->setIcon(glyphIcon(Glyph::Stop));
    step->setIcon(glyphIcon(Glyph::Step));
    reset->setIcon(glyphIcon(Glyph::Reset));
    turbo->setIcon(glyphIcon(Glyph::Turbo));
    // A key held down steps on and on, but does not start and stop the universe thirty times a second.
    for (QAction *action : {start, stop, reset, turbo, fullScreen, gridLines, openPage})
        action->setAutoRepeat(false);
    for (QAction *action : {turbo, gridLines, fullScreen, themeSystem, themeLight, themeDark})
        action->setCheckable(true);
    for (QAction *action : {themeSystem, themeLight, themeDark})
        themes->addAction(action);
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

} // namespace conway
