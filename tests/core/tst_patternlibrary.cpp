#include "core/PatternLibrary.h"

#include "tests/core/ClaimCheck.h"

#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace conway;

using Kind = PatternClaim::Kind;

namespace {

PatternLibrary::Entry entryOf(const QString &name)
{
    for (const auto &entry : PatternLibrary::entries()) {
        if (entry.name == name)
            return entry;
    }
    return {};
}

CellGrid cellsOf(const QString &name)
{
    const auto pattern = PatternLibrary::load(entryOf(name));
    return pattern ? pattern->cells : CellGrid();
}

} // namespace

class TestPatternLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsWhatIsAskedFor();
    void everyPatternSaysWhatItIs_data() { everyEntry(); }
    void everyPatternSaysWhatItIs();
    void everyClaimIsTrue_data() { everyEntry(); }
    void everyClaimIsTrue();
    void aFalseClaimIsRefused_data();
    void aFalseClaimIsRefused();
    void claimsReadLikeThis_data();
    void claimsReadLikeThis();
    void aWrongIndexIsAnError_data();
    void aWrongIndexIsAnError();
    void aMissingFileIsAnError();

private:
    static void everyEntry();
};

void TestPatternLibrary::everyEntry()
{
    QTest::addColumn<qsizetype>("index");
    const auto &entries = PatternLibrary::entries();
    for (qsizetype i = 0; i < entries.size(); ++i)
        QTest::newRow(qPrintable(entries[i].name)) << i;
}

void TestPatternLibrary::holdsWhatIsAskedFor()
{
    const auto &entries = PatternLibrary::entries();
    QVERIFY(entries.size() >= 60);

    QHash<Kind, int> kinds;
    QSet<QString> names;
    QStringList categories;
    for (const auto &entry : entries) {
        ++kinds[entry.claim.kind];
        QVERIFY2(!names.contains(entry.name), qPrintable(entry.name));
        names.insert(entry.name);
        if (categories.isEmpty() || categories.last() != entry.category)
            categories.append(entry.category);
    }
    QCOMPARE(categories.size(), QSet<QString>(categories.begin(), categories.end()).size());
    QVERIFY(kinds[Kind::StillLife] >= 10);
    QVERIFY(kinds[Kind::Oscillator] >= 16);
    QVERIFY(kinds[Kind::Spaceship] >= 10);
    QVERIFY(kinds[Kind::Gun] >= 6);
    QVERIFY(kinds[Kind::Puffer] >= 5);
    QVERIFY(kinds[Kind::Methuselah] >= 8);
    QVERIFY(kinds[Kind::LinearGrowth] >= 3);
    QVERIFY(kinds[Kind::QuadraticGrowth] >= 2);
}

void TestPatternLibrary::everyPatternSaysWhatItIs()
{
    QFETCH(qsizetype, index);
    const auto &entry = PatternLibrary::entries()[index];
    const auto pattern = PatternLibrary::load(entry);
    QVERIFY2(pattern, pattern ? "" : qPrintable(pattern.error().message));

    QCOMPARE(pattern->name, entry.name);
    QVERIFY(!pattern->author.isEmpty());
    // Nobody knows the year of some; then the comment says so instead of guessing.
    const QString comment = pattern->comments.join(u' ');
    static const QRegularExpression year(u"\\b(19|20)[0-9]{2}s?$"_s);
    QVERIFY2(year.match(pattern->author).hasMatch() || comment.contains(u"Year unknown to us"),
             qPrintable(pattern->author));
    QVERIFY(pattern->comments.size() >= 2);
    QVERIFY2(comment.contains(u"Source: "), qPrintable(comment));

    QVERIFY(!pattern->rule || *pattern->rule == Rule());
    QVERIFY(!pattern->bounds);
    QVERIFY(pattern->remarks.isEmpty());

    QFile file(entry.path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines)
        QVERIFY2(line.size() <= 70, line.constData());
}

void TestPatternLibrary::everyClaimIsTrue()
{
    QFETCH(qsizetype, index);
    const auto &entry = PatternLibrary::entries()[index];
    const auto pattern = PatternLibrary::load(entry);
    QVERIFY(pattern);
    QCOMPARE(whyNot(entry.claim, pattern->cells), QString());
}

void TestPatternLibrary::aFalseClaimIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *what, const QString &name, const QString &claim, const QString &reason) {
        QTest::newRow(what) << name << claim << reason;
    };

    row("an oscillator is no still life", u"Blinker"_s, u"'kind':'still life'"_s,
        u"it is not the same after 1 generations"_s);
    row("another period", u"Pulsar"_s, u"'kind':'oscillator','period':2"_s,
        u"it is not the same after 2 generations"_s);
    row("a multiple of the period", u"Pulsar"_s, u"'kind':'oscillator','period':6"_s,
        u"it is the same after 3 generations already"_s);
    row("a spaceship is no oscillator", u"Glider"_s, u"'kind':'oscillator','period':4"_s, u"it moves by (-1,-1)"_s);
    row("an oscillator is no spaceship", u"Toad"_s, u"'kind':'spaceship','period':2,'dx':0,'dy':0"_s,
        u"a spaceship moves, and nothing else does"_s);
    row("another direction", u"Glider"_s, u"'kind':'spaceship','period':4,'dx':1,'dy':-1"_s, u"it moves by (-1,-1)"_s);
    row("a multiple of a spaceship's period", u"Glider"_s, u"'kind':'spaceship','period':8,'dx':-2,'dy':-2"_s,
        u"it is the same after 4 generations already"_s);

    row("another period of a gun", u"Gosper glider gun"_s, u"'kind':'gun','period':29,'gliders':1"_s,
        u"its body is not the same after 29 generations"_s);
    row("a multiple of a gun's period", u"Gosper glider gun"_s, u"'kind':'gun','period':60,'gliders':2"_s,
        u"its body is the same after 30 generations already"_s);
    row("more gliders", u"Gosper glider gun"_s, u"'kind':'gun','period':30,'gliders':2"_s,
        u"it gains 5 cells in a period"_s);
    row("a shuttle fires nothing", u"Queen bee shuttle"_s, u"'kind':'gun','period':30,'gliders':1"_s,
        u"it gains 0 cells in a period"_s);

    row("another period of a puffer", u"Puffer 1"_s,
        u"'kind':'puffer','period':64,'dx':0,'dy':-32,'cells':13,'settled':12"_s,
        u"it is not the same after 64 generations"_s);
    row("a multiple of a puffer's period", u"Space rake"_s,
        u"'kind':'puffer','period':40,'dx':20,'dy':0,'cells':10,'settled':0"_s,
        u"it is the same after 20 generations already"_s);
    row("more cells", u"Space rake"_s, u"'kind':'puffer','period':20,'dx':10,'dy':0,'cells':6,'settled':0"_s,
        u"it leaves 5 cells"_s);
    row("the other way", u"Space rake"_s, u"'kind':'puffer','period':20,'dx':-10,'dy':0,'cells':5,'settled':0"_s,
        u"it does not move that way"_s);
    row("a spaceship leaves nothing", u"Ecologist"_s,
        u"'kind':'puffer','period':20,'dx':-10,'dy':0,'cells':0,'settled':0"_s, u"it leaves 0 cells"_s);

    row("a shorter life", u"R-pentomino"_s, u"'kind':'methuselah','cells':116,'settled':1102"_s,
        u"it has not settled"_s);
    row("a longer life", u"R-pentomino"_s, u"'kind':'methuselah','cells':116,'settled':1104"_s,
        u"it has settled earlier"_s);
    row("fewer cells", u"R-pentomino"_s, u"'kind':'methuselah','cells':115,'settled':1103"_s,
        u"it settles with 116 cells"_s);
    row("a gun never settles", u"Gosper glider gun"_s, u"'kind':'methuselah','cells':36,'settled':100"_s,
        u"it has not settled"_s);

    row("growth that began earlier", u"Ten-cell infinite growth"_s,
        u"'kind':'linear growth','period':288,'cells':32,'settled':565"_s, u"it grows like that earlier"_s);
    row("growth that begins later", u"Ten-cell infinite growth"_s,
        u"'kind':'linear growth','period':288,'cells':32,'settled':563"_s, u"generation 563 brings 24 cells"_s);
    row("a block does not grow", u"Block"_s, u"'kind':'linear growth','period':1,'cells':0,'settled':0"_s,
        u"generation 0 brings 0 cells"_s);
    row("linear growth is not quadratic", u"Gosper glider gun"_s,
        u"'kind':'quadratic growth','period':30,'cells':5,'settled':0"_s, u"generation 0 brings 0 cells"_s);
    row("quadratic growth is not linear", u"Max"_s, u"'kind':'linear growth','period':4,'cells':8,'settled':2"_s,
        u"generation 2 brings 46 cells"_s);
}

void TestPatternLibrary::aFalseClaimIsRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, claim);
    QFETCH(QString, reason);
    const QByteArray json = u"{%1}"_s.arg(claim.replace(u'\'', u'"')).toUtf8();
    const auto read = PatternClaim::fromJson(QJsonDocument::fromJson(json).object());
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(whyNot(*read, cellsOf(name)), reason);
}

void TestPatternLibrary::claimsReadLikeThis_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::newRow("still life") << u"Block"_s << u"still life"_s;
    QTest::newRow("oscillator") << u"Pulsar"_s << u"oscillator, period 3"_s;
    QTest::newRow("diagonal") << u"Glider"_s << u"spaceship, c/4 diagonal, period 4"_s;
    QTest::newRow("orthogonal") << u"Weekender"_s << u"spaceship, 2c/7 orthogonal, period 7"_s;
    QTest::newRow("reduced") << u"Coe ship"_s << u"spaceship, c/2 orthogonal, period 16"_s;
    QTest::newRow("oblique") << u"Sir Robin"_s << u"spaceship, (2,1)c/6 oblique, period 6"_s;
    QTest::newRow("gun") << u"Gosper glider gun"_s << u"gun, a glider every 30 generations"_s;
    QTest::newRow("puffer") << u"Pufferfish"_s << u"puffer, c/2 orthogonal, leaves 8 cells every 12 generations"_s;
    QTest::newRow("methuselah") << u"Acorn"_s << u"methuselah, settles after 5206 generations with 633 cells"_s;
    QTest::newRow("vanishes") << u"Diehard"_s << u"methuselah, vanishes after 130 generations"_s;
    QTest::newRow("growth") << u"Time bomb"_s << u"grows by 59 cells every 384 generations"_s;
    QTest::newRow("by one") << u"Grow-by-one object"_s << u"grows by 1 every generation"_s;
    QTest::newRow("breeder") << u"Rake breeder"_s
                             << u"breeder, each 60 generations bring 15 cells more than those before"_s;
}

void TestPatternLibrary::claimsReadLikeThis()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    QCOMPARE(entryOf(name).claim.text(), text);
}

void TestPatternLibrary::aWrongIndexIsAnError_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    const auto claim = [](const char *what, const QByteArray &claim, const QString &named) {
        const QByteArray pattern = R"({"name":"Toad","file":"toad.rle","claim":{)" + claim + "}}";
        QTest::newRow(what) << R"({"categories":[{"name":"All","patterns":[)" + pattern + "]}]}" << named;
    };
    QTest::newRow("no JSON") << QByteArray("{") << u"no JSON"_s;
    claim("no kind", R"("period":2)", u"no kind of claim"_s);
    claim("unknown kind", R"("kind":"toad")", u"“toad”"_s);
    claim("no period", R"("kind":"oscillator")", u"“period”"_s);
    claim("period of words", R"("kind":"oscillator","period":"2")", u"“period”"_s);
    claim("period 0", R"("kind":"oscillator","period":0)", u"“period”"_s);
    claim("half a period", R"("kind":"oscillator","period":2.5)", u"“period”"_s);
    claim("what it needs not", R"("kind":"oscillator","period":2,"dx":1)", u"none of its own"_s);
}

void TestPatternLibrary::aWrongIndexIsAnError()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, named);
    const auto entries = PatternLibrary::readIndex(json, u":/patterns/"_s);
    QVERIFY(!entries);
    QVERIFY2(entries.error().message.contains(named), qPrintable(entries.error().message));
}

void TestPatternLibrary::aMissingFileIsAnError()
{
    const auto pattern = PatternLibrary::load({u"None"_s, {}, u":/patterns/none.rle"_s, {}});
    QVERIFY(!pattern);
    QVERIFY(pattern.error().message.contains(u":/patterns/none.rle"_s));
}

QTEST_GUILESS_MAIN(TestPatternLibrary)
#include "tst_patternlibrary.moc"
