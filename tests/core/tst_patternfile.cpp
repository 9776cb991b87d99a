#include "tests/core/PatternReading.h"

#include <QPoint>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

struct Sample {
    const char *name;
    PatternFormat format;
    QByteArray file;
};

/// A file of each format with all that it can say.
QList<Sample> samples()
{
    return {
        {"RLE", PatternFormat::Rle,
         "#N Name\r\n#O J\xC3\xB6rg\r\n#C Comment\r\n#P -3 4\r\n#CXRLE Pos=1,-2 Gen=3\r\n#r 23/3\r\n"
         "x = 13, y = 4, rule = B3/S23:T30,20,\r\nb2o3$.A12bX!\r\nafterword"},
        {"plaintext", PatternFormat::Plaintext, "!Name: Name\n!Author: A\n!\n!Rule: B36/S23\n..O*\n O\n\n.."},
        {"Life 1.05", PatternFormat::Life105, "#Life 1.05\n#D Text\n#N\n#R 23/36\n#P -12 3\n.*\n**\n#P 4 -4\n*.\n"},
        {"Life 1.06", PatternFormat::Life106, "#Life 1.06\n#C Text\n0 -1\n12 3\n-4 5\n"},
    };
}

/// A file is either read, and then means the same once more written, or refused with a place. Nothing else may happen.
/// Empty if so.
QByteArray misbehaviour(QByteArrayView file)
{
    PatternLimits limits;
    limits.maxCells = 2'000;
    const auto pattern = readPattern(file, limits);
    if (!pattern)
        return pattern.error().line > 0 && pattern.error().column > 0 ? QByteArray() : "an error without a place";
    const auto again = readPattern(writeRle(*pattern));
    if (!again)
        return "not read again: " + whyNot(again);
    return again->cells == pattern->cells ? QByteArray() : "other cells when read again";
}

} // namespace

/// What all the formats share: which is which, limits, and files that are none.
class TestPatternFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isToldByItsContent_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<PatternFormat>("format");
        for (const Sample &sample : samples())
            QTest::newRow(sample.name) << sample.file << sample.format;
        const auto row = [](const char *name, const char *file, PatternFormat format) {
            QTest::newRow(name) << QByteArray(file) << format;
        };
        row("nothing", "", PatternFormat::Rle);
        row("garbage", "hello", PatternFormat::Rle);
        row("RLE without header", "bob$2bo$3o!", PatternFormat::Rle);
        row("RLE of one row", "3o!", PatternFormat::Rle);
        row("RLE behind comments and blank lines", "#C a\n\n  x = 1, y = 1\n...!", PatternFormat::Rle);
        row("RLE with a comment about life", "#Life is short\nx = 1, y = 1\n", PatternFormat::Rle);
        row("plaintext without comment", "..O\nO", PatternFormat::Plaintext);
        row("plaintext behind blank lines", "\r\n\r\n!\r\n", PatternFormat::Plaintext);
        row("Life 1.05 behind a byte order mark", "\xEF\xBB\xBF#Life 1.05\r\n", PatternFormat::Life105);
        row("an older Life", "#Life 1.02\n", PatternFormat::Life105);
    }
    void isToldByItsContent()
    {
        QFETCH(QByteArray, file);
        QTEST(detectPatternFormat(file), "format");
    }

    void isNotLargerThanAllowed()
    {
        PatternLimits limits;
        limits.maxBytes = 3;
        QVERIFY(readPattern("2o!", limits));
        const auto pattern = readPattern("20o!", limits);
        QVERIFY(!pattern);
        QCOMPARE(pattern.error().message, u"the file has 4 bytes, and 3 are allowed"_s);
    }

    void garbageEndsAtItsFirstWrongByte()
    {
        QByteArray garbage(100'000'000, '?');
        QCOMPARE(readPattern(garbage).error().message, u"the file has 100000000 bytes, and 67108864 are allowed"_s);
        garbage.resize(2'000'000);
        const auto placeOfError = [&garbage] {
            const auto pattern = readPattern(garbage);
            return pattern ? QPoint() : QPoint(pattern.error().column, pattern.error().line);
        };
        QCOMPARE(placeOfError(), QPoint(1, 1));
        garbage[1] = '\n';
        garbage[3] = '\x7';
        QCOMPARE(placeOfError(), QPoint(2, 2));
        garbage.fill('9');
        QCOMPARE(placeOfError(), QPoint(2'000'001, 1)); // the end of the file after a count
        garbage.fill('$');
        garbage += 'o'; // after so many rows
        QCOMPARE(placeOfError(), QPoint(2'000'001, 1));
    }

    void hasNoMoreCellsThanAllowed()
    {
        PatternLimits limits;
        limits.maxCells = 6;
        QVERIFY(readPattern("x = 3, y = 2\n!", limits));
        QVERIFY(!readPattern("x = 7, y = 1\n!", limits));
        QVERIFY(!readPattern("x = 1, y = 1\n3o2$o!", limits));
        QVERIFY(!readPattern("x = 1, y = 1, rule = B3/S23:T7,1\no!", limits));
        QVERIFY(!readPattern("!\nOOO\nOOOO\n", limits));
        QVERIFY(!readPattern("#Life 1.06\n0 0\n3 1\n", limits));
    }

    void keepsNoMoreTextThanAllowed()
    {
        PatternLimits limits;
        limits.maxText = 18;
        const QByteArray file = "#N 0123456789\n#O \xC3\xA4\xC3\xB6\xC3\xBC\n#C \xC3\xA9\xC3\xA9\xC3\xA9\n#C more\no!";
        const auto pattern = readPattern(file, limits);
        QVERIFY2(pattern, whyNot(pattern).constData());
        QCOMPARE(pattern->name, u"0123456789"_s);
        QCOMPARE(pattern->author, u"\u00e4\u00f6\u00fc"_s);
        QCOMPARE(pattern->comments, QStringList()); // 16 bytes and the ends of two lines are 18
        QCOMPARE(pattern->remarks.size(), 1);
        QVERIFY(pattern->remarks.first().contains(u"too long"));

        limits.maxText = 21; // half a character is none
        const auto more = readPattern(file, limits);
        QVERIFY2(more, whyNot(more).constData());
        QCOMPARE(more->comments, QStringList(u"\u00e9"_s));

        limits.maxText = 5; // nor is a blank at the end of a name, which would be read without it
        const auto cut = readPattern("#N long \t name\no!", limits);
        QVERIFY2(cut, whyNot(cut).constData());
        QCOMPARE(cut->name, u"long"_s);
    }

    void countlessEmptyCommentsAreNotKept()
    {
        const auto pattern = readPattern(QByteArray(QByteArray("#C\n").repeated(100'000) + "o!"));
        QVERIFY2(pattern, whyNot(pattern).constData());
        QVERIFY(pattern->comments.size() <= PatternLimits().maxText);
        QCOMPARE(pattern->remarks.size(), 1);
    }

    void isText_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::newRow("NUL at once") << QByteArray(1, '\0') << 1 << 1;
        QTest::newRow("NUL in a comment") << QByteArray("#C a\r\n#C b\0c\no!", 15) << 2 << 5;
        QTest::newRow("behind the end") << QByteArray("3o!\n\x1b[0m") << 2 << 1;
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFEo\0!\0", 6) << 1 << 4;
        QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n") << 2 << 1;
    }
    void isText()
    {
        QFETCH(QByteArray, file);
        const auto pattern = readPattern(file);
        QVERIFY(!pattern);
        QVERIFY2(pattern.error().message.contains(u"no pattern file"), whyNot(pattern).constData());
        QTEST(pattern.error().line, "line");
        QTEST(pattern.error().column, "column");
    }

    void mayEndAsDosTextsDid()
    {
        QCOMPARE(drawn("#Life 1.05\r\n#P 0 0\r\n**\r\n\x1a"), u"OO"_s);
        QCOMPARE(drawn("2o!\r\n\x1a\x1a"), u"OO"_s);
    }

    void isReadAsWhatItIsSaidToBe()
    {
        const auto pattern = readPatternAs(PatternFormat::Rle, ".O!");
        QVERIFY2(pattern, whyNot(pattern).constData());
        QCOMPARE(pattern->remarks.size(), 1); // a state of RLE
        QVERIFY(!readPatternAs(PatternFormat::Life106, ".O"));
    }

    void mayEndAnywhere_data() { eachSample(); }
    void mayEndAnywhere()
    {
        QFETCH(QByteArray, file);
        for (qsizetype size = 0; size <= file.size(); ++size) {
            const QByteArray wrong = misbehaviour(QByteArrayView(file).first(size));
            QVERIFY2(wrong.isEmpty(), QByteArray(wrong + " after " + QByteArray::number(size) + " bytes").constData());
        }
    }

    void mayHoldOtherBytesAnywhere_data() { eachSample(); }
    void mayHoldOtherBytesAnywhere()
    {
        QFETCH(QByteArray, file);
        // All that mean something to one of the readers, and some that mean nothing to any.
        QByteArray bytes = "$!#.*=,:-+ \t\r\n0139bozABCDLNOPRTXxy\x80\xC3\xFF";
        bytes += '\0';
        for (qsizetype i = 0; i < file.size(); ++i) {
            QByteArray other = file;
            for (const char byte : bytes) {
                other[i] = byte;
                const QByteArray wrong = misbehaviour(other);
                QVERIFY2(wrong.isEmpty(), QByteArray(wrong + ": " + other.toPercentEncoding()).constData());
            }
        }
    }

private:
    static void eachSample()
    {
        QTest::addColumn<QByteArray>("file");
        for (const Sample &sample : samples())
            QTest::newRow(sample.name) << sample.file;
    }
};

QTEST_APPLESS_MAIN(TestPatternFile)
#include "tst_patternfile.moc"
