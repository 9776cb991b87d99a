#include "app/Batch.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

QSize sizeOf(const Pattern &universe)
{
    return {universe.cells.width(), universe.cells.height()};
}

std::optional<BoundedRule> ruleOf(const QString &text)
{
    return *BoundedRule::parse(text, kDefaultMaxCells);
}

} // namespace

/// Which universe --batch begins with.
class TestBatch : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    BatchOptions withFile(const QByteArray &content)
    {
        QFile file(m_home->filePath(u"pattern"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("no file to read from");
        BatchOptions options;
        options.file = file.fileName();
        return options;
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void withoutAnythingItIsTheGlider()
    {
        const auto universe = batchUniverse({});
        QCOMPARE(sizeOf(*universe), QSize(8, 8));
        QCOMPARE(universe->cells.population(), 5);
        QCOMPARE(*universe->rule, Rule());
        QVERIFY(universe->bounds == (Pattern::Bounds{Topology::Torus, 8, 8}));
    }

    void aSoupHasItsSizeOrAThousand()
    {
        BatchOptions options;
        options.soup = Soup{Soup::kFull, 1};
        QCOMPARE(sizeOf(*batchUniverse(options)), QSize(1024, 1024));
        options.size = QSize(65, 3);
        QCOMPARE(batchUniverse(options)->cells.population(), 65 * 3);
        options.size.reset();
        options.rule = ruleOf(u"B3/S23:P12,10"_s);
        QVERIFY(batchUniverse(options)->bounds == (Pattern::Bounds{Topology::Plane, 12, 10}));
    }

    void theFilesBoundsCount()
    {
        const auto universe = batchUniverse(withFile("x = 3, y = 1, rule = B36/S23:P9,5\n3o!"));
        QVERIFY2(universe, qPrintable(universe ? QString() : universe.error().message));
        QVERIFY(universe->bounds == (Pattern::Bounds{Topology::Plane, 9, 5}));
        QCOMPARE(universe->rule->toString(), u"B36/S23"_s);
        QCOMPARE(universe->cells.population(), 3);
        QVERIFY(universe->cells.alive(3, 2) && universe->cells.alive(4, 2) && universe->cells.alive(5, 2));
    }

    void sizeAndRuleOverruleTheFile()
    {
        BatchOptions options = withFile("x = 3, y = 1, rule = B36/S23:P9,5\n3o!");
        options.size = QSize(11, 7);
        QVERIFY(batchUniverse(options)->bounds == (Pattern::Bounds{Topology::Plane, 11, 7}));
        options.rule = ruleOf(u"B2/S"_s);
        const auto other = batchUniverse(options);
        QCOMPARE(other->rule->toString(), u"B2/S"_s);
        QVERIFY(other->bounds == (Pattern::Bounds{Topology::Plane, 11, 7}));
        options.size.reset();
        options.rule = ruleOf(u"B2/S:T20,10"_s);
        QVERIFY(batchUniverse(options)->bounds == (Pattern::Bounds{Topology::Torus, 20, 10}));
    }

    void thePlaceInTheFileCountsInItsOwnUniverse()
    {
        const QByteArray file = "#CXRLE Pos=-5,-3 Gen=7\nx = 3, y = 1, rule = B3/S23:T10,6\n3o!";
        BatchOptions options = withFile(file);
        const auto universe = batchUniverse(options);
        QVERIFY(universe->cells.alive(0, 0));
        QCOMPARE(universe->generation, quint64{7});
        QCOMPARE(*universe->position, QPoint(-5, -3));
        options.size = QSize(5, 5);
        QVERIFY(batchUniverse(options)->cells.alive(1, 2)); // another one: the middle
    }

    void aPlaceOutsideIsTheMiddle_data()
    {
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("left") << QByteArray("-6,-3");
        QTest::newRow("right") << QByteArray("3,0");
        QTest::newRow("top") << QByteArray("0,-4");
        QTest::newRow("bottom") << QByteArray("0,3");
        QTest::newRow("far") << QByteArray("2147483647,-2147483648");
    }
    void aPlaceOutsideIsTheMiddle()
    {
        QFETCH(QByteArray, place);
        const QByteArray file = "#CXRLE Pos=" + place + "\nx = 3, y = 1, rule = B3/S23:T10,6\n3o!";
        const auto universe = batchUniverse(withFile(file));
        QVERIFY2(universe, qPrintable(universe ? QString() : universe.error().message));
        QCOMPARE(universe->cells.population(), 3);
        QVERIFY(universe->cells.alive(3, 2));
    }

    void whatDoesNotFitNamesBothSizes()
    {
        BatchOptions options = withFile("x = 12, y = 3, rule = B3/S23:T10,10\n12o!");
        const auto small = batchUniverse(options);
        QVERIFY(!small);
        QVERIFY2(small.error().message.contains(u"12x3"), qPrintable(small.error().message));
        QVERIFY(small.error().message.contains(u"10x10"));
        options.size = QSize(12, 2);
        QVERIFY(!batchUniverse(options));
        options.size = QSize(12, 3);
        QVERIFY(batchUniverse(options));
    }

    void withoutBoundsThereIsRoom()
    {
        BatchOptions options = withFile("x = 3, y = 1\n3o!");
        options.generations = 10;
        const auto universe = batchUniverse(options);
        QCOMPARE(sizeOf(*universe), QSize(23, 21));
        QVERIFY(universe->cells.alive(10, 10) && universe->cells.alive(12, 10));
        options.size = QSize(4, 4);
        QCOMPARE(sizeOf(*batchUniverse(options)), QSize(4, 4));
    }

    void roomHasAnEnd()
    {
        constexpr auto kFar = std::numeric_limits<qint64>::max();
        QCOMPARE(roomFor({3, 1}, 0, kDefaultMaxCells), QSize(3, 1));
        QCOMPARE(roomFor({3, 1}, kFar, kDefaultMaxCells), QSize(4096, 4096));
        QCOMPARE(roomFor({3, 1}, 2047, kDefaultMaxCells), QSize(4096, 4095));
        QCOMPARE(roomFor({5000, 1}, kFar, kDefaultMaxCells), QSize(10'000, 4096));
        QCOMPARE(roomFor({5000, 1}, 20, kDefaultMaxCells), QSize(5040, 41));
        QCOMPARE(roomFor({40'000, 9}, kFar, kDefaultMaxCells), QSize(65'536, 4096));
        QCOMPARE(roomFor({30'000, 30'000}, kFar, kDefaultMaxCells), QSize(30'000, 30'000));
        QCOMPARE(roomFor({10, 10}, 10, 500), QSize(10, 10));
    }

    void impossiblePairsAreRefused()
    {
        BatchOptions options = withFile("x = 3, y = 1, rule = B3/S23:P9,5\n3o!");
        options.rule = ruleOf(u"B03/S23"_s);
        const auto universe = batchUniverse(options);
        QVERIFY(!universe);
        QVERIFY2(universe.error().message.contains(u"B0"), qPrintable(universe.error().message));
    }

    void theLimitIsTheOneThatWasSet()
    {
        BatchOptions options = withFile("x = 3, y = 1, rule = B3/S23:T30,20\n3o!");
        options.maxCells = 599;
        QVERIFY(!batchUniverse(options));
        options.maxCells = 600;
        QVERIFY(batchUniverse(options));
    }

    void aFileThatIsNoneIsNamed()
    {
        BatchOptions options;
        options.file = m_home->filePath(u"nowhere.rle"_s);
        QVERIFY(batchUniverse(options).error().message.contains(options.file));
        options.file = m_home->path();
        QVERIFY(batchUniverse(options).error().message.contains(options.file));
        options = withFile("x = 3, y = 1\n3q!");
        const QString message = batchUniverse(options).error().message;
        QVERIFY2(message.startsWith(options.file) && message.contains(u"line 2"), qPrintable(message));
    }
};

QTEST_APPLESS_MAIN(TestBatch)
#include "tst_batch.moc"
