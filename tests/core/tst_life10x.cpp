#include "tests/core/PatternReading.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

/// Reading Life 1.05 and Life 1.06.
class TestLife10x : public QObject
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
        const QString glider = u".O. ..O OOO"_s;
        row("1.05, a block", "#Life 1.05\n#P -1 -1\n.*.\n..*\n***\n", glider);
        row("1.05, rows without their trailing dots", "#Life 1.05\n#P -1 -1\n.*\n..*\n***", glider);
        row("1.05, CR LF", "#Life 1.05\r\n#P -1 -1\r\n.*\r\n..*\r\n***\r\n", glider);
        row("1.05, blocks side by side", "#Life 1.05\n#P 0 0\n**\n#P 5 1\n*\n**\n", u"OO..... .....O. .....OO"_s);
        row("1.05, a later block further up", "#Life 1.05\n#P 0 0\n*\n#P -2 -1\n*\n", u"O.. ..O"_s);
        row("1.05, blocks that overlap", "#Life 1.05\n#P 0 0\n*.\n#P 0 0\n.*\n", u"OO"_s);
        row("1.05, without a corner", "#Life 1.05\n*.*\n", u"O.O"_s);
        row("1.05, a blank line is no row", "#Life 1.05\n\n#P 0 0\n*\n\n*\n \n", u"O O"_s);
        row("1.05, a dead row has a dot", "#Life 1.05\n#P 0 0\n*\n.\n*\n", u"O . O"_s);
        row("1.05, far from the middle", "#Life 1.05\n#P -2147483648 2147483647\n*\n*\n", u"O O"_s);
        row("1.05, no cell", "#Life 1.05\n", u"."_s);
        row("1.06", "#Life 1.06\n0 -1\n1 0\n-1 1\n0 1\n1 1\n", glider);
        row("1.06, another order, cells twice", "#Life 1.06\n1 1\n0 1\n1 1\n-1 1\n1 0\n0 -1\n", glider);
        row("1.06, blanks and blank lines", "#Life 1.06\r\n\r\n  0\t-1 \r\n1 0\r\n-1 1\r\n0 1\r\n1 1\r\n\r\n", glider);
        row("1.06, one cell far away", "#Life 1.06\n2147483647 -2147483648", u"O"_s);
        row("1.06, no cell", "#Life 1.06\n", u"."_s);
    }
    void readsCells()
    {
        QFETCH(QByteArray, file);
        QTEST(drawn(file), "picture");
    }

    void life105SaysMoreThanCells()
    {
        const auto pattern = readPattern("#Life 1.05\n"
                                         "#D    A description   \n"
                                         "#D\n"
                                         "#R 125/36\n"
                                         "#Q unknown\n"
                                         "#P 3 -4\n"
                                         "*\n"
                                         "#P -7 9\n"
                                         "*\n");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QCOMPARE(pattern->comments, (QStringList{u"A description"_s, QString(), u"Q unknown"_s}));
        QCOMPARE(pattern->rule->toString(), u"B36/S125"_s);
        QCOMPARE(pattern->position, QPoint(-7, -4));
        QCOMPARE(pattern->cells.width(), 11);
        QCOMPARE(pattern->cells.height(), 14);
    }

    void life105HasAWordForLife()
    {
        const auto pattern = readPattern("#Life 1.05\n#N\n#P 0 0\n*\n");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QCOMPARE(pattern->rule, Rule());
    }

    void hasNoPositionWhereIntHasNone()
    {
        const auto pattern = readPattern("#Life 1.05\n#P 2147483647 0\n *\n");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QVERIFY(!pattern->position);
        QCOMPARE(pattern->cells.population(), 1);
    }

    void life106SaysWhereItsCellsAre()
    {
        const auto pattern = readPattern("#Life 1.06\n#C a comment\n5 -3\n4 9\n");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QCOMPARE(pattern->position, QPoint(4, -3));
        QCOMPARE(pattern->comments, QStringList(u"C a comment"_s));
        QVERIFY(!pattern->rule);
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
        row("#Life 1.05\n#P 0 0\n.*b\n", 3, 3, u"\"b\""_s);
        row("#Life 1.05\n#P 0\n", 2, 2, u"#P -3 12"_s);
        row("#Life 1.05\n#P 0 2147483648\n", 2, 2, u"#P -3 12"_s);
        row("#Life 1.05\n#R 23\n", 2, 2, u"\"23\""_s);
        row("#Life 1.05\n*\n#P 65536 0\n*\n", 4, 1, u"65536"_s);
        row("#Life 1.05\n#P -2147483648 0\n*\n#P 2147483647 0\n*\n", 5, 1, u"4294967296x1"_s);
        row("#Life 1.06\n1 2\n1\n", 3, 1, u"x and y"_s);
        row("#Life 1.06\n1 2 3\n", 2, 1, u"x and y"_s);
        row("#Life 1.06\n1 b\n", 2, 1, u"x and y"_s);
        row("#Life 1.06\n2147483648 0\n", 2, 1, u"32 bits"_s);
        row("#Life 1.06\n99999999999999999999999 0\n", 2, 1, u"32 bits"_s);
        row("#Life 1.06\n0 0\n0 65536\n", 3, 1, u"65536"_s);
        row("#Life 1.06\n-2147483648 -2147483648\n2147483647 2147483647\n", 3, 1, u"4294967296x4294967296"_s);
        row("#Life 1.06\n0 0\n40000 40000\n", 3, 1, u"1073741824"_s);
    }
    void namesLineAndColumn()
    {
        QFETCH(QByteArray, file);
        const auto pattern = readPattern(file);
        QVERIFY(!pattern);
        QTEST(pattern.error().line, "line");
        QTEST(pattern.error().column, "column");
        QFETCH(QString, says);
        QVERIFY2(pattern.error().message.contains(says), whyNot(pattern).constData());
    }
};

QTEST_APPLESS_MAIN(TestLife10x)
#include "tst_life10x.moc"
