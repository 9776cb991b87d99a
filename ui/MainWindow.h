#pragma once

#include "core/Command.h"
#include "core/EngineState.h"
#include "core/Frame.h"
#include "ui/AccessChoice.h"
#include "ui/Actions.h"
#include "ui/ConnectionStats.h"
#include "ui/NetworkStatus.h"
#include "ui/Theme.h"

#include <QMainWindow>

class QSettings;

namespace conway {

class ConnectionsDock;
class IntervalControl;
class NoticeBar;
class Readouts;
class RunIndicator;
class UniverseView;

/// The window: the universe, the controls, who is connected. It knows neither engine nor network: it shows the values
/// it is given and says what its user wants. Main thread.
///
/// The user's wish changes nothing here: a button that was pressed shows its effect when the engine's state comes back.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// Reads and writes the keys "window/…" of `settings`, which outlives the window.
    explicit MainWindow(QSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

public Q_SLOTS:
    /// The newest frame. Painted when the display is refreshed: frames may come faster.
    void setFrame(const conway::FramePtr &frame);
    void setEngineState(const conway::EngineState &state);
    void setConnectionStats(const conway::ConnectionStats &stats);
    void setNetworkStatus(const conway::NetworkStatus &status);
    void setAccess(const conway::AccessChoice &access);
    /// Somebody started the program again: the window comes to the front, from wherever it is.
    void raiseWindow();

Q_SIGNALS:
    void commanded(const conway::Command &command); ///< by kHost
    /// The user wants the server to listen: on that port, or on the same as before when it is 0.
    void listenRequested(quint16 port);
    /// The user wants other devices' viewers to be treated so. An empty PIN where one is needed: a new one, please.
    void accessChosen(const conway::AccessChoice &access);
    /// The window was closed and its settings are saved. Once for each time it is closed.
    void closed();

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void layOut();
    void makeMenus();
    void makeToolBar();
    void makeStatusBar();
    void connectActions();
    void restore();
    void save();
    void command(const Command::Action &action);
    void chooseTheme(Theme::Choice choice);
    void setFullScreen(bool full);
    void openPage();
    void showAbout();

    QSettings &m_settings;
    Theme m_theme;
    const Actions m_actions;

    UniverseView *m_view;
    NoticeBar *m_notice;
    ConnectionsDock *m_connections;
    IntervalControl *m_interval;
    RunIndicator *m_runIndicator;
    Readouts *m_readouts;

    QString m_page; ///< the best address; empty while there is none
    bool m_running = false;
    bool m_closed = false;
};

} // namespace conway
