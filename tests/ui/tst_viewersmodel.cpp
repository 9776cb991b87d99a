#include "Samples.h"
#include "ui/ViewersModel.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QLocale>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace conway;
using namespace conway::samples;

class TestViewersModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void aViewerIsShownInHumanUnits();
    void unknownRoundTripIsADash();
    void aViewerKeepsItsRowWhileConnected();
    void onlyChangedCellsAreAnnounced();
    void sameViewersAgainAnnounceNothing();
    void addressesAreSortedByTheirNumbers();
    void unknownRoundTripIsSortedLast();
    void whoOperatesAndWhoWatchesIsShown();
};

namespace {

QString text(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

QStringList column(const QAbstractItemModel &model, int column)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << text(model, row, column);
    return texts;
}

} // namespace

void TestViewersModel::aViewerIsShownInHumanUnits()
{
    ViewersModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ViewerRow row = viewer(1, u"192.168.1.20"_s, 4812, 1'384'220, 3.4);
    row.connectedSince = QDateTime(QDate::currentDate(), QTime(9, 5, 7));
    model.setViewers({row});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(text(model, 0, ViewersModel::Address), u"192.168.1.20"_s);
    QCOMPARE(text(model, 0, ViewersModel::Since), u"09:05"_s);
    QCOMPARE(text(model, 0, ViewersModel::Messages), u"4,812"_s);
    QCOMPARE(text(model, 0, ViewersModel::Bytes), u"1.4 MB"_s);
    QCOMPARE(text(model, 0, ViewersModel::RoundTrip), u"3.4 ms"_s);
}

void TestViewersModel::unknownRoundTripIsADash()
{
    ViewersModel model;
    model.setViewers({viewer(1, u"192.168.1.20"_s)});
    QCOMPARE(text(model, 0, ViewersModel::RoundTrip), u"–"_s);
}

void TestViewersModel::aViewerKeepsItsRowWhileConnected()
{
    ViewersModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setViewers({viewer(1, u"a"_s), viewer(2, u"b"_s), viewer(3, u"c"_s)});
    const QPersistentModelIndex third = model.index(2, 0);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);

    // The order of the list means nothing; the first viewer left, two are new.
    model.setViewers({viewer(5, u"e"_s), viewer(3, u"c"_s, 7), viewer(4, u"d"_s), viewer(2, u"b"_s)});
    QCOMPARE(column(model, ViewersModel::Address), QStringList({u"b"_s, u"c"_s, u"e"_s, u"d"_s}));
    QCOMPARE(third.row(), 1);
    QCOMPARE(text(model, 1, ViewersModel::Messages), u"7"_s);

    model.setViewers({});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!third.isValid());
    QCOMPARE(resets.size(), 0);
}

void TestViewersModel::onlyChangedCellsAreAnnounced()
{
    ViewersModel model;
    model.setViewers({viewer(1, u"a"_s, 10, 100, 2.0), viewer(2, u"b"_s, 10, 100, 2.0)});
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setViewers({viewer(1, u"a"_s, 10, 100, 2.0), viewer(2, u"b"_s, 11, 100, 2.0)});
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes[0][0].toModelIndex(), model.index(1, ViewersModel::Messages));
    QCOMPARE(changes[0][1].toModelIndex(), model.index(1, ViewersModel::Messages));
}

void TestViewersModel::sameViewersAgainAnnounceNothing()
{
    ViewersModel model;
    const QList<ViewerRow> viewers{viewer(1, u"a"_s), viewer(2, u"b"_s)};
    model.setViewers(viewers);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.setViewers(viewers);
    QCOMPARE(changes.size() + inserted.size() + removed.size(), 0);
}

void TestViewersModel::addressesAreSortedByTheirNumbers()
{
    ViewersModel model;
    model.setViewers({viewer(1, u"192.168.1.104"_s), viewer(2, u"192.168.1.20"_s), viewer(3, u"10.0.0.1"_s),
                      viewer(4, u"192.168.1.9"_s)});
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(ViewersModel::kSortRole);
    sorted.sort(ViewersModel::Address);
    QCOMPARE(column(sorted, ViewersModel::Address),
             QStringList({u"10.0.0.1"_s, u"192.168.1.9"_s, u"192.168.1.20"_s, u"192.168.1.104"_s}));
}

void TestViewersModel::unknownRoundTripIsSortedLast()
{
    ViewersModel model;
    model.setViewers({viewer(1, u"a"_s), viewer(2, u"b"_s, 0, 0, 100.0), viewer(3, u"c"_s, 0, 0, 9.0)});
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(ViewersModel::kSortRole);
    sorted.sort(ViewersModel::RoundTrip);
    QCOMPARE(column(sorted, ViewersModel::Address), QStringList({u"c"_s, u"b"_s, u"a"_s}));
}

void TestViewersModel::whoOperatesAndWhoWatchesIsShown()
{
    ViewersModel model;
    model.setViewers({viewer(1, u"a"_s), viewer(2, u"b"_s)});
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    ViewerRow watcher = viewer(2, u"b"_s);
    watcher.operates = false;
    model.setViewers({viewer(1, u"a"_s), watcher});
    QCOMPARE(changes.size(), 1);
    const QModelIndex changed = changes[0][0].toModelIndex();
    QCOMPARE(changed, model.index(1, ViewersModel::Address));
    const auto sign = [&model](int row) {
        return model.index(row, ViewersModel::Address).data(Qt::DecorationRole).value<QIcon>().pixmap(16).toImage();
    };
    QVERIFY(!sign(0).isNull());
    QVERIFY(sign(0) != sign(1));
    QCOMPARE(changed.data(Qt::ToolTipRole).toString(), u"b only watches"_s);
    QCOMPARE(changed.data(Qt::AccessibleTextRole).toString(), u"b only watches"_s);
    QCOMPARE(model.index(0, ViewersModel::Address).data(Qt::AccessibleTextRole).toString(), u"a may operate"_s);
}

QTEST_MAIN(TestViewersModel)
#include "tst_viewersmodel.moc"
