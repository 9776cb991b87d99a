#include "Samples.h"
#include "core/ConwayEngine.h"
#include "ui/IntervalControl.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>

using namespace conway;
using namespace conway::samples;

namespace {

struct Shown {
    Shown()
        : control(new IntervalControl(&window))
        , box(control->findChild<QSpinBox *>())
        , slider(control->findChild<QSlider *>())
        , wanted(control, &IntervalControl::intervalWanted)
    {
        control->resize(control->sizeHint());
        window.resize(600, 60);
        window.show();
        window.activateWindow();
        box->setFocus();
        control->setInterval(500);
    }

    /// Keys reach the box.
    [[nodiscard]] bool ready() { return QTest::qWaitForWindowActive(&window) && box->hasFocus(); }

    void type(const QString &text) const
    {
        box->selectAll();
        QTest::keyClicks(box, text);
    }

    [[nodiscard]] int lastWanted() const { return wanted.isEmpty() ? -1 : wanted.last()[0].toInt(); }

    QWidget window;
    IntervalControl *control;
    QSpinBox *box;
    QSlider *slider;
    QSignalSpy wanted;
};

} // namespace

class TestIntervalControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void showsWhatTheEngineSays();
    void aTypedNumberIsSentWhenFinishedAndOnce();
    void aTypedNumberIsSentWhenTheFocusLeaves();
    void aStepIsSentAtOnce();
    void numbersOutOfRangeAreBroughtIntoRange();
    void typingIsNotDisturbedByTheEngine();
    void typingThatChangesNothingEndsInWhatTheEngineSays();
    void anOldEchoDoesNotUndoAStep();
    void aWishThatIsNotFulfilledIsGivenUp();
    void slidingIsSentWhenLetGo();
    void keysOnTheSliderMakeItFasterToTheRight();
    void everyPlaceOfTheSliderIsWithinTheLimits();
    void theEnginesWordIsNotSentBack();
};

void TestIntervalControl::showsWhatTheEngineSays()
{
    Shown shown;
    QVERIFY(shown.ready());
    QCOMPARE(shown.box->value(), 500);
    shown.control->setInterval(2'500);
    QCOMPARE(shown.box->text(), u"2,500 ms"_s);
    const int before = shown.slider->value();
    shown.control->setInterval(25);
    QVERIFY(shown.slider->value() > before); // faster
}

void TestIntervalControl::aTypedNumberIsSentWhenFinishedAndOnce()
{
    Shown shown;
    QVERIFY(shown.ready());
    shown.type(u"1234"_s);
    QCOMPARE(shown.wanted.size(), 0);
    QTest::keyClick(shown.box, Qt::Key_Return);
    QCOMPARE(shown.wanted.size(), 1);
    QCOMPARE(shown.lastWanted(), 1'234);
    shown.slider->setFocus();
    QCOMPARE(shown.wanted.size(), 1);
    QCOMPARE(shown.box->value(), 1'234); // although the engine has not answered yet
}

void TestIntervalControl::aTypedNumberIsSentWhenTheFocusLeaves()
{
    Shown shown;
    QVERIFY(shown.ready());
    shown.type(u"75"_s);
    QTest::keyClick(shown.box, Qt::Key_Tab);
    QVERIFY(!shown.box->hasFocus());
    QCOMPARE(shown.wanted.size(), 1);
    QCOMPARE(shown.lastWanted(), 75);
}

void TestIntervalControl::aStepIsSentAtOnce()
{
    Shown shown;
    QVERIFY(shown.ready());
    QTest::keyClick(shown.box, Qt::Key_Up);
    QCOMPARE(shown.wanted.size(), 1);
    QCOMPARE(shown.lastWanted(), 510);
    QTest::keyClick(shown.box, Qt::Key_Down);
    QCOMPARE(shown.lastWanted(), 500);
}

void TestIntervalControl::numbersOutOfRangeAreBroughtIntoRange()
{
    Shown shown;
    QVERIFY(shown.ready());
    shown.type(u"3"_s);
    QTest::keyClick(shown.box, Qt::Key_Return);
    QCOMPARE(shown.lastWanted(), ConwayEngine::kMinInterval);
    shown.type(u"99999"_s);
    QTest::keyClick(shown.box, Qt::Key_Return);
    QVERIFY(shown.lastWanted() <= ConwayEngine::kMaxInterval);
}

void TestIntervalControl::typingIsNotDisturbedByTheEngine()
{
    Shown shown;
    QVERIFY(shown.ready());
    shown.type(u"12"_s);
    shown.control->setInterval(800); // somebody else, meanwhile
    QCOMPARE(shown.box->text(), u"12 ms"_s);
    QTest::keyClicks(shown.box, u"00"_s);
    shown.control->setInterval(900);
    QTest::keyClick(shown.box, Qt::Key_Return);
    QCOMPARE(shown.wanted.size(), 1);
    QCOMPARE(shown.lastWanted(), 1'200);
}

void TestIntervalControl::typingThatChangesNothingEndsInWhatTheEngineSays()
{
    Shown shown;
    QVERIFY(shown.ready());
    shown.type(u"50"_s);
    shown.control->setInterval(800);
    QTest::keyClicks(shown.box, u"0"_s); // 500, as it was
    QTest::keyClick(shown.box, Qt::Key_Return);
    QCOMPARE(shown.wanted.size(), 0);
    QCOMPARE(shown.box->value(), 800);
}

void TestIntervalControl::anOldEchoDoesNotUndoAStep()
{
    Shown shown;
    QVERIFY(shown.ready());
    QTest::keyClick(shown.box, Qt::Key_Up);
    QTest::keyClick(shown.box, Qt::Key_Up);
    QCOMPARE(shown.lastWanted(), 520);
    shown.control->setInterval(510); // the answer to the first
    QCOMPARE(shown.box->value(), 520);
    shown.control->setInterval(520);
    QCOMPARE(shown.box->value(), 520);
    shown.control->setInterval(700); // from here on others are heard again
    QCOMPARE(shown.box->value(), 700);
}

void TestIntervalControl::aWishThatIsNotFulfilledIsGivenUp()
{
    Shown shown;
    QVERIFY(shown.ready());
    QTest::keyClick(shown.box, Qt::Key_Up);
    shown.control->setInterval(800); // somebody else was later
    QCOMPARE(shown.box->value(), 510);
    QTRY_COMPARE(shown.box->value(), 800);
}

void TestIntervalControl::slidingIsSentWhenLetGo()
{
    Shown shown;
    QVERIFY(shown.ready());
    shown.slider->setSliderDown(true);
    shown.slider->setSliderPosition(shown.slider->maximum() / 3);
    shown.slider->setSliderPosition(shown.slider->maximum());
    QCOMPARE(shown.wanted.size(), 0);
    QCOMPARE(shown.box->value(), ConwayEngine::kMinInterval); // shown meanwhile
    shown.control->setInterval(700);
    QCOMPARE(shown.box->value(), ConwayEngine::kMinInterval); // and not torn from the hand
    shown.slider->setSliderDown(false);
    QCOMPARE(shown.wanted.size(), 1);
    QCOMPARE(shown.lastWanted(), ConwayEngine::kMinInterval);
}

void TestIntervalControl::keysOnTheSliderMakeItFasterToTheRight()
{
    Shown shown;
    QVERIFY(shown.ready());
    QTest::keyClick(shown.slider, Qt::Key_Right);
    QCOMPARE(shown.wanted.size(), 1);
    const int faster = shown.lastWanted();
    QVERIFY(faster < 500);
    QTest::keyClick(shown.slider, Qt::Key_Left);
    QVERIFY(shown.lastWanted() > faster);
    QTest::keyClick(shown.slider, Qt::Key_End);
    QCOMPARE(shown.lastWanted(), ConwayEngine::kMinInterval);
    QTest::keyClick(shown.slider, Qt::Key_Home);
    QCOMPARE(shown.lastWanted(), ConwayEngine::kMaxInterval);
}

void TestIntervalControl::everyPlaceOfTheSliderIsWithinTheLimits()
{
    Shown shown;
    QVERIFY(shown.ready());
    int last = ConwayEngine::kMaxInterval + 1;
    for (int place = shown.slider->minimum(); place <= shown.slider->maximum(); ++place) {
        shown.slider->setValue(place);
        const int interval = shown.box->value();
        QVERIFY(interval >= ConwayEngine::kMinInterval && interval <= ConwayEngine::kMaxInterval);
        QVERIFY(interval <= last);
        last = interval;
        QCOMPARE(shown.slider->value(), place); // the handle stays in the hand
    }
}

void TestIntervalControl::theEnginesWordIsNotSentBack()
{
    Shown shown;
    QVERIFY(shown.ready());
    for (const int interval : {10, 11, 499, 505, 60'000})
        shown.control->setInterval(interval);
    QCOMPARE(shown.wanted.size(), 0);
}

QTEST_MAIN(TestIntervalControl)
#include "tst_intervalcontrol.moc"
