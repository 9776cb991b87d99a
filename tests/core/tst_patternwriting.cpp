#include "tests/core/PatternReading.h"

#include <QRandomGenerator>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

CellGrid soup(int width, int height, int percent, quint32 seed)
{
    QRandomGenerator random(seed);
    CellGrid cells(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            cells.set(x, y, static_cast<int>(random.bounded(100)) < percent);
    }
    return cells;
}

Pattern glider()
{
    Pattern pattern;
    pattern.cells = gridOf({u".O."_s, u"..O"_s, u"OOO"_s});
    return pattern;
}

/// With everything that a pattern can have.
Pattern fullPattern()
{
    Pattern pattern = glider();
    pattern.rule = *Rule::parse(u"B36/S23");
    pattern.bounds = Pattern::Bounds{Topology::Plane, 30, 20};
    pattern.name = u"Gleiter"_s;
    pattern.author = u"J\u00F6rg"_s;
    pattern.comments = {u"one"_s, QString(), u"  indented, with a blank behind "_s, u"Name: no name"_s, u"#C !"_s};
    pattern.position = QPoint(-12, 34);
    pattern.generation = std::numeric_limits<quint64>::max();
    return pattern;
}

} // namespace

class TestPatternWriting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesRleAsEverybodyDoes()
    {
        QCOMPARE(writeRle(glider()), "x = 3, y = 3\nbo$2bo$3o!\n");
        QCOMPARE(writeRle(fullPattern()), "#N Gleiter\n"
                                          "#O J\xC3\xB6rg\n"
                                          "#C one\n"
                                          "#C \n"
                                          "#C   indented, with a blank behind \n"
                                          "#C Name: no name\n"
                                          "#C #C !\n"
                                          "#CXRLE Pos=-12,34 Gen=18446744073709551615\n"
                                          "x = 3, y = 3, rule = B36/S23:P30,20\n"
                                          "bo$2bo$3o!\n");
    }

    void writesNoTrailingDeadCells_data()
    {
        QTest::addColumn<QStringList>("picture");
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("dead") << QStringList{u"..."_s, u"..."_s} << QByteArray("x = 3, y = 2\n!\n");
        QTest::newRow("row ends gathered")
            << QStringList{u"O.."_s, u"..."_s, u"..."_s, u".O."_s, u"..."_s} << QByteArray("x = 3, y = 5\no3$bo!\n");
        QTest::newRow("first rows dead") << QStringList{u"."_s, u"."_s, u"O"_s} << QByteArray("x = 1, y = 3\n2$o!\n");
    }
    void writesNoTrailingDeadCells()
    {
        QFETCH(QStringList, picture);
        Pattern pattern;
        pattern.cells = gridOf(picture);
        QTEST(writeRle(pattern), "file");
    }

    void breaksRleLinesBetweenTokens()
    {
        Pattern pattern;
        pattern.cells = soup(1'000, 40, 50, 1);
        const QByteArray file = writeRle(pattern);
        const QList<QByteArray> lines = file.split('\n');
        for (const QByteArray &line : lines) {
            QVERIFY2(line.size() <= 70, line.constData());
            QVERIFY2(line.isEmpty() || line.startsWith('x') || !(line.back() >= '0' && line.back() <= '9'),
                     line.constData());
        }
        QVERIFY(lines.size() > 40);
        QVERIFY(std::any_of(lines.begin(), lines.end(), [](const QByteArray &line) { return line.size() == 70; }));
    }

    void writesPlaintextAsEverybodyDoes()
    {
        QCOMPARE(writePlaintext(glider()), ".O.\n..O\nOOO\n");
        Pattern pattern = glider();
        pattern.rule = Rule();
        pattern.name = u"Glider"_s;
        pattern.comments = {u"Text"_s};
        QCOMPARE(writePlaintext(pattern), "!Name: Glider\n! Text\n.O.\n..O\nOOO\n");
        pattern.rule = *Rule::parse(u"B36/S23");
        QCOMPARE(writePlaintext(pattern), "!Name: Glider\n!Rule: B36/S23\n! Text\n.O.\n..O\nOOO\n");
    }

    void soupsSurvive_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("percent");
        for (const int width : {1, 2, 63, 64, 65, 127, 128, 129, 513}) {
            for (const int height : {1, 2, 31}) {
                for (const int percent : {0, 3, 50, 97, 100})
                    QTest::addRow("%dx%d, %d %%", width, height, percent) << width << height << percent;
            }
        }
    }
    void soupsSurvive()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, percent);
        Pattern pattern;
        pattern.cells = soup(width, height, percent, static_cast<quint32>(width * 1'000 + height * 10 + percent));
        const auto rle = readPattern(writeRle(pattern));
        QVERIFY2(rle, whyNot(rle).constData());
        QCOMPARE(pictureOf(rle->cells), pictureOf(pattern.cells));
        QVERIFY(rle->cells == pattern.cells);
        const auto plaintext = readPattern(writePlaintext(pattern));
        QVERIFY2(plaintext, whyNot(plaintext).constData());
        QCOMPARE(pictureOf(plaintext->cells), pictureOf(pattern.cells));
        QVERIFY(plaintext->cells == pattern.cells);
    }

    void allThatIsSaidSurvivesRle()
    {
        const Pattern pattern = fullPattern();
        const auto again = readPattern(writeRle(pattern));
        QVERIFY2(again, whyNot(again).constData());
        QCOMPARE(again->name, pattern.name);
        QCOMPARE(again->author, pattern.author);
        QCOMPARE(again->comments, pattern.comments);
        QCOMPARE(again->rule, pattern.rule);
        QCOMPARE(again->bounds, pattern.bounds);
        QCOMPARE(again->position, pattern.position);
        QCOMPARE(again->generation, pattern.generation);
        QVERIFY(again->remarks.isEmpty());
    }

    void plaintextKeepsTextsAndRule()
    {
        const Pattern pattern = fullPattern();
        const auto again = readPattern(writePlaintext(pattern));
        QVERIFY2(again, whyNot(again).constData());
        QCOMPARE(again->name, pattern.name);
        QCOMPARE(again->author, pattern.author);
        QCOMPARE(again->comments, pattern.comments);
        QCOMPARE(again->rule, pattern.rule);
        QCOMPARE(again->bounds, pattern.bounds);
    }

    void textsMayBeginWithAByteOrderMark()
    {
        Pattern pattern = glider();
        pattern.name = u"\uFEFF name"_s;
        pattern.comments = {u"\uFEFF\uFEFF"_s};
        for (const QByteArray &file : {writeRle(pattern), writePlaintext(pattern)}) {
            const auto again = readPattern(file);
            QVERIFY2(again, whyNot(again).constData());
            QCOMPARE(again->name, pattern.name);
            QCOMPARE(again->comments, pattern.comments);
        }
    }

    void textsCannotBecomeCells()
    {
        Pattern pattern = glider();
        pattern.name = u"two\nlines"_s;
        pattern.author = u"\r\nooo!"_s;
        pattern.comments = {u"a\nOOO"_s, QString(QChar(u'\0')), u"\x1b[31m"_s};
        for (const QByteArray &file : {writeRle(pattern), writePlaintext(pattern)}) {
            const auto again = readPattern(file);
            QVERIFY2(again, whyNot(again).constData());
            QCOMPARE(pictureOf(again->cells), pictureOf(pattern.cells));
            QCOMPARE(again->name, u"two lines"_s);
            QCOMPARE(again->author, u"ooo!"_s);
            QCOMPARE(again->comments, (QStringList{u"a OOO"_s, u" "_s, u" [31m"_s}));
        }
    }
};

QTEST_APPLESS_MAIN(TestPatternWriting)
#include "tst_patternwriting.moc"
