#include "Samples.h"
#include "core/ConwayEngine.h"
#include "core/LifeKernel.h"
#include "core/Universe.h"
#include "ui/MainWindow.h"
#include "ui/UniverseView.h"

#include <QAction>
#include <QDir>
#include <QSettings>
#include <QTest>

using namespace conway;
using namespace conway::samples;

/// Renders the window as a person sees it. With CONWAY_PICTURES=<folder> the pictures are kept there.
class TestPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void window_data();
    void window();

private:
    static CellGrid garden();
    static ConnectionStats threeViewers();

    QTemporaryDir m_folder;
};

/// A gun, and the gliders that it has sent out over 150 generations.
CellGrid TestPictures::garden()
{
    // LifeWiki, "Gosper glider gun".
    constexpr QLatin1StringView kGun[] = {
        "........................O..........."_L1, "......................O.O..........."_L1,
        "............OO......OO............OO"_L1, "...........O...O....OO............OO"_L1,
        "OO........O.....O...OO.............."_L1, "OO........O...O.OO....O.O..........."_L1,
        "..........O.....O.......O..........."_L1, "...........O...O...................."_L1,
        "............OO......................"_L1,
    };
    CellGrid cells(64, 64);
    int y = 4;
    for (const QLatin1StringView line : kGun) {
        for (int x = 0; x < line.size(); ++x)
            cells.set(x + 4, y, line.at(x) == u'O');
        ++y;
    }
    LifeKernel kernel{Rule()};
    TileSet changed(64, 64);
    for (int generation = 0; generation < 150; ++generation) {
        CellGrid next(64, 64);
        kernel.advance(cells, next, changed);
        cells = next;
    }
    return cells;
}

ConnectionStats TestPictures::threeViewers()
{
    ConnectionStats stats;
    stats.viewers = {viewer(1, u"192.168.1.20"_s, 4'812, 1'384'220, 3.4),
                     viewer(2, u"192.168.1.31"_s, 2'100, 611'300, 18), viewer(3, u"192.168.1.104"_s, 12, 4'100)};
    const QDateTime now = QDateTime::currentDateTime();
    for (ViewerRow &row : stats.viewers)
        row.connectedSince = now.addSecs(-60 * static_cast<qint64>(row.id));
    stats.viewers[1].operates = false;
    stats.messagesSent = 9'924;
    stats.bytesSent = 2'999'620;
    stats.viewersEver = 7;
    stats.bytesPerSecond = 1'730;
    return stats;
}

void TestPictures::window_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<NetworkStatus>("status");
    QTest::addColumn<ConnectionStats>("stats");
    QTest::addColumn<CellGrid>("universe");
    QTest::addColumn<AccessChoice>("access");
    const CellGrid guns = garden();
    const CellGrid brief = gliderUniverse(8, 8);
    const AccessChoice open;
    const AccessChoice pin{AccessChoice::Lan::Pin, u"407215"_s};
    QTest::newRow("window-light") << u"light"_s << QSize(1260, 820) << listening() << threeViewers() << brief << open;
    QTest::newRow("window-dark") << u"dark"_s << QSize(1260, 820) << listening() << threeViewers() << brief << open;
    QTest::newRow("port-taken") << u"light"_s << QSize(1000, 700) << portTaken() << ConnectionStats() << guns << open;
    QTest::newRow("nobody-yet") << u"dark"_s << QSize(1000, 700) << listening() << ConnectionStats() << brief << open;
    QTest::newRow("small") << u"light"_s << QSize(700, 480) << listening() << threeViewers() << guns << open;
    QTest::newRow("pin-light") << u"light"_s << QSize(1260, 820) << listening() << threeViewers() << brief << pin;
    QTest::newRow("pin-dark") << u"dark"_s << QSize(1260, 820) << listening() << threeViewers() << brief << pin;
    QTest::newRow("pin-small-light") << u"light"_s << QSize(700, 480) << listening() << threeViewers() << brief << pin;
    QTest::newRow("pin-small-dark") << u"dark"_s << QSize(700, 480) << listening() << threeViewers() << brief << pin;
}

void TestPictures::window()
{
    QFETCH(const QString, theme);
    QFETCH(const QSize, size);
    QFETCH(const NetworkStatus, status);
    QFETCH(const ConnectionStats, stats);
    QFETCH(const CellGrid, universe);
    QFETCH(const AccessChoice, access);

    QSettings settings(m_folder.filePath(u"%1.ini"_s.arg(QLatin1StringView(QTest::currentDataTag()))),
                       QSettings::IniFormat);
    settings.setValue("window/theme"_L1, theme);
    MainWindow window(settings);
    ConwayEngine engine({universe, Rule()}, 50);
    connect(&engine, &ConwayEngine::stateChanged, &window, &MainWindow::setEngineState);
    connect(&engine, &ConwayEngine::published, &window, &MainWindow::setFrame);
    engine.start(u"192.168.1.20"_s);
    QTRY_VERIFY(engine.frame()->generation >= 5); // it has a speed to show
    engine.disconnect(&window);
    const FramePtr frame = engine.frame();
    window.setNetworkStatus(status);
    window.setConnectionStats(stats);
    window.setAccess(access);
    window.resize(size);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));

    const QPixmap picture = window.grab();
    QVERIFY(!picture.isNull());
    QCOMPARE(picture.deviceIndependentSize().toSize(), size);
    if (const QString folder = qEnvironmentVariable("CONWAY_PICTURES"); !folder.isEmpty()) {
        const QString file = QDir(folder).filePath(u"%1.png"_s.arg(QLatin1StringView(QTest::currentDataTag())));
        QVERIFY2(picture.save(file), qPrintable(file));
    }

    // Every cell has its colour in its middle.
    auto *view = window.findChild<UniverseView *>();
    const QImage image = picture.toImage();
    const qreal ratio = picture.devicePixelRatio();
    const QPoint corner = view->mapTo(&window, QPoint(0, 0)) * ratio;
    const BoardPlace board = view->place(corner, ratio);
    QVERIFY(board.cellSide > 0);
    const QRgb alive = view->palette().color(QPalette::Highlight).rgb();
    const QRgb dead = view->palette().color(QPalette::Base).rgb();
    QVERIFY(alive != dead);
    for (int y = 0; y < frame->cells.height(); ++y) {
        for (int x = 0; x < frame->cells.width(); ++x) {
            const QPoint middle =
                board.cells.topLeft() + QPoint(x, y) * board.cellSide + QPoint(board.cellSide / 2, board.cellSide / 2);
            QCOMPARE(image.pixel(middle), frame->cells.alive(x, y) ? alive : dead);
        }
    }
}

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
