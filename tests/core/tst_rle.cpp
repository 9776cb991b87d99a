#include "tests/core/PatternReading.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

const QString kGlider = u".O. ..O OOO"_s;

} // namespace

/// Reading run length encoded files.
class TestRle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsCells_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("picture");
        const auto row = [](const char *name, const char *file, const QString &picture) {
            QTest::newRow(name) << QByteArray(file) << picture;
        };
        row("with a header", "x = 3, y = 3, rule = B3/S23\nbob$2bo$3o!\n", kGlider);
        row("without one", "bob$2bo$3o!", kGlider);
        row("without an end", "x = 3, y = 3\nbob$2bo$3o", kGlider);
        row("dots for dead", "x = 3, y = 3\n.o.$2.o$3o!", kGlider);
        row("more than two states", "x = 3, y = 3\n.A.$2.B$X2C!", kGlider);
        row("CR LF", "#C a\r\nx = 3, y = 3\r\nbob$\r\n2bo$3o!\r\n", kGlider);
        row("CR", "#C a\rx = 3, y = 3\rbob$\r2bo$3o!\r", kGlider);
        row("byte order mark", "\xEF\xBB\xBFx = 3, y = 3\nbob$2bo$3o!", kGlider);
        row("blank lines, leading white space", "\n\n \t x = 3, y = 3\n\n  bob$\n\n\t2bo$\n3o\n!", kGlider);
        row("blanks between tokens", "x=3,y=3\nb o b $ 2b o $ 3o !", kGlider);
        row("a broken line anywhere between tokens", "x=3,y=3\nb\no\nb\n$2b\no$\n3o!", kGlider);
        row("comments between the cells", "x=3,y=3\nbob$\n#C here\n2bo$\n  # there\n3o!", kGlider);
        row("comment after the end", "x=3,y=3\nbob$2bo$3o! o3o$ and 0 other things ???\n#r nonsense", kGlider);
        row("spaces are optional", "x=3,y=3,rule=B3/S23\nbob$2bo$3o!", kGlider);
        row("spaces anywhere", "  x  =  3  ,  y  =  3  ,  rule  =  B3/S23  \nbob$2bo$3o!", kGlider);
        row("trailing comma", "x = 3, y = 3,\nbob$2bo$3o!", kGlider);
        row("trailing comma behind the rule", "x = 3, y = 3, rule = B3/S23 , \nbob$2bo$3o!", kGlider);
        row("unknown keys", "x = 3, y = 3, rule = 23/3, colour = red, z=\nbob$2bo$3o!", kGlider);
        row("an unknown key first", "colour = red, x = 3, y = 3\nbob$2bo$3o!", kGlider);
        row("keys in capitals", "X = 3, Y = 3, RULE = B3/S23\nbob$2bo$3o!", kGlider);
        row("header smaller than the cells", "x = 1, y = 1\nbob$2bo$3o!", kGlider);
        row("header larger than the cells", "x = 4, y = 2\no!", u"O... ...."_s);
        row("header of nothing", "x = 0, y = 0, rule = B3/S23\n!", u"."_s);
        row("header alone", "x = 2, y = 1", u".."_s);
        row("the end alone", "x = 1, y = 1\n!", u"."_s);
        row("several rows end at once", "x = 2, y = 4\n2o3$bo!", u"OO .. .. .O"_s);
        row("first rows dead", "$$bo!", u".. .. .O"_s);
        row("cells beyond the header's box", "x=2,y=2\n3o$$$o!", u"OOO ... ... O.."_s);
        row("trailing dead cells make nothing larger", "x=2,y=1\n2o99999b$999$!", u"OO"_s);
    }
    void readsCells()
    {
        QFETCH(QByteArray, file);
        QTEST(drawn(file), "picture");
    }

    void readsRuns_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("length");
        for (const int before : {0, 1, 63, 64, 65, 127}) {
            for (const int length : {1, 2, 62, 63, 64, 65, 128, 200})
                QTest::addRow("%d dead, %d alive", before, length) << before << length;
        }
    }
    void readsRuns()
    {
        QFETCH(int, before);
        QFETCH(int, length);
        QByteArray file = "x = 400, y = 1\n";
        if (before > 0)
            file += QByteArray::number(before) + 'b';
        file += QByteArray::number(length) + "o!";
        const QString expected = QString(before, u'.') + QString(length, u'O') + QString(400 - before - length, u'.');
        QCOMPARE(drawn(file), expected);
    }

    void readsWhatIsSaidAboutThePattern()
    {
        const auto pattern = readPattern("#N  Gosper glider gun \n"
                                         "#O Bill Gosper\n"
                                         "#C The first one\n"
                                         "#c   with an indentation\n"
                                         "#C\n"
                                         "# a bare one\n"
                                         "#Z of unknown letter\n"
                                         "#Something else\n"
                                         "#CXRLE Pos=-18,4 Gen=120\n"
                                         "x = 1, y = 1, rule = B36/S23:T30,20\n"
                                         "o!\n"
                                         "\n"
                                         "An afterword\n");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QCOMPARE(pattern->name, u"Gosper glider gun"_s);
        QCOMPARE(pattern->author, u"Bill Gosper"_s);
        QCOMPARE(pattern->comments,
                 (QStringList{u"The first one"_s, u"  with an indentation"_s, QString(), u"a bare one"_s,
                              u"#Z of unknown letter"_s, u"#Something else"_s, u"An afterword"_s}));
        QCOMPARE(pattern->position, QPoint(-18, 4));
        QCOMPARE(pattern->generation, 120U);
        QCOMPARE(pattern->rule->toString(), u"B36/S23"_s);
        QCOMPARE(pattern->bounds, (Pattern::Bounds{Topology::Torus, 30, 20}));
        QVERIFY(pattern->remarks.isEmpty());
    }

    void saysNothingThatTheFileDoesNot()
    {
        const auto pattern = readPattern("o!");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QVERIFY(!pattern->rule);
        QVERIFY(!pattern->bounds);
        QVERIFY(!pattern->position);
        QCOMPARE(pattern->generation, 0U);
        QVERIFY(pattern->name.isEmpty() && pattern->author.isEmpty());
        QVERIFY(pattern->comments.isEmpty() && pattern->remarks.isEmpty());
    }

    void readsThePosition_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QPoint>("position");
        QTest::newRow("#P") << QByteArray("#P -3 12") << QPoint(-3, 12);
        QTest::newRow("#R") << QByteArray("#R   7\t-8 ") << QPoint(7, -8);
        QTest::newRow("#CXRLE") << QByteArray("#CXRLE Gen=0 Pos=5,-6") << QPoint(5, -6);
        QTest::newRow("at the ends of int") << QByteArray("#P -2147483648 2147483647")
                                            << QPoint(std::numeric_limits<int>::min(), std::numeric_limits<int>::max());
    }
    void readsThePosition()
    {
        QFETCH(QByteArray, line);
        const auto pattern = readPattern(QByteArray(line + "\no!"));
        QVERIFY2(pattern, whyNot(pattern).constData());
        QVERIFY(pattern->position);
        QTEST(*pattern->position, "position");
        QVERIFY(pattern->comments.isEmpty());
    }

    void keepsWhatItDoesNotUnderstandAsComment_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"#P here", "#R 23/3", "#P 1", "#P 1 2 3", "#P 2147483648 0", "#CXRLE Pos=1",
                                 "#CXRLE Gen=-1", "#CXRLE Gen=99999999999999999999", "#CXRLE Colour=red"})
            QTest::newRow(line) << QByteArray(line);
    }
    void keepsWhatItDoesNotUnderstandAsComment()
    {
        QFETCH(QByteArray, line);
        const auto pattern = readPattern(QByteArray(line + "\no!"));
        QVERIFY2(pattern, whyNot(pattern).constData());
        QVERIFY(!pattern->position);
        QCOMPARE(pattern->generation, 0U);
        QCOMPARE(pattern->comments, QStringList(QString::fromLatin1(line)));
    }

    void readsTheRule_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *file, const QString &rule) {
            QTest::newRow(onOneLine(file).constData()) << QByteArray(file) << rule;
        };
        row("x = 1, y = 1, rule = B36/S23\no!", u"B36/S23"_s);
        row("x = 1, y = 1, rule = b36s23\no!", u"B36/S23"_s);
        row("x = 1, y = 1, rule = 23/36\no!", u"B36/S23"_s);
        row("#r 23/36\no!", u"B36/S23"_s);
        row("#r 23/36\nx = 1, y = 1\no!", u"B36/S23"_s);
        row("#r 23/36\nx = 1, y = 1, rule = B2/S\no!", u"B2/S"_s);
        row("rule = B2/S, x = 1, y = 1\no!", u"B2/S"_s);
        row("x = 1, y = 1, rule = B0/S8\no!", u"B0/S8"_s);
    }
    void readsTheRule()
    {
        QFETCH(QByteArray, file);
        const auto pattern = readPattern(file);
        QVERIFY2(pattern, whyNot(pattern).constData());
        QVERIFY(pattern->rule);
        QTEST(pattern->rule->toString(), "rule");
    }

    void theRulesOwnCommaIsNotTheHeaders()
    {
        const auto pattern = readPattern("x = 1, rule = B3/S23:P30,20, y = 2\no!");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QCOMPARE(pattern->bounds, (Pattern::Bounds{Topology::Plane, 30, 20}));
        QCOMPARE(pattern->cells.height(), 2);
    }

    void saysThatStatesWereMergedOnce()
    {
        const auto pattern = readPattern("x = 3, y = 1\nABC!");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QCOMPARE(pattern->remarks.size(), 1);
        QVERIFY(pattern->remarks.first().contains(u"states"));
    }

    void anEndThatIsMissingIsRemarkedOn()
    {
        const auto pattern = readPattern("x = 3, y = 3\nbob$2bo");
        QVERIFY(pattern);
        QCOMPARE(pattern->remarks.size(), 1);
        QVERIFY(pattern->remarks.first().contains(u"\"!\""));
    }

    void readsTextsThatAreNotUtf8AsLatin1()
    {
        const auto utf8 = readPattern("#O J\xC3\xB6rg\no!");
        const auto latin1 = readPattern("#O J\xF6rg\no!");
        QVERIFY(utf8 && latin1);
        QCOMPARE(utf8->author, u"J\u00F6rg"_s);
        QCOMPARE(latin1->author, u"J\u00F6rg"_s);
    }

    void namesLineAndColumn_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *file, int line, int column, const QString &says) {
            QTest::newRow(onOneLine(file).constData()) << QByteArray(file) << line << column << says;
        };
        row("bob$2bo$3z!", 1, 10, u"\"z\""_s);
        row("x = 3, y = 3\r\nbob$\r\n2bq", 3, 3, u"\"q\""_s);
        row("\xEF\xBB\xBF"
            "bo?",
            1, 3, u"\"?\""_s);
        row("3 o!", 1, 2, u"a blank"_s);
        row("bo3\no!", 1, 4, u"the end of the line"_s);
        row("bo3", 1, 4, u"the end of the file"_s);
        row("bo3!", 1, 4, u"\"!\""_s);
        row("03o!", 1, 1, u"begins with 0"_s);
        row("o$0b!", 1, 3, u"begins with 0"_s);
        row("o\xE9", 1, 2, u"byte 0xe9"_s);
        row("bo #C not at the line's beginning", 1, 4, u"\"#\""_s);
        row("o\nx = 3, y = 3\n", 2, 1, u"\"x\""_s);
        row("Y!", 1, 1, u"\"Y\""_s);
        row("x = three, y = 3\no!", 1, 5, u"size x"_s);
        row("x = 3, y = -3\no!", 1, 12, u"size y"_s);
        row("x = 3, y =\no!", 1, 11, u"size y"_s);
        row("x = 3, y = 3 3\no!", 1, 12, u"size y"_s);
        row("x = 3, y\no!", 1, 5, u"size x"_s);
        row("#C a\nx = 1, y = 1, rule = B3/S29\no!", 2, 22, u"\"B3/S29\""_s);
        row("x = 1, y = 1, rule = LifeHistory\no!", 1, 22, u"\"LifeHistory\""_s);
        row("x = 1, y = 1, rule = B3/S23:K30,20\no!", 1, 22, u"Klein"_s);
        row("x = 1, y = 1, rule = B03/S23:P30,20\no!", 1, 22, u"B0"_s);
        row("#r what\no!", 1, 1, u"\"what\""_s);
        const QByteArray endless = "x = 1, y = 1, rule = B" + QByteArray(300, '3') + "\no!";
        row(endless.constData(), 1, 22, u"at most 256"_s);
        row("", 1, 1, u"no pattern"_s);
        row("#C only a comment\n", 2, 1, u"no pattern"_s);
    }
    void namesLineAndColumn()
    {
        QFETCH(QByteArray, file);
        const auto pattern = readPattern(file);
        QVERIFY(!pattern);
        const Error &error = pattern.error();
        QTEST(error.line, "line");
        QTEST(error.column, "column");
        QVERIFY2(error.message.startsWith(u"line %1, column %2: "_s.arg(error.line).arg(error.column)),
                 qPrintable(error.message));
        QFETCH(QString, says);
        QVERIFY2(error.message.contains(says), qPrintable(error.message));
    }

    void hugeNumbersCostNothing_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        const auto row = [](const char *name, const QByteArray &file, int line, int column) {
            QTest::newRow(name) << file << line << column;
        };
        const QByteArray digits(100'000, '9');
        row("living cells", "b999999999999o!", 1, 2);
        row("a cell behind dead ones", "999999999999bo!", 1, 14);
        row("a cell below rows", "999999999999$o!", 1, 14);
        row("more digits than any number has", digits + "o!", 1, 1);
        row("sums of them", QByteArray(digits + "b").repeated(50) + "o!", 1, 50 * 100'001 + 1);
        row("a header", "#C a\nx = 999999999999, y = 1\no!", 2, 1);
        row("a header of many digits", "x = " + digits + ", y = " + digits + "\no!", 1, 1);
        row("sides allowed, cells not", "x = 65536, y = 65536\no!", 1, 1);
        row("one cell too far", "65536bo!", 1, 7);
        row("one row too far", "x = 1, y = 1\n65536$o!", 2, 7);
        row("bounds", "x = 1, y = 1, rule = B3/S23:T99999999999999999999\no!", 1, 22);
    }
    void hugeNumbersCostNothing()
    {
        QFETCH(QByteArray, file);
        const auto pattern = readPattern(file);
        QVERIFY(!pattern);
        QTEST(pattern.error().line, "line");
        QTEST(pattern.error().column, "column");
        QVERIFY2(pattern.error().message.contains(u"65536") || pattern.error().message.contains(u"1073741824"),
                 whyNot(pattern).constData());
    }

    void theLargestFits()
    {
        PatternLimits limits;
        limits.maxCells = 65536;
        const auto wide = readPattern("65536o!", limits);
        QVERIFY2(wide, whyNot(wide).constData());
        QCOMPARE(wide->cells.population(), 65536);
        const auto high = readPattern("65535$o!", limits);
        QVERIFY2(high, whyNot(high).constData());
        QVERIFY(high->cells.alive(0, 65535));
        QVERIFY(!readPattern("65536o$o!", limits));
    }
};

QTEST_APPLESS_MAIN(TestRle)
#include "tst_rle.moc"
