#include "Samples.h"
#include "ui/NoticeBar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace conway;
using namespace conway::samples;

namespace {

/// The bar in a window, as in the application: whether it is shown is up to itself.
struct Shown {
    Shown()
        : bar(new NoticeBar(&window))
    {
        bar->resize(700, 60);
        window.resize(700, 60);
        window.show();
    }

    Q_DISABLE_COPY_MOVE(Shown)

    [[nodiscard]] QAbstractButton *button(QLatin1StringView name) const
    {
        return bar->findChild<QAbstractButton *>(name);
    }

    QWidget window;
    NoticeBar *bar;
};

NetworkStatus warning(const QString &text)
{
    NetworkStatus status = listening();
    status.problem = text;
    return status;
}

} // namespace

class TestNoticeBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isHiddenWhileAllIsWell();
    void saysWhyAndOffersAnotherPort();
    void triesAgain();
    void offersNoPortWhereThereIsNone();
    void goesAwayWhenTheProblemDoes();
    void aWarningCanBePutAwayAndStaysAway();
    void anotherWarningComesBack();
};

void TestNoticeBar::isHiddenWhileAllIsWell()
{
    const Shown shown;
    QVERIFY(!shown.bar->isVisible());
    shown.bar->setNetworkStatus(listening());
    QVERIFY(!shown.bar->isVisible());
}

void TestNoticeBar::saysWhyAndOffersAnotherPort()
{
    const Shown shown;
    QSignalSpy chosen(shown.bar, &NoticeBar::portChosen);
    NetworkStatus status = portTaken();
    status.offeredPort = 12'345;
    shown.bar->setNetworkStatus(status);
    QVERIFY(shown.bar->isVisible());
    QCOMPARE(shown.bar->findChild<QLabel *>("noticeText"_L1)->text(), status.problem);
    QCOMPARE(shown.bar->accessibleName(), status.problem);
    QAbstractButton *use = shown.button("usePort"_L1);
    QVERIFY(use->isVisible());
    QCOMPARE(use->text(), u"Use port 12345"_s);
    QTest::mouseClick(use, Qt::LeftButton);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<quint16>(), quint16{12'345});
    QVERIFY(shown.bar->isVisible()); // until the network says that it worked
}

void TestNoticeBar::triesAgain()
{
    const Shown shown;
    const QSignalSpy again(shown.bar, &NoticeBar::retryChosen);
    shown.bar->setNetworkStatus(portTaken());
    QTest::mouseClick(shown.button("tryAgain"_L1), Qt::LeftButton);
    QCOMPARE(again.size(), 1);
}

void TestNoticeBar::offersNoPortWhereThereIsNone()
{
    const Shown shown;
    NetworkStatus status = portTaken();
    status.offeredPort = 0;
    shown.bar->setNetworkStatus(status);
    QVERIFY(!shown.button("usePort"_L1)->isVisible());
    QVERIFY(shown.button("tryAgain"_L1)->isVisible());
    QVERIFY(!shown.button("dismiss"_L1)->isVisible()); // nobody can connect: that is not put away
}

void TestNoticeBar::goesAwayWhenTheProblemDoes()
{
    const Shown shown;
    shown.bar->setNetworkStatus(portTaken());
    shown.bar->setNetworkStatus(listening());
    QVERIFY(!shown.bar->isVisible());
}

void TestNoticeBar::aWarningCanBePutAwayAndStaysAway()
{
    const Shown shown;
    shown.bar->setNetworkStatus(warning(u"Only this computer can connect."_s));
    QVERIFY(shown.bar->isVisible());
    QVERIFY(!shown.button("tryAgain"_L1)->isVisible());
    QTest::mouseClick(shown.button("dismiss"_L1), Qt::LeftButton);
    QVERIFY(!shown.bar->isVisible());
    shown.bar->setNetworkStatus(warning(u"Only this computer can connect."_s));
    QVERIFY(!shown.bar->isVisible());
}

void TestNoticeBar::anotherWarningComesBack()
{
    const Shown shown;
    shown.bar->setNetworkStatus(warning(u"One."_s));
    QTest::mouseClick(shown.button("dismiss"_L1), Qt::LeftButton);
    shown.bar->setNetworkStatus(warning(u"Two."_s));
    QVERIFY(shown.bar->isVisible());
    // And so does the first, once it was over in between.
    QTest::mouseClick(shown.button("dismiss"_L1), Qt::LeftButton);
    shown.bar->setNetworkStatus(listening());
    shown.bar->setNetworkStatus(warning(u"Two."_s));
    QVERIFY(shown.bar->isVisible());
}

QTEST_MAIN(TestNoticeBar)
#include "tst_noticebar.moc"
