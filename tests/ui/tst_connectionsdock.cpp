#include "LinkCatcher.h"
#include "Samples.h"
#include "ui/AddressLink.h"
#include "ui/ConnectionsDock.h"
#include "ui/ViewersModel.h"
#include "ui/ViewersTable.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace conway;
using namespace conway::samples;

class TestConnectionsDock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void allAddressesAreListedBestFirst();
    void copyPutsTheAddressIntoTheClipboard();
    void aClickedAddressIsOpened();
    void aLongAddressIsShortenedButCopiedWhole();
    void addressesStayWhereTheyAreWhileNothingChanges();
    void withoutViewersItSaysWhatToDo();
    void withoutListeningItSaysSo();
    void withoutANetworkItSendsNobodyToAPhone();
    void viewersAndTotalsAreShown();
    void selectionAndOrderSurviveAnUpdate();
    void columnsKeepTheirWidths();
    void nothingIsCutOffWhenItIsNarrow();

private:
    static QStringList addresses(const ConnectionsDock &dock);
    static QString label(const ConnectionsDock &dock, QLatin1StringView name);
};

QStringList TestConnectionsDock::addresses(const ConnectionsDock &dock)
{
    QStringList urls;
    QList<AddressLink *> links = dock.findChildren<AddressLink *>();
    std::sort(links.begin(), links.end(), [](auto *a, auto *b) { return a->y() < b->y(); });
    for (const AddressLink *link : links)
        urls << link->url();
    return urls;
}

QString TestConnectionsDock::label(const ConnectionsDock &dock, QLatin1StringView name)
{
    const auto *found = dock.findChild<QLabel *>(name);
    return found != nullptr ? found->text() : u"(no such label)"_s;
}

void TestConnectionsDock::allAddressesAreListedBestFirst()
{
    ConnectionsDock dock;
    dock.setNetworkStatus(listening());
    dock.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dock));
    QCOMPARE(addresses(dock), listening().addresses);

    NetworkStatus other = listening();
    other.addresses = QStringList{u"http://172.16.0.3:8001/"_s};
    dock.setNetworkStatus(other);
    QCOMPARE(addresses(dock), other.addresses);
}

void TestConnectionsDock::copyPutsTheAddressIntoTheClipboard()
{
    ConnectionsDock dock;
    QSignalSpy copied(&dock, &ConnectionsDock::addressCopied);
    dock.setNetworkStatus(listening());
    dock.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dock));
    QGuiApplication::clipboard()->clear();
    for (const AddressLink *link : dock.findChildren<AddressLink *>()) {
        QTest::mouseClick(link->findChild<QToolButton *>(), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), link->url());
        QCOMPARE(copied.takeFirst().value(0).toString(), link->url());
    }
}

void TestConnectionsDock::aClickedAddressIsOpened()
{
    const LinkCatcher browser;
    ConnectionsDock dock;
    dock.resize(480, 600);
    dock.setNetworkStatus(listening());
    dock.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dock));
    for (const AddressLink *link : dock.findChildren<AddressLink *>()) {
        auto *text = link->findChild<QLabel *>();
        QTest::mouseClick(text, Qt::LeftButton, Qt::NoModifier, QPoint(30, text->height() / 2));
        QVERIFY(!browser.opened.isEmpty());
        QCOMPARE(browser.opened.last(), QUrl(link->url()));
    }
}

void TestConnectionsDock::aLongAddressIsShortenedButCopiedWhole()
{
    const QString url = u"http://[2001:db8:1234:5678:9abc:def0:1234:5678]:8000/"_s;
    AddressLink link(url, AddressLink::Rank::Best);
    QVERIFY(link.minimumSizeHint().width() < 250);
    link.resize(250, link.sizeHint().height());
    link.show();
    QVERIFY(QTest::qWaitForWindowExposed(&link));
    const auto *text = link.findChild<QLabel *>();
    QVERIFY2(text->text().contains(u'…'), qPrintable(text->text()));
    QTest::mouseClick(link.findChild<QToolButton *>(), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), url);
    link.resize(900, link.height());
    QVERIFY(!text->text().contains(u'…'));
}

void TestConnectionsDock::addressesStayWhereTheyAreWhileNothingChanges()
{
    ConnectionsDock dock;
    dock.setNetworkStatus(listening());
    const QList<AddressLink *> before = dock.findChildren<AddressLink *>();
    NetworkStatus same = listening();
    same.problem = u"A warning."_s;
    dock.setNetworkStatus(same);
    QCOMPARE(dock.findChildren<AddressLink *>(), before);
}

void TestConnectionsDock::withoutViewersItSaysWhatToDo()
{
    ConnectionsDock dock;
    dock.setNetworkStatus(listening());
    dock.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dock));
    const auto *empty = dock.findChild<QLabel *>("empty"_L1);
    QVERIFY(empty->isVisible());
    QVERIFY(empty->text().contains("Open one of these addresses on a phone or laptop in this network"_L1));
    QVERIFY(!dock.findChild<ViewersTable *>()->isVisible());

    ConnectionStats stats;
    stats.viewers = {viewer(1, u"192.168.1.20"_s)};
    dock.setStats(stats);
    QVERIFY(!empty->isVisible());
    QVERIFY(dock.findChild<ViewersTable *>()->isVisible());
    QCOMPARE(label(dock, "viewersNow"_L1), u"1 connected"_s);

    dock.setStats({});
    QVERIFY(empty->isVisible());
}

void TestConnectionsDock::withoutListeningItSaysSo()
{
    ConnectionsDock dock;
    dock.setNetworkStatus(listening());
    dock.setNetworkStatus(portTaken());
    QVERIFY(addresses(dock).isEmpty());
    QStringList texts;
    for (const QLabel *text : dock.findChildren<QLabel *>())
        texts << text->text();
    QVERIFY(texts.contains(u"Not listening: nobody can connect."_s));
    QVERIFY(!label(dock, "empty"_L1).contains("Open"_L1)); // there is nothing to open
}

void TestConnectionsDock::withoutANetworkItSendsNobodyToAPhone()
{
    ConnectionsDock dock;
    NetworkStatus status = listening();
    for (const QString &own : {u"http://127.0.0.1:8000/"_s, u"http://[::1]:8000/"_s}) {
        status.addresses = QStringList{own};
        dock.setNetworkStatus(status);
        QCOMPARE(addresses(dock), status.addresses);
        QStringList texts;
        for (const QLabel *text : dock.findChildren<QLabel *>())
            texts << text->text();
        QVERIFY(texts.contains(u"Only this computer can connect: it listens on no address of a network."_s));
        QVERIFY(!label(dock, "empty"_L1).contains("phone"_L1));
    }
    status.addresses.prepend(u"http://192.168.1.10:8000/"_s);
    dock.setNetworkStatus(status);
    QVERIFY(label(dock, "empty"_L1).contains("phone"_L1));
}

void TestConnectionsDock::viewersAndTotalsAreShown()
{
    ConnectionsDock dock;
    ConnectionStats stats;
    stats.viewers = {viewer(1, u"192.168.1.20"_s), viewer(2, u"192.168.1.31"_s)};
    stats.viewersEver = 1'234;
    stats.messagesSent = 56'789;
    stats.bytesSent = 2'999'620;
    stats.bytesPerSecond = 1'730;
    dock.setStats(stats);
    QCOMPARE(dock.findChild<ViewersTable *>()->model()->rowCount(), 2);
    QCOMPARE(label(dock, "viewersNow"_L1), u"2 connected"_s);
    QCOMPARE(label(dock, "viewersEver"_L1), u"1,234"_s);
    QCOMPARE(label(dock, "messagesSent"_L1), u"56,789"_s);
    QCOMPARE(label(dock, "bytesSent"_L1), u"3.0 MB"_s);
    QCOMPARE(label(dock, "bytesPerSecond"_L1), u"1.7 kB/s"_s);
}

void TestConnectionsDock::selectionAndOrderSurviveAnUpdate()
{
    ConnectionsDock dock;
    dock.resize(480, 600);
    dock.show();
    ConnectionStats stats;
    stats.viewers = {viewer(1, u"a"_s, 30), viewer(2, u"b"_s, 20), viewer(3, u"c"_s, 10)};
    dock.setStats(stats);
    QVERIFY(QTest::qWaitForWindowExposed(&dock));
    auto *table = dock.findChild<ViewersTable *>();
    const auto order = [table] {
        QString letters;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            letters += table->model()->index(row, ViewersModel::Address).data().toString();
        return letters;
    };
    QCOMPARE(order(), u"abc"_s); // oldest first

    QHeaderView *header = table->horizontalHeader();
    const QPoint messagesHead(header->sectionViewportPosition(ViewersModel::Messages) + 10, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, messagesHead);
    const bool ascending = header->sortIndicatorOrder() == Qt::AscendingOrder;
    QCOMPARE(order(), ascending ? u"cba"_s : u"abc"_s);

    const QModelIndex b = table->model()->index(1, ViewersModel::Address);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier, table->visualRect(b).center());
    QCOMPARE(table->selectionModel()->selectedRows().size(), 1);

    stats.viewers = {viewer(2, u"b"_s, 25), viewer(3, u"c"_s, 40), viewer(4, u"d"_s, 1)};
    dock.setStats(stats);
    QCOMPARE(order(), ascending ? u"dbc"_s : u"cbd"_s);
    const QModelIndexList selected = table->selectionModel()->selectedRows(ViewersModel::Address);
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected[0].data().toString(), u"b"_s);
}

void TestConnectionsDock::columnsKeepTheirWidths()
{
    ConnectionsDock dock;
    dock.resize(480, 600);
    dock.show();
    ConnectionStats stats;
    stats.viewers = {viewer(1, u"192.168.1.20"_s)};
    dock.setStats(stats);
    QVERIFY(QTest::qWaitForWindowExposed(&dock));
    const auto *table = dock.findChild<ViewersTable *>();
    const auto widths = [table] {
        QList<int> all;
        for (int column = 0; column < ViewersModel::kColumns; ++column)
            all << table->columnWidth(column);
        return all;
    };
    const QList<int> before = widths();
    stats.viewers = {viewer(1, u"192.168.1.20"_s, 123'456'789, 123'456'789'000, 1234.5),
                     viewer(2, u"[2001:db8:1234:5678:9abc:def0:1234:5678]"_s)};
    dock.setStats(stats);
    QCOMPARE(widths(), before);
}

void TestConnectionsDock::nothingIsCutOffWhenItIsNarrow()
{
    ConnectionsDock dock;
    NetworkStatus status = listening();
    status.addresses << u"http://[2001:db8:1234:5678:9abc:def0:1234:5678]:8000/"_s;
    dock.setNetworkStatus(status);
    ConnectionStats stats;
    stats.viewers = {viewer(1, u"192.168.1.20"_s)};
    stats.messagesSent = 123'456'789;
    stats.bytesSent = 999'900'000'000;
    stats.bytesPerSecond = 999'900'000;
    stats.viewersEver = 123'456;
    dock.setStats(stats);
    dock.setAccess({AccessChoice::Lan::Pin, u"000000000000"_s});
    dock.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dock));
    dock.resize(dock.minimumSizeHint()); // so low that there is a scroll bar, too
    QCoreApplication::processEvents();
    const QWidget *viewport = dock.findChild<QScrollArea *>()->viewport();
    const QRect room(viewport->mapTo(&dock, QPoint(0, 0)), viewport->size());
    for (const QWidget *part : dock.findChildren<QWidget *>()) {
        if (!part->isVisible() ||
            (qobject_cast<const QLabel *>(part) == nullptr && qobject_cast<const QAbstractButton *>(part) == nullptr &&
             qobject_cast<const QLineEdit *>(part) == nullptr))
            continue;
        const int right = part->mapTo(&dock, QPoint(part->width(), 0)).x();
        QVERIFY2(right <= room.right() + 1,
                 qPrintable(part->objectName() + u" ends at %1 of %2"_s.arg(right).arg(room.right())));
        const auto *label = qobject_cast<const QLabel *>(part);
        if (label != nullptr && !label->wordWrap())
            QVERIFY2(label->width() >= label->sizeHint().width() ||
                         label->parentWidget()->inherits("conway::AddressLink"),
                     qPrintable(label->text()));
    }
}

QTEST_MAIN(TestConnectionsDock)
#include "tst_connectionsdock.moc"
