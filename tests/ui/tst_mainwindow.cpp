#include "LinkCatcher.h"
#include "Samples.h"
#include "core/ConwayEngine.h"
#include "core/FramePool.h"
#include "core/Universe.h"
#include "ui/AddressLink.h"
#include "ui/ConnectionsDock.h"
#include "ui/HumanUnits.h"
#include "ui/MainWindow.h"
#include "ui/NoticeBar.h"
#include "ui/Readouts.h"
#include "ui/RunIndicator.h"
#include "ui/UniverseView.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStatusBar>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

using namespace conway;
using namespace conway::samples;

Q_DECLARE_METATYPE(Qt::Key)

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void buttonsGiveCommands_data();
    void buttonsGiveCommands();
    void keysGiveCommands_data();
    void keysGiveCommands();
    void aWishAloneChangesNothing();
    void whatCannotBeDoneIsDisabled();
    void spacePressesTheFocusedButtonInstead();
    void spaceStartsWhileTheIntervalHasTheFocus();
    void aKeyHeldDownDoesNotFlicker();
    void intervalGivesASpeedCommand();
    void turboComesAndGoes();
    void typingIsForgottenWhenTheWindowIsDestroyed();
    void everyActionHasATipWithItsShortcuts();

    void showsTheFigures();
    void rateIsShownOnlyWhileRunning();
    void aProblemOffersAnotherPort();
    void copyingAnAddressIsConfirmed();
    void thePageIsOpenedInABrowser();
    void aboutNamesTheVersion();

    void gridLinesSurvive();
    void themeSurvives();
    void geometryAndLayoutSurvive();
    void onlyItsOwnKeysAreWritten();
    void closingIsAnnouncedOnceAndAfterSaving();
    void quitCloses();
    void raisingBringsAMinimisedWindowBack();
    void fullScreenAndBack();
    void fitsASmallScreen();

private:
    [[nodiscard]] QAction *action(QLatin1StringView name) const { return m_window->findChild<QAction *>(name); }
    [[nodiscard]] QWidget *button(QLatin1StringView name) const
    {
        return m_window->findChild<QToolBar *>()->widgetForAction(action(name));
    }
    [[nodiscard]] QString figure(Readouts::Figure which) const
    {
        return m_window->findChild<Readouts *>()->value(which);
    }
    void setRunning(bool running, const QString &by = u"host"_s)
    {
        EngineState state;
        state.running = running;
        state.intervalMs = 500;
        state.cause = running ? u"start"_s : u"stop"_s;
        state.by = by;
        m_window->setEngineState(state);
    }
    void openWindow();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

/// A command as a word.
struct Word {
    QString operator()(const StartCommand &) const { return u"start"_s; }
    QString operator()(const StopCommand &) const { return u"stop"_s; }
    QString operator()(const StepCommand &) const { return u"step"_s; }
    QString operator()(const ResetCommand &) const { return u"reset"_s; }
    QString operator()(const SpeedCommand &speed) const { return u"speed %1"_s.arg(speed.intervalMs); }
    QString operator()(const EditCommand &) const { return u"edit"_s; }
    QString operator()(const auto &) const { return u"what no button asks for"_s; }
};

QString word(const QList<QVariant> &emitted)
{
    const auto command = emitted.value(0).value<Command>();
    return std::visit(Word{}, command.action) + u" by "_s + command.by;
}

QStringList words(const QSignalSpy &commands)
{
    QStringList all;
    for (const QList<QVariant> &emitted : commands)
        all << word(emitted);
    return all;
}

} // namespace

void TestMainWindow::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QCoreApplication::setApplicationVersion(u"1.2.3"_s);
    // Else the program would end with the first window that is closed here.
    QGuiApplication::setQuitOnLastWindowClosed(false);
}

void TestMainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"settings.ini"_s), QSettings::IniFormat);
    openWindow();
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_folder.reset();
}

void TestMainWindow::openWindow()
{
    m_window = std::make_unique<MainWindow>(*m_settings);
    m_window->setFrame(frameOf(gliderUniverse(8, 8)));
    setRunning(false);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestMainWindow::buttonsGiveCommands_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("running");
    QTest::newRow("start") << u"start"_s << false;
    QTest::newRow("stop") << u"stop"_s << true;
    QTest::newRow("step, stopped") << u"step"_s << false;
    QTest::newRow("step, running") << u"step"_s << true;
    QTest::newRow("reset, stopped") << u"reset"_s << false;
    QTest::newRow("reset, running") << u"reset"_s << true;
}

void TestMainWindow::buttonsGiveCommands()
{
    QFETCH(const QString, name);
    QFETCH(const bool, running);
    setRunning(running);
    const QSignalSpy commands(m_window.get(), &MainWindow::commanded);
    QWidget *pressed = button(QLatin1StringView(name.toLatin1()));
    QVERIFY(pressed->isVisible());
    QTest::mouseClick(pressed, Qt::LeftButton);
    QCOMPARE(words(commands), QStringList{name + u" by host"_s});
}

void TestMainWindow::keysGiveCommands_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<bool>("running");
    QTest::addColumn<QString>("expected");
    const Qt::KeyboardModifiers none;
    const Qt::KeyboardModifiers control = Qt::ControlModifier;
    QTest::newRow("space starts") << Qt::Key_Space << none << false << u"start by host"_s;
    QTest::newRow("space stops") << Qt::Key_Space << none << true << u"stop by host"_s;
    QTest::newRow("full stop steps") << Qt::Key_Period << none << false << u"step by host"_s;
    QTest::newRow("s steps") << Qt::Key_S << none << false << u"step by host"_s;
    QTest::newRow("s steps while running") << Qt::Key_S << none << true << u"step by host"_s;
    QTest::newRow("ctrl+r resets") << Qt::Key_R << control << true << u"reset by host"_s;
    QTest::newRow("r alone does not") << Qt::Key_R << none << true << QString();
}

void TestMainWindow::keysGiveCommands()
{
    QFETCH(const Qt::Key, key);
    QFETCH(const Qt::KeyboardModifiers, modifiers);
    QFETCH(const bool, running);
    QFETCH(const QString, expected);
    setRunning(running);
    const QSignalSpy commands(m_window.get(), &MainWindow::commanded);
    QTest::keyClick(m_window.get(), key, modifiers);
    QCOMPARE(words(commands), expected.isEmpty() ? QStringList() : QStringList{expected});
}

void TestMainWindow::aWishAloneChangesNothing()
{
    QTest::mouseClick(button("start"_L1), Qt::LeftButton);
    QVERIFY(action("start"_L1)->isEnabled()); // the engine may have other ideas
    setRunning(true);
    QVERIFY(!action("start"_L1)->isEnabled());
}

void TestMainWindow::whatCannotBeDoneIsDisabled()
{
    const auto enabled = [this] {
        QStringList names;
        for (const QLatin1StringView name : {"start"_L1, "stop"_L1, "step"_L1, "reset"_L1}) {
            if (action(name)->isEnabled())
                names << name;
        }
        return names;
    };
    QCOMPARE(enabled(), QStringList({u"start"_s, u"step"_s, u"reset"_s}));
    setRunning(true);
    QCOMPARE(enabled(), QStringList({u"stop"_s, u"step"_s, u"reset"_s}));
    setRunning(false);
    QCOMPARE(enabled(), QStringList({u"start"_s, u"step"_s, u"reset"_s}));
    QVERIFY(!action("openPage"_L1)->isEnabled());
    m_window->setNetworkStatus(listening());
    QVERIFY(action("openPage"_L1)->isEnabled());
}

void TestMainWindow::spacePressesTheFocusedButtonInstead()
{
    m_window->setNetworkStatus(listening());
    const QSignalSpy commands(m_window.get(), &MainWindow::commanded);
    const auto *link = m_window->findChild<AddressLink *>();
    auto *copy = link->findChild<QToolButton *>();
    copy->setFocus();
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(copy, Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text(), link->url());
    QCOMPARE(commands.size(), 0);

    const QSignalSpy requests(m_window.get(), &MainWindow::listenRequested);
    m_window->setNetworkStatus(portTaken());
    auto *usePort = m_window->findChild<QPushButton *>("usePort"_L1);
    usePort->setFocus();
    QTest::keyClick(usePort, Qt::Key_Space);
    QCOMPARE(requests.size(), 1);
    QCOMPARE(commands.size(), 0);

    m_window->findChild<UniverseView *>()->setFocus();
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Space);
    QCOMPARE(commands.size(), 1);
}

void TestMainWindow::spaceStartsWhileTheIntervalHasTheFocus()
{
    const QSignalSpy commands(m_window.get(), &MainWindow::commanded);
    auto *box = m_window->findChild<QSpinBox *>();
    box->setFocus();
    QVERIFY(box->hasFocus());
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(words(commands), QStringList{u"start by host"_s});
    QTest::keyClick(box, Qt::Key_5); // but a digit is a digit
    QCOMPARE(commands.size(), 1);
}

void TestMainWindow::aKeyHeldDownDoesNotFlicker()
{
    for (const QLatin1StringView name : {"start"_L1, "stop"_L1, "reset"_L1})
        QVERIFY(!action(name)->autoRepeat());
    QVERIFY(action("step"_L1)->autoRepeat());
}

void TestMainWindow::turboComesAndGoes()
{
    const QSignalSpy commands(m_window.get(), &MainWindow::commanded);
    EngineState state;
    state.intervalMs = 120;
    m_window->setEngineState(state);
    QVERIFY(!action("turbo"_L1)->isChecked());
    action("turbo"_L1)->trigger();
    state.intervalMs = ConwayEngine::kTurbo;
    m_window->setEngineState(state);
    QVERIFY(action("turbo"_L1)->isChecked());
    action("turbo"_L1)->trigger(); // back to the interval there was
    QCOMPARE(words(commands), (QStringList{u"speed 0 by host"_s, u"speed 120 by host"_s}));
}

void TestMainWindow::intervalGivesASpeedCommand()
{
    const QSignalSpy commands(m_window.get(), &MainWindow::commanded);
    auto *box = m_window->findChild<QSpinBox *>();
    QCOMPARE(box->value(), 500);
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, u"250"_s);
    QCOMPARE(commands.size(), 0);
    QTest::keyClick(box, Qt::Key_Return);
    QCOMPARE(words(commands), QStringList{u"speed 250 by host"_s});
}

void TestMainWindow::typingIsForgottenWhenTheWindowIsDestroyed()
{
    auto *box = m_window->findChild<QSpinBox *>();
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, u"250"_s);
    int commands = 0;
    connect(m_window.get(), &MainWindow::commanded, this, [&commands] { ++commands; });
    m_window.reset();
    QCOMPARE(commands, 0);
}

void TestMainWindow::everyActionHasATipWithItsShortcuts()
{
    for (const QLatin1StringView name :
         {"start"_L1, "stop"_L1, "step"_L1, "reset"_L1, "quit"_L1, "gridLines"_L1, "fullScreen"_L1, "openPage"_L1}) {
        const QAction *tipped = action(name);
        QVERIFY(!tipped->statusTip().isEmpty());
        QVERIFY(!tipped->shortcuts().isEmpty());
        for (const QKeySequence &key : tipped->shortcuts())
            QVERIFY2(tipped->toolTip().contains(key.toString(QKeySequence::NativeText)), qPrintable(tipped->toolTip()));
    }
}

void TestMainWindow::showsTheFigures()
{
    auto *frame = new Frame(*frameOf(CellGrid(1'200, 8), 123'456));
    frame->population = 4'321;
    frame->births = 12;
    frame->deaths = 1'013;
    m_window->setFrame(FramePtr(frame));
    EngineState state;
    state.rule = *Rule::parse(u"B36/S23");
    state.cause = u"stop"_s;
    state.by = u"192.168.1.20"_s;
    m_window->setEngineState(state);
    QCOMPARE(figure(Readouts::Generation), u"123,456"_s);
    QCOMPARE(figure(Readouts::Population), u"4,321"_s);
    QCOMPARE(figure(Readouts::Births), u"12"_s);
    QCOMPARE(figure(Readouts::Deaths), u"1,013"_s);
    QCOMPARE(figure(Readouts::Rule), u"B36/S23"_s);
    QCOMPARE(figure(Readouts::Size), u"1,200 × 8"_s);
    QCOMPARE(m_window->findChild<RunIndicator *>()->text(), u"Stopped by 192.168.1.20"_s);
}

void TestMainWindow::rateIsShownOnlyWhileRunning()
{
    const auto showsAt = [this](double rate) {
        const FramePtr frame = frameWith(8, 8, {}, 4);
        FramePool::write(frame).generationsPerSecond = rate;
        m_window->setFrame(frame);
        return figure(Readouts::Rate);
    };
    QCOMPARE(showsAt(0), u"–"_s); // by hand
    setRunning(true);
    QCOMPARE(showsAt(0), u"–"_s); // it has only begun
    QCOMPARE(showsAt(2), humanRate(2));
    setRunning(false);
    QCOMPARE(figure(Readouts::Rate), u"–"_s);
    QCOMPARE(showsAt(2), u"–"_s); // of before
}

void TestMainWindow::aProblemOffersAnotherPort()
{
    QSignalSpy requests(m_window.get(), &MainWindow::listenRequested);
    auto *notice = m_window->findChild<NoticeBar *>();
    QVERIFY(!notice->isVisible());
    m_window->setNetworkStatus(portTaken());
    QVERIFY(notice->isVisible());
    QTest::mouseClick(notice->findChild<QPushButton *>("usePort"_L1), Qt::LeftButton);
    QCOMPARE(requests.takeFirst()[0].value<quint16>(), quint16{8001});
    QTest::mouseClick(notice->findChild<QPushButton *>("tryAgain"_L1), Qt::LeftButton);
    QCOMPARE(requests.takeFirst()[0].value<quint16>(), quint16{0});

    // The universe goes on meanwhile.
    const QSignalSpy commands(m_window.get(), &MainWindow::commanded);
    QTest::mouseClick(button("start"_L1), Qt::LeftButton);
    QCOMPARE(commands.size(), 1);
    m_window->setNetworkStatus(listening());
    QVERIFY(!notice->isVisible());
}

void TestMainWindow::copyingAnAddressIsConfirmed()
{
    m_window->setNetworkStatus(listening());
    const auto *link = m_window->findChild<AddressLink *>();
    QTest::mouseClick(link->findChild<QToolButton *>(), Qt::LeftButton);
    QVERIFY(m_window->statusBar()->currentMessage().contains(link->url()));
}

void TestMainWindow::thePageIsOpenedInABrowser()
{
    const LinkCatcher browser;
    m_window->setNetworkStatus(listening());
    action("openPage"_L1)->trigger();
    QCOMPARE(browser.opened, QList<QUrl>{QUrl(u"http://192.168.1.10:8000/"_s)});
}

void TestMainWindow::aboutNamesTheVersion()
{
    action("about"_L1)->trigger();
    auto *box = m_window->findChild<QMessageBox *>();
    if (box == nullptr)
        QFAIL("no box");
    QVERIFY(box->text().contains("1.2.3"_L1));
    box->close();
}

void TestMainWindow::gridLinesSurvive()
{
    QVERIFY(m_window->findChild<UniverseView *>()->gridLines());
    QTest::keyClick(m_window.get(), Qt::Key_G);
    QVERIFY(!m_window->findChild<UniverseView *>()->gridLines());
    openWindow();
    QVERIFY(!m_window->findChild<UniverseView *>()->gridLines());
    QVERIFY(!action("gridLines"_L1)->isChecked());
}

void TestMainWindow::themeSurvives()
{
    // What is beside the board; read when the new palette has reached the widgets.
    const auto ground = [this] { return m_window->grab().toImage().pixel(3, m_window->height() / 2); };
    QVERIFY(action("themeSystem"_L1)->isChecked());
    action("themeDark"_L1)->trigger();
    QTRY_VERIFY(Theme::isDark(m_window->palette()));
    const QRgb dark = ground();
    QVERIFY(qGray(dark) < 64);
    action("themeLight"_L1)->trigger();
    QTRY_VERIFY(!Theme::isDark(m_window->palette()));
    QVERIFY(qGray(ground()) > 192);

    action("themeDark"_L1)->trigger();
    m_window.reset();
    QApplication::setPalette(QPalette());
    openWindow();
    QVERIFY(action("themeDark"_L1)->isChecked());
    QTRY_VERIFY(Theme::isDark(m_window->palette()));
    QCOMPARE(ground(), dark);
}

void TestMainWindow::geometryAndLayoutSurvive()
{
    m_window->setGeometry(30, 40, 702, 503);
    m_window->findChild<ConnectionsDock *>()->hide();
    const QRect geometry = m_window->geometry();
    m_window->close();
    openWindow();
    QCOMPARE(m_window->geometry(), geometry);
    QVERIFY(!m_window->findChild<ConnectionsDock *>()->isVisible());
}

void TestMainWindow::onlyItsOwnKeysAreWritten()
{
    m_settings->setValue("server/port"_L1, 8080);
    action("themeDark"_L1)->trigger();
    action("gridLines"_L1)->trigger();
    m_window->close();
    const QStringList keys = m_settings->allKeys();
    QVERIFY(keys.size() >= 5);
    for (const QString &key : keys)
        QVERIFY2(key.startsWith("window/"_L1) || key == "server/port"_L1, qPrintable(key));
    QCOMPARE(m_settings->value("server/port"_L1).toInt(), 8080);
}

void TestMainWindow::closingIsAnnouncedOnceAndAfterSaving()
{
    bool saved = false;
    int times = 0;
    connect(m_window.get(), &MainWindow::closed, this, [&] {
        ++times;
        saved = m_settings->contains("window/geometry"_L1);
    });
    QVERIFY(m_window->close());
    QCOMPARE(times, 1);
    QVERIFY(saved);
    QCloseEvent again; // as at the end of a session
    QCoreApplication::sendEvent(m_window.get(), &again);
    QVERIFY(again.isAccepted());
    m_window->close();
    QCOMPARE(times, 1);

    m_window->show(); // it can be opened again, and closed again
    QVERIFY(m_window->close());
    QCOMPARE(times, 2);
    m_window.reset();
    QCOMPARE(times, 2);
}

void TestMainWindow::quitCloses()
{
    const QSignalSpy closed(m_window.get(), &MainWindow::closed);
    QTest::keyClick(m_window.get(), Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(closed.size(), 1);
    QVERIFY(!m_window->isVisible());
}

void TestMainWindow::raisingBringsAMinimisedWindowBack()
{
    m_window->showMinimized();
    QVERIFY(m_window->isMinimized());
    m_window->raiseWindow();
    QVERIFY(!m_window->isMinimized());
    QVERIFY(m_window->isVisible());
    QTRY_VERIFY(m_window->isActiveWindow());

    m_window->showMaximized();
    m_window->showMinimized();
    m_window->raiseWindow();
    QVERIFY(m_window->isMaximized()); // as it was before

    m_window->hide();
    m_window->raiseWindow();
    QVERIFY(m_window->isVisible());
}

void TestMainWindow::fullScreenAndBack()
{
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    QTRY_VERIFY(m_window->isFullScreen());
    QVERIFY(action("fullScreen"_L1)->isChecked());
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QTRY_VERIFY(!m_window->isFullScreen());
    QVERIFY(!action("fullScreen"_L1)->isChecked());
    QVERIFY(m_window->isVisible());
}

void TestMainWindow::fitsASmallScreen()
{
    m_window->setNetworkStatus(portTaken());
    QCoreApplication::processEvents();
    const QSize smallest = m_window->minimumSizeHint();
    QVERIFY2(smallest.width() <= 800, qPrintable(QString::number(smallest.width())));
    QVERIFY2(smallest.height() <= 480, qPrintable(QString::number(smallest.height())));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
