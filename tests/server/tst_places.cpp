#include "server/Places.h"

#include <QTest>

#include <limits>

using namespace conway;

class TestPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asManyAsFilesMayBeOpen_data()
    {
        QTest::addColumn<int>("files");
        QTest::addColumn<int>("wanted");
        QTest::addColumn<int>("connections");
        QTest::addColumn<int>("viewers");
        QTest::newRow("no limit") << std::numeric_limits<int>::max() << limits::kViewers << limits::kConnections
                                  << limits::kViewers;
        QTest::newRow("just enough") << limits::kConnections + limits::kReservedFiles << limits::kViewers
                                     << limits::kConnections << limits::kViewers;
        QTest::newRow("a desktop's") << 1'024 << limits::kViewers << 976 << 814;
        QTest::newRow("a few viewers") << 1'024 << 100 << 976 << 100;
        QTest::newRow("many") << std::numeric_limits<int>::max() << limits::kViewersMax
                              << limits::kViewersMax + limits::kHttpConnections << limits::kViewersMax;
        QTest::newRow("next to none") << 1 << limits::kViewers << 1 << 1;
    }
    void asManyAsFilesMayBeOpen()
    {
        QFETCH(int, files);
        QFETCH(int, wanted);
        const Places places = placesFor(files, wanted, 7);
        QTEST(places.connections, "connections");
        QTEST(places.viewers, "viewers");
        QCOMPARE(places.perAddress, 7);
    }

    void viewersNeverTakeAllPlaces()
    {
        for (int files = limits::kReservedFiles + 6; files < 10'000; files += 7) {
            const Places places = placesFor(files, limits::kViewers, 1);
            QVERIFY2(places.viewers < places.connections, qPrintable(QString::number(files)));
            QVERIFY(places.viewers >= 1 && places.connections <= files - limits::kReservedFiles);
        }
    }
};

QTEST_APPLESS_MAIN(TestPlaces)
#include "tst_places.moc"
