#include "server/ClientFrames.h"

#include <QList>
#include <QTest>
#include <QtEndian>

#include <array>
#include <utility>

using namespace conway;
using Kind = ClientFrame::Kind;

namespace {

constexpr qsizetype kMaxMessage = 300;
constexpr std::array<char, 4> kMask{'\x37', '\xfa', '\x21', '\x3d'}; // RFC 6455 §5.7

/// A client's frame with a true mask. `announced`: the length it tells, if that is another.
QByteArray frame(char first, const QByteArray &payload)
{
    QByteArray bytes(1, first);
    if (payload.size() < 126) {
        bytes += static_cast<char>(0x80 | payload.size());
    } else {
        char length[2];
        qToBigEndian(static_cast<quint16>(payload.size()), length);
        bytes += '\xfe';
        bytes.append(length, 2);
    }
    bytes.append(kMask.data(), kMask.size());
    for (qsizetype i = 0; i < payload.size(); ++i)
        bytes += static_cast<char>(payload[i] ^ kMask[static_cast<std::size_t>(i % 4)]);
    return bytes;
}

/// What came out, in words: "text:Hello", "ping:", "fragment", "close:1000:bye", "broken:1002".
QByteArray told(const ClientFrame &frame)
{
    switch (frame.kind) {
    case Kind::Fragment:
        return "fragment";
    case Kind::Text:
        return "text:" + frame.payload;
    case Kind::Binary:
        return "binary:" + frame.payload;
    case Kind::Ping:
        return "ping:" + frame.payload;
    case Kind::Pong:
        return "pong:" + frame.payload;
    case Kind::Close:
        return "close:" + (frame.closeCode ? QByteArray::number(*frame.closeCode) : QByteArray()) + ':' + frame.payload;
    case Kind::Broken:
        return "broken:" + QByteArray::number(frame.closeCode.value());
    }
    return {};
}

/// Feeds the bytes in the portions that the cuts make of them.
QByteArray read(const QByteArray &bytes, const QList<qsizetype> &cuts)
{
    ClientFrames frames(kMaxMessage);
    QByteArrayList all;
    qsizetype begin = 0;
    QList<qsizetype> ends = cuts;
    ends += bytes.size();
    for (const qsizetype end : std::as_const(ends)) {
        QByteArrayView portion = QByteArrayView(bytes).sliced(begin, end - begin);
        while (const auto frame = frames.next(portion))
            all += told(*frame);
        if (!portion.isEmpty())
            all += "left over";
        begin = end;
    }
    return all.join(' ');
}

} // namespace

/// The bytes a client sends, read in whatever portions they come.
class TestClientFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysTheSameHoweverItIsCut_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &expected) {
            QTest::newRow(name) << bytes << expected;
        };
        const QByteArray hex = QByteArray::fromHex("818537fa213d7f9f4d5158");
        row("the RFC's own", hex, "text:Hello");
        row("empty", frame('\x81', {}), "text:");
        row("binary", frame('\x82', QByteArray("\0\xff", 2)), QByteArray("binary:\0\xff", 9));
        row("125", frame('\x81', QByteArray(125, 'x')), "text:" + QByteArray(125, 'x'));
        row("126", frame('\x81', QByteArray(126, 'x')), "text:" + QByteArray(126, 'x'));
        row("the longest", frame('\x81', QByteArray(300, 'x')), "text:" + QByteArray(300, 'x'));
        row("a byte more", frame('\x81', QByteArray(301, 'x')), "broken:1009");
        row("announced", frame('\x81', QByteArray(301, 'x')).first(4), "broken:1009");
        row("announced as 64 bits", QByteArray::fromHex("82ff0000000100000000"), "broken:1009");
        row("two", frame('\x81', "a") + frame('\x82', "b"), "text:a binary:b");

        row("fragments", frame('\x01', "a") + frame('\x00', "b") + frame('\x80', "c"), "fragment fragment text:abc");
        row("empty fragments", frame('\x01', {}) + frame('\x00', {}) + frame('\x80', {}), "fragment fragment text:");
        row("binary fragments", frame('\x02', "a") + frame('\x80', "\xff"), "fragment binary:a\xff");
        row("a ping between fragments", frame('\x01', "a") + frame('\x89', "p") + frame('\x80', "b"),
            "fragment ping:p text:ab");
        row("the longest in fragments", frame('\x01', QByteArray(299, 'x')) + frame('\x80', "y"),
            "fragment text:" + QByteArray(299, 'x') + 'y');
        row("too long in fragments", frame('\x01', QByteArray(299, 'x')) + frame('\x80', "yz"), "fragment broken:1009");
        row("the next may be as long", frame('\x81', QByteArray(300, 'x')) + frame('\x81', QByteArray(300, 'y')),
            "text:" + QByteArray(300, 'x') + " text:" + QByteArray(300, 'y'));
        row("nothing to continue", frame('\x80', "a"), "broken:1002");
        row("nothing to continue any more", frame('\x01', "a") + frame('\x80', "b") + frame('\x80', "c"),
            "fragment text:ab broken:1002");
        row("text in a text", frame('\x01', "a") + frame('\x81', "b"), "fragment broken:1002");
        row("binary in a text", frame('\x01', "a") + frame('\x82', "b"), "fragment broken:1002");

        row("ping", frame('\x89', "payload"), "ping:payload");
        row("empty ping", frame('\x89', {}), "ping:");
        row("the longest ping", frame('\x89', QByteArray(125, '\xfe')), "ping:" + QByteArray(125, '\xfe'));
        row("a ping too long", frame('\x89', QByteArray(126, 'x')), "broken:1002");
        row("a ping in fragments", frame('\x09', "a"), "broken:1002");
        row("pong", frame('\x8a', "payload"), "pong:payload");
        row("a pong in fragments", frame('\x0a', "a"), "broken:1002");

        row("no mask", QByteArray::fromHex("810548656c6c6f"), "broken:1002");
        row("a ping without a mask", QByteArray::fromHex("8900"), "broken:1002");
        row("a mask of zeros", QByteArray::fromHex("81820000000061") + 'b', "text:ab");
        for (const int bits : {0x40, 0x20, 0x10, 0x70})
            QTest::addRow("reserved bits %02x", bits)
                << frame(static_cast<char>(0x81 | bits), "a") << QByteArray("broken:1002");
        for (const int opcode : {0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf})
            QTest::addRow("opcode %x", opcode)
                << frame(static_cast<char>(0x80 | opcode), "a") << QByteArray("broken:1002");
        row("5 as 16 bits", QByteArray::fromHex("81fe0005"), "broken:1002");
        row("125 as 16 bits", QByteArray::fromHex("81fe007d"), "broken:1002");
        row("65535 as 64 bits", QByteArray::fromHex("81ff000000000000ffff"), "broken:1002");
        row("64 bits with the highest", QByteArray::fromHex("81ff8000000000010000"), "broken:1002");

        row("UTF-8", frame('\x81', "\xce\xba\xf0\x9f\x98\x80"), "text:\xce\xba\xf0\x9f\x98\x80");
        row("a character over two fragments", frame('\x01', "\xf0\x9f") + frame('\x80', "\x98\x80"),
            "fragment text:\xf0\x9f\x98\x80");
        row("a character over a ping", frame('\x01', "\xf0\x9f") + frame('\x89', "\xff") + frame('\x80', "\x98\x80"),
            "fragment ping:\xff text:\xf0\x9f\x98\x80");
        row("no UTF-8", frame('\x81', "a\xff"), "broken:1007");
        row("no UTF-8, though unfinished", frame('\x81', "a\xff" + QByteArray(100, 'x')).first(8), "broken:1007");
        row("half a character", frame('\x81', "\xf0\x9f\x98"), "broken:1007");
        row("half a character, two fragments", frame('\x01', "\xf0\x9f") + frame('\x80', "\x98"),
            "fragment broken:1007");
        row("a new message has nothing of the old", frame('\x01', "\xc3") + frame('\x80', "\xa4") + frame('\x81', "a"),
            "fragment text:\xc3\xa4 text:a");
        row("binary need not be UTF-8", frame('\x82', "\xff"), "binary:\xff");

        row("close", frame('\x88', {}), "close::");
        row("close 1000", frame('\x88', "\x03\xe8"), "close:1000:");
        row("close with a reason",
            frame('\x88', "\x03\xe9"
                          "bye"),
            "close:1001:bye");
        row("half a code", frame('\x88', "\x03"), "broken:1002");
        row("a reason that is not UTF-8", frame('\x88', "\x03\xe8\xff"), "broken:1007");
        row("half a character as a reason", frame('\x88', "\x03\xe8\xc3"), "broken:1007");
        row("a close too long", frame('\x88', "\x03\xe8" + QByteArray(124, 'x')), "broken:1002");
        row("nothing after close", frame('\x88', {}) + frame('\x81', "a") + frame('\x89', "a"), "close::");
        row("nothing after a fault", frame('\x83', {}) + frame('\x81', "a") + frame('\x89', "a"), "broken:1002");
        row("close between fragments", frame('\x01', "a") + frame('\x88', {}) + frame('\x80', "b"), "fragment close::");
    }
    void saysTheSameHoweverItIsCut()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        QCOMPARE(read(bytes, {}), expected);
        QList<qsizetype> everywhere;
        for (qsizetype cut = 0; cut < bytes.size(); ++cut) {
            everywhere += cut;
            constexpr qsizetype kEnds = 24; // in the middle of a long payload one place is like another
            if (cut < kEnds || cut > bytes.size() - kEnds)
                QCOMPARE(read(bytes, {cut}), expected);
        }
        QCOMPARE(read(bytes, everywhere), expected);
    }

    void anUnfinishedFrameSaysNothing()
    {
        const QByteArray whole = frame('\x81', "Hello");
        for (qsizetype size = 0; size < whole.size(); ++size)
            QCOMPARE(read(whole.first(size), {}), QByteArray());
    }

    void knowsTheStatusCodes()
    {
        QList<int> good;
        for (int code = 0; code <= 0xffff; ++code) {
            char status[2];
            qToBigEndian(static_cast<quint16>(code), status);
            if (read(frame('\x88', QByteArray(status, 2)), {}).startsWith("close:"))
                good += code;
        }
        QList<int> expected{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014};
        for (int code = 3000; code < 5000; ++code)
            expected += code;
        QCOMPARE(good, expected);
    }

    void utf8IsWhatUnicodeAllows()
    {
        // Every sequence of two bytes, and of four whose first three decide: as Qt sees them.
        const auto isUtf8 = [](const QByteArray &bytes) {
            Utf8Check check;
            return check.take(bytes) && check.isBetweenCharacters();
        };
        const auto qtSays = [](const QByteArray &bytes) {
            return !QString::fromUtf8(bytes).contains(QChar::ReplacementCharacter);
        };
        for (int first = 0; first < 256; ++first) {
            for (int second = 0; second < 256; ++second) {
                const QByteArray two = QByteArray(1, static_cast<char>(first)) + static_cast<char>(second);
                QCOMPARE(isUtf8(two), qtSays(two));
                if (first < 0xe0)
                    continue;
                for (const int third : {0x00, 0x7f, 0x80, 0xa0, 0xbf, 0xc0}) {
                    const QByteArray three = two + static_cast<char>(third);
                    QCOMPARE(isUtf8(three), qtSays(three));
                    const QByteArray four = three + '\x80';
                    QCOMPARE(isUtf8(four), qtSays(four));
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestClientFrames)
#include "tst_clientframes.moc"
