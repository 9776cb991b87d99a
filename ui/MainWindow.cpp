#include "ui/MainWindow.h"

#include "core/ConwayEngine.h"
#include "ui/ConnectionsDock.h"
#include "ui/HumanUnits.h"
#include "ui/Icons.h"
#include "ui/IntervalControl.h"
#include "ui/NoticeBar.h"
#include "ui/Readouts.h"
#include "ui/RunIndicator.h"
#include "ui/UniverseView.h"

#include <QAbstractButton>
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QKeyEvent>
#include <QLayout>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QSettings>
#include <QStatusBar>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr auto kGeometryKey = "window/geometry"_L1;
constexpr auto kLayoutKey = "window/layout"_L1;
constexpr auto kThemeKey = "window/theme"_L1;
constexpr auto kGridLinesKey = "window/gridLines"_L1;

constexpr QSize kFirstSize{1260, 820};
constexpr int kDockWidth = 480;

/// The space bar starts and stops the universe, except where it presses the button that has the keyboard focus: without
/// this, nobody without a mouse could press any.
bool claimsSpaceForButton(QEvent *event)
{
    const auto *key = dynamic_cast<QKeyEvent *>(event);
    if (key == nullptr || key->type() != QEvent::ShortcutOverride || key->key() != Qt::Key_Space)
        return false;
    if (qobject_cast<QAbstractButton *>(QApplication::focusWidget()) == nullptr)
        return false;
    event->accept();
    return true;
}

} // namespace

MainWindow::MainWindow(QSettings &settings, QWidget *parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_actions(this)
    , m_view(new UniverseView(this))
    , m_notice(new NoticeBar(this))
    , m_connections(new ConnectionsDock(this))
    , m_interval(new IntervalControl(this))
    , m_runIndicator(new RunIndicator(this))
    , m_readouts(new Readouts(this))
{
    setWindowTitle(tr("CyberMesh Conway"));
    setWindowIcon(applicationIcon());
    setContextMenuPolicy(Qt::NoContextMenu); // else a slip of the mouse could hide the tool bar
    layOut();
    connectActions();
    setEngineState({});
    setNetworkStatus({});
    restore();
    m_view->setFocus();
}

MainWindow::~MainWindow()
{
    // A number that is being typed is finished when its box loses the focus, and that happens in ~QWidget.
    m_interval->disconnect(this);
}

void MainWindow::layOut()
{
    makeToolBar();
    auto *centre = new QWidget(this);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_view, 1);
    setCentralWidget(centre);
    addDockWidget(Qt::RightDockWidgetArea, m_connections);
    resizeDocks({m_connections}, {kDockWidth}, Qt::Horizontal);
    m_connections->installEventFilter(this); // it may float in a window of its own
    makeStatusBar();
    makeMenus();
}

void MainWindow::makeToolBar()
{
    QToolBar *bar = addToolBar(tr("Controls"));
    bar->setObjectName("controls"_L1);
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize(QSize(20, 20));
    bar->layout()->setContentsMargins(10, 7, 16, 7);
    bar->layout()->setSpacing(6);
    for (QAction *action : {m_actions.start, m_actions.stop, m_actions.step, m_actions.reset}) {
        bar->addAction(action);
        bar->widgetForAction(action)->setMinimumSize(84, 34);
    }
    auto *gap = new QWidget(bar);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    bar->addWidget(m_interval);
    bar->addAction(m_actions.turbo);
}

void MainWindow::makeStatusBar()
{
    statusBar()->setSizeGripEnabled(false); // the whole frame of the window is one
    statusBar()->setContentsMargins(12, 3, 12, 3);
    statusBar()->addWidget(m_runIndicator, 1);
    statusBar()->addPermanentWidget(m_readouts);
}

void MainWindow::makeMenus()
{
    QMenu *universe = menuBar()->addMenu(tr("&Universe"));
    universe->addActions({m_actions.start, m_actions.stop, m_actions.step, m_actions.reset, m_actions.turbo});
    universe->addSeparator();
    universe->addAction(m_actions.quit);

    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->addAction(m_actions.gridLines);
    QAction *connections = m_connections->toggleViewAction();
    connections->setText(tr("&Connections"));
    connections->setStatusTip(tr("Show who is connected"));
    connections->setShortcut(Qt::Key_C);
    view->addAction(connections);
    QMenu *themes = view->addMenu(tr("&Theme"));
    themes->addActions(m_actions.themes->actions());
    view->addSeparator();
    view->addAction(m_actions.fullScreen);

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addAction(m_actions.openPage);
    help->addSeparator();
    help->addAction(m_actions.about);
}

void MainWindow::connectActions()
{
    connect(m_actions.start, &QAction::triggered, this, [this] { command(StartCommand{}); });
    connect(m_actions.stop, &QAction::triggered, this, [this] { command(StopCommand{}); });
    connect(m_actions.step, &QAction::triggered, this, [this] { command(StepCommand{}); });
    connect(m_actions.reset, &QAction::triggered, this, [this] { command(ResetCommand{}); });
    connect(m_actions.turbo, &QAction::triggered, this,
            [this](bool wanted) { command(SpeedCommand{wanted ? ConwayEngine::kTurbo : m_interval->interval()}); });
    connect(m_actions.quit, &QAction::triggered, this, &MainWindow::close);
    connect(m_interval, &IntervalControl::intervalWanted, this,
            [this](int milliseconds) { command(SpeedCommand{milliseconds}); });

    connect(m_actions.gridLines, &QAction::toggled, this, [this](bool shown) {
        m_view->setGridLines(shown);
        m_settings.setValue(kGridLinesKey, shown);
    });
    connect(m_actions.fullScreen, &QAction::triggered, this, &MainWindow::setFullScreen);
    connect(m_actions.themeSystem, &QAction::triggered, this, [this] { chooseTheme(Theme::Choice::System); });
    connect(m_actions.themeLight, &QAction::triggered, this, [this] { chooseTheme(Theme::Choice::Light); });
    connect(m_actions.themeDark, &QAction::triggered, this, [this] { chooseTheme(Theme::Choice::Dark); });
    connect(m_actions.openPage, &QAction::triggered, this, &MainWindow::openPage);
    connect(m_actions.about, &QAction::triggered, this, &MainWindow::showAbout);

    connect(m_notice, &NoticeBar::portChosen, this, &MainWindow::listenRequested);
    connect(m_notice, &NoticeBar::retryChosen, this, [this] { Q_EMIT listenRequested(0); });
    connect(m_connections, &ConnectionsDock::accessChosen, this, &MainWindow::accessChosen);
    connect(m_connections, &ConnectionsDock::addressCopied, this, [this](const QString &url) {
        constexpr int kShownFor = 3000; // milliseconds
        statusBar()->showMessage(tr("Copied %1").arg(url), kShownFor);
    });
}

void MainWindow::restore()
{
    const bool gridLines = m_settings.value(kGridLinesKey, true).toBool();
    m_actions.gridLines->setChecked(gridLines);
    m_view->setGridLines(gridLines);

    const auto theme = Theme::fromString(m_settings.value(kThemeKey).toString());
    m_theme.choose(theme);
    (theme == Theme::Choice::Light  ? m_actions.themeLight
     : theme == Theme::Choice::Dark ? m_actions.themeDark
                                    : m_actions.themeSystem)
        ->setChecked(true);

    if (!restoreGeometry(m_settings.value(kGeometryKey).toByteArray()))
        resize(kFirstSize.boundedTo(screen()->availableSize() * 0.9));
    restoreState(m_settings.value(kLayoutKey).toByteArray());
}

void MainWindow::save()
{
    m_settings.setValue(kGeometryKey, saveGeometry());
    m_settings.setValue(kLayoutKey, saveState());
    m_settings.sync();
}

void MainWindow::setFrame(const FramePtr &frame)
{
    if (!frame)
        return;
    m_view->setFrame(frame);

    const auto count = [this](qint64 number) { return locale().toString(number); };
    m_readouts->set(Readouts::Generation, locale().toString(frame->generation));
    m_readouts->set(Readouts::Population, count(frame->population));
    m_readouts->set(Readouts::Births, count(frame->births));
    m_readouts->set(Readouts::Deaths, count(frame->deaths));
    m_readouts->set(Readouts::Size, tr("%1 × %2").arg(count(frame->cells.width()), count(frame->cells.height())));
    const bool hasRate = m_running && frame->generationsPerSecond > 0;
    m_readouts->set(Readouts::Rate, humanRate(hasRate ? std::optional(frame->generationsPerSecond) : std::nullopt));
}

void MainWindow::setEngineState(const EngineState &state)
{
    m_running = state.running;
    if (!m_running || state.cause == "speed"_L1)
        m_readouts->set(Readouts::Rate, humanRate(std::nullopt));
    m_actions.start->setEnabled(!state.running);
    m_actions.stop->setEnabled(state.running);
    m_actions.turbo->setChecked(state.intervalMs == ConwayEngine::kTurbo);
    if (state.intervalMs != ConwayEngine::kTurbo)
        m_interval->setInterval(state.intervalMs);
    m_runIndicator->setState(state);
    m_readouts->set(Readouts::Rule, state.rule.toString());
}

void MainWindow::setConnectionStats(const ConnectionStats &stats)
{
    m_connections->setStats(stats);
}

void MainWindow::setNetworkStatus(const NetworkStatus &status)
{
    m_notice->setNetworkStatus(status);
    m_connections->setNetworkStatus(status);
    m_page = status.listening ? status.addresses.value(0) : QString();
    m_actions.openPage->setEnabled(!m_page.isEmpty());
}

void MainWindow::setAccess(const AccessChoice &access)
{
    m_connections->setAccess(access);
}

void MainWindow::raiseWindow()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

bool MainWindow::event(QEvent *event)
{
    return claimsSpaceForButton(event) || QMainWindow::event(event);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    return claimsSpaceForButton(event) || QMainWindow::eventFilter(watched, event);
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::WindowStateChange)
        m_actions.fullScreen->setChecked(isFullScreen());
    QMainWindow::changeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && isFullScreen())
        setFullScreen(false);
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::showEvent(QShowEvent *event)
{
    m_closed = false;
    QMainWindow::showEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    if (std::exchange(m_closed, true))
        return;
    save();
    Q_EMIT closed();
}

void MainWindow::command(const Command::Action &action)
{
    Q_EMIT commanded({action, QStringView(kHost).toString()});
}

void MainWindow::chooseTheme(Theme::Choice choice)
{
    m_theme.choose(choice);
    m_settings.setValue(kThemeKey, Theme::toString(choice));
}

void MainWindow::setFullScreen(bool full)
{
    setWindowState(windowState().setFlag(Qt::WindowFullScreen, full));
}

void MainWindow::openPage()
{
    QDesktopServices::openUrl(QUrl(m_page));
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName("aboutBox"_L1);
    box->setWindowTitle(tr("About CyberMesh Conway"));
    box->setIconPixmap(windowIcon().pixmap(QSize(64, 64), devicePixelRatio()));
    box->setText(tr("<h3>CyberMesh Conway %1</h3>").arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(tr("<p>Conway's Game of Life for everybody on the network.</p>"
                               "<p>Free software under the MIT licence. Built with Qt %1.</p>")
                                .arg(QLatin1StringView(qVersion())));
    box->open();
}

} // namespace conway

#include "moc_MainWindow.cpp"
