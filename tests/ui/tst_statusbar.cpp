#include "Samples.h"
#include "core/EngineState.h"
#include "ui/Readouts.h"
#include "ui/RunIndicator.h"

#include <QTest>

using namespace conway;
using namespace conway::samples;

class TestStatusBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhoChangedWhatLast_data();
    void saysWhoChangedWhatLast();
    void runningAndStoppedLookDifferent();
    void figuresStayInPlaceWhenTheyShrink();
    void leastImportantFiguresGiveWay();
};

void TestStatusBar::saysWhoChangedWhatLast_data()
{
    QTest::addColumn<bool>("running");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("at first") << false << QString() << QString() << u"Stopped"_s;
    QTest::newRow("running at first") << true << QString() << QString() << u"Running"_s;
    QTest::newRow("start") << true << u"start"_s << u"192.168.1.20"_s << u"Running, started by 192.168.1.20"_s;
    QTest::newRow("stop") << false << u"stop"_s << u"192.168.1.20"_s << u"Stopped by 192.168.1.20"_s;
    QTest::newRow("here") << false << u"stop"_s << u"host"_s << u"Stopped by this computer"_s;
    QTest::newRow("reset, stopped") << false << u"reset"_s << u"host"_s << u"Stopped, reset by this computer"_s;
    QTest::newRow("reset, running") << true << u"reset"_s << u"host"_s << u"Running, reset by this computer"_s;
    QTest::newRow("speed") << true << u"speed"_s << u"10.0.0.2"_s << u"Running, speed set by 10.0.0.2"_s;
    QTest::newRow("edit") << false << u"edit"_s << u"10.0.0.2"_s << u"Stopped, edited by 10.0.0.2"_s;
    QTest::newRow("unheard of") << true << u"rewind"_s << u"10.0.0.2"_s << u"Running"_s;
}

void TestStatusBar::saysWhoChangedWhatLast()
{
    QFETCH(const bool, running);
    QFETCH(const QString, cause);
    QFETCH(const QString, by);
    QFETCH(const QString, sentence);
    EngineState state;
    state.running = running;
    state.cause = cause;
    state.by = by;
    RunIndicator indicator;
    indicator.setState(state);
    QCOMPARE(indicator.text(), sentence);
    QCOMPARE(indicator.accessibleName(), sentence);
}

void TestStatusBar::runningAndStoppedLookDifferent()
{
    RunIndicator indicator;
    indicator.resize(14, 20); // the dot alone
    const QImage stopped = indicator.grab().toImage();
    EngineState state;
    state.running = true;
    indicator.setState(state);
    QVERIFY(indicator.grab().toImage() != stopped);
}

void TestStatusBar::figuresStayInPlaceWhenTheyShrink()
{
    Readouts readouts;
    readouts.set(Readouts::Population, u"1,234,567"_s);
    const QSize wide = readouts.sizeHint();
    readouts.set(Readouts::Population, u"7"_s);
    QCOMPARE(readouts.sizeHint(), wide);
    QCOMPARE(readouts.value(Readouts::Population), u"7"_s);
    readouts.set(Readouts::Population, u"1,234,567,890"_s);
    QVERIFY(readouts.sizeHint().width() > wide.width());
}

void TestStatusBar::leastImportantFiguresGiveWay()
{
    Readouts readouts;
    for (int figure = 0; figure < Readouts::kFigures; ++figure)
        readouts.set(static_cast<Readouts::Figure>(figure), u"12,345"_s);
    readouts.resize(readouts.sizeHint());
    for (int figure = 0; figure < Readouts::kFigures; ++figure)
        QVERIFY(readouts.fits(static_cast<Readouts::Figure>(figure)));
    readouts.resize(readouts.width() - 1, readouts.height());
    QVERIFY(!readouts.fits(Readouts::Rule));
    QVERIFY(readouts.fits(Readouts::Size));
    readouts.resize(readouts.minimumSizeHint());
    QVERIFY(readouts.fits(Readouts::Generation));
    QVERIFY(readouts.fits(Readouts::Population));
    QVERIFY(!readouts.fits(Readouts::Births));
}

QTEST_MAIN(TestStatusBar)
#include "tst_statusbar.moc"
