#include "tests/core/PatternReading.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

/// Reading the plaintext format, `.cells`.
class TestPlaintext : public QObject
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
        row("whole rows", "!Name: Glider\n.O.\n..O\nOOO\n", glider);
        row("rows without their trailing dead cells", "!Name: Glider\n.O\n..O\nOOO", glider);
        row("stars", ".*\n..*\n***", glider);
        row("CR LF", "!\r\n.O\r\n..O\r\nOOO\r\n", glider);
        row("CR", "!\r.O\r..O\rOOO\r", glider);
        row("byte order mark", "\xEF\xBB\xBF!\n.O\n..O\nOOO", glider);
        row("no comment", ".O\n..O\nOOO", glider);
        row("blanks for dead cells", " O\n  O\nOOO", glider);
        row("an indented text", "!\n  .O\n  ..O\n  OOO\n", glider);
        row("blank lines around", "!\n\n.O\n..O\nOOO\n\n\n", glider);
        row("a blank line is a dead row", "O\n\nO\n", u"O . O"_s);
        row("dots are part of it", "....\n.O\n....\n", u".... .O.. ...."_s);
        row("comments between rows are no rows", ".O\n!here\n..O\n#C and there\nOOO", glider);
        row("no cell at all", "!Name: Nothing\n", u"."_s);
    }
    void readsCells()
    {
        QFETCH(QByteArray, file);
        QTEST(drawn(file), "picture");
    }

    void readsWhatIsSaidAboutThePattern()
    {
        const auto pattern = readPattern("!Name: Glider\n"
                                         "!author:Richard K. Guy\n"
                                         "!\n"
                                         "!The smallest spaceship.\n"
                                         "!   indented\n"
                                         "!Name: second\n"
                                         "! Rule: none\n"
                                         "O");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QCOMPARE(pattern->name, u"Glider"_s);
        QCOMPARE(pattern->author, u"Richard K. Guy"_s);
        QCOMPARE(pattern->comments, (QStringList{QString(), u"The smallest spaceship."_s, u"  indented"_s, u" second"_s,
                                                 u"Rule: none"_s}));
        QVERIFY(!pattern->rule);
        QVERIFY(!pattern->position);
    }

    void readsTheRuleWeWrite()
    {
        const auto pattern = readPattern("!Rule: B36/S23:P4,5\nO");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QCOMPARE(pattern->rule->toString(), u"B36/S23"_s);
        QCOMPARE(pattern->bounds, (Pattern::Bounds{Topology::Plane, 4, 5}));
        QVERIFY(pattern->comments.isEmpty());
    }

    void takesAnyOtherRuleForAComment()
    {
        const auto pattern = readPattern("!Rule: be kind\nO");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QVERIFY(!pattern->rule);
        QCOMPARE(pattern->comments, QStringList(u"Rule: be kind"_s));
    }

    void namesLineAndColumn_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("says");
        QTest::newRow("another letter") << QByteArray("!\n.O.\n.x.") << 3 << 2 << u"\"x\""_s;
        QTest::newRow("a tab") << QByteArray("!\r\n\tO") << 2 << 1 << u"a blank"_s;
        QTest::newRow("too wide") << QByteArray("O\n" + QByteArray(65'537, 'O')) << 2 << 1 << u"65536"_s;
        QTest::newRow("too wide behind dots")
            << QByteArray("!\n" + QByteArray(65'536, '.') + "O") << 2 << 65'537 << u"65536"_s;
        QTest::newRow("too high") << QByteArray("O\n" + QByteArray(65'535, '\n') + "O") << 65'537 << 1 << u"65536"_s;
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

QTEST_APPLESS_MAIN(TestPlaintext)
#include "tst_plaintext.moc"
