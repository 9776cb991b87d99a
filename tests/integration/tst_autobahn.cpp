#include "server/Limits.h"
#include "tests/server/RawClient.h"
#include "tests/server/ServerFixture.h"

#include <QRegularExpression>

#include <memory>
#include <vector>

using namespace conway;
using namespace Qt::StringLiterals;

// Cases 1 to 7 of the Autobahn test suite, restated. It talks to a server that sends everything back; ours answers a
// ping command by a pong, text that is no command by an error that names it, and binary by an error, so those show that
// a message came through whole. A row's name is the number of the case. Every row is sent in one piece, frame by frame
// and byte by byte; so cases of Autobahn's that differ in nothing else are one row with several numbers.

namespace {

constexpr char kText = '\x81';
constexpr char kBinary = '\x82';
constexpr char kClose = '\x88';
constexpr char kPing = '\x89';
constexpr char kPong = '\x8a';
constexpr char kTextBegin = '\x01';
constexpr char kMiddle = '\x00';
constexpr char kEnd = '\x80';

QByteArray frame(char first, const QByteArray &payload = {})
{
    return RawClient::frame(first, payload);
}

QByteArray status(int code)
{
    char bytes[2];
    qToBigEndian(static_cast<quint16>(code), bytes);
    return {bytes, 2};
}

/// A ping command of exactly that many bytes, and what is answered to it.
QByteArray command(qsizetype size)
{
    return QByteArray(R"({"cmd":"ping","t":1)").leftJustified(size - 1) + '}';
}
const QByteArray kAnswer = R"({"t":1,"tick":0,"type":"pong"})";

/// What a server sent after the handshake, in words: "text:…", "ping:…", "pong:…", "close:1000", "close:". Without its
/// own snapshots and pings.
QByteArrayList framesOf(const QByteArray &received)
{
    QByteArrayList all;
    QByteArrayView rest = QByteArrayView(received).sliced(received.indexOf("\r\n\r\n") + 4);
    while (rest.size() >= 2) {
        const auto first = static_cast<quint8>(rest[0]);
        qsizetype head = 2;
        auto length = static_cast<qsizetype>(static_cast<quint8>(rest[1]));
        if (length == 126 && rest.size() >= 4) {
            head = 4;
            length = qFromBigEndian<quint16>(rest.data() + 2);
        }
        if (rest.size() < head + length)
            break;
        const QByteArray payload = rest.sliced(head, length).toByteArray();
        rest = rest.sliced(head + length);
        if (first == 0x81 && !payload.startsWith("{\"type\":\"full_state\""))
            all += "text:" + payload;
        else if (first == 0x8a)
            all += "pong:" + payload;
        else if (first == 0x88)
            all += "close:" + (payload.isEmpty() ? QByteArray()
                                                 : QByteArray::number(qFromBigEndian<quint16>(payload.constData())));
        else if (first != 0x81 && first != 0x89)
            all += "strange:" + QByteArray::number(first, 16);
    }
    return all;
}

/// Where the frame ends that a client's bytes begin with; at their end if it is not whole.
qsizetype frameSize(QByteArrayView bytes)
{
    if (bytes.size() < 2)
        return bytes.size();
    const auto second = static_cast<quint8>(bytes[1]);
    qsizetype head = 2;
    auto length = static_cast<quint64>(second & 0x7fU);
    if (length == 126 && bytes.size() >= 4) {
        head = 4;
        length = qFromBigEndian<quint16>(bytes.data() + 2);
    } else if (length == 127 && bytes.size() >= 10) {
        head = 10;
        length = qFromBigEndian<quint64>(bytes.data() + 2);
    }
    if ((second & 0x80U) != 0)
        head += 4;
    return head + static_cast<qsizetype>(length) < bytes.size() ? head + static_cast<qsizetype>(length) : bytes.size();
}

QByteArrayList inFrames(QByteArrayView bytes)
{
    QByteArrayList frames;
    while (!bytes.isEmpty()) {
        const qsizetype size = frameSize(bytes);
        frames += bytes.first(size).toByteArray();
        bytes = bytes.sliced(size);
    }
    return frames;
}

QByteArrayList inBytes(const QByteArray &bytes)
{
    QByteArrayList all;
    for (const char byte : bytes)
        all += QByteArray(1, byte);
    return all;
}

/// A text in fragments of a byte each.
QByteArray bytewise(const QByteArray &text)
{
    QByteArray frames = frame(kTextBegin, text.first(1));
    for (const char byte : text.sliced(1, text.size() - 2))
        frames += frame(kMiddle, QByteArray(1, byte));
    return frames + frame(kEnd, text.last(1));
}

QByteArray utf8(char32_t character)
{
    return QString::fromUcs4(&character, 1).toUtf8();
}

/// Each of these bytes with a space behind it.
QByteArray lonely(int first, int last)
{
    QByteArray bytes;
    for (int byte = first; byte <= last; ++byte)
        bytes += QByteArray(1, static_cast<char>(byte)) + ' ';
    return bytes;
}

struct Row {
    QByteArray sent;
    QByteArrayList expected; ///< an entry that ends in * stands for what begins so
    bool closes = false;     ///< the server ends the connection
};

bool isAsExpected(const QByteArrayList &got, const QByteArrayList &expected)
{
    return std::equal(got.begin(), got.end(), expected.begin(), expected.end(),
                      [](const QByteArray &is, const QByteArray &be) {
                          return be.endsWith('*') ? is.startsWith(be.chopped(1)) : is == be;
                      });
}

} // namespace

Q_DECLARE_METATYPE(Row)

class TestAutobahn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // The server waits for the client's own Close, which these clients do not send.
        Patience patience;
        patience.linger = std::chrono::milliseconds(20);
        m_fixture = std::make_unique<ServerFixture>(gliderUniverse(8, 8), patience);
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void conforms_data()
    {
        QTest::addColumn<Row>("row");
        const auto row = [](const char *name, const QByteArray &sent, const QByteArrayList &expected,
                            bool closes = false) {
            QTest::newRow(name) << Row{sent, expected, closes};
        };
        // After each case that should leave the connection alone, the server must still answer.
        const QByteArray still = frame(kPing, "still");
        const QByteArray alive = "pong:still";
        const auto text = [](const QByteArray &answer) { return "text:" + answer; };
        const QByteArray unknown = text(R"({"code":"unknown_command")") + '*';
        const QByteArray notBinary = text(R"({"code":"binary_not_supported")") + '*';

        // 1 Framing: text and binary of every kind of length.
        row("1.1.1 empty text", frame(kText) + still, {unknown, alive});
        for (const int size : {125, 126, 127, 128, 65'535, 65'536}) {
            QTest::addRow("1.1.x text of %d", size)
                << Row{frame(kText, command(size)) + still, {text(kAnswer), alive}, false};
        }
        row("1.2.1 empty binary", frame(kBinary) + still, {notBinary, alive});
        for (const int size : {125, 126, 127, 128, 65'535, 65'536}) {
            QTest::addRow("1.2.x binary of %d", size)
                << Row{frame(kBinary, QByteArray(size, '\xfe')) + still, {notBinary, alive}, false};
        }

        // 2 Pings and pongs.
        row("2.1 empty ping", frame(kPing), {"pong:"});
        row("2.2 ping with text", frame(kPing, "Hello, world!"), {"pong:Hello, world!"});
        row("2.3 ping with bytes", frame(kPing, "\x00\xff\xfe\xfd\xfc\xfb\x00\xff"),
            {QByteArray("pong:") + "\x00\xff\xfe\xfd\xfc\xfb\x00\xff"});
        row("2.4, 2.6 ping of 125", frame(kPing, QByteArray(125, '\xfe')), {"pong:" + QByteArray(125, '\xfe')});
        row("2.5 ping of 126", frame(kPing, QByteArray(126, '\xfe')), {"close:1002"}, true);
        row("2.7 pong of its own", frame(kPong) + still, {alive});
        row("2.8 pong with payload", frame(kPong, "unasked") + still, {alive});
        row("2.9 pong, then ping", frame(kPong, "unasked") + frame(kPing, "asked"), {"pong:asked"});
        QByteArray ten;
        QByteArrayList tenAnswers;
        for (int i = 0; i < 10; ++i) {
            ten += frame(kPing, "payload-" + QByteArray::number(i));
            tenAnswers += "pong:payload-" + QByteArray::number(i);
        }
        row("2.10, 2.11 ten pings", ten, tenAnswers);

        // 3 Reserved bits.
        const QByteArray hello = command(30);
        row("3.1 RSV3", frame('\x91', hello) + still, {"close:1002"}, true);
        row("3.2 RSV2 after a good one", frame(kText, hello) + frame('\xa1', hello) + still,
            {text(kAnswer), "close:1002"}, true);
        row("3.3 RSV2 and RSV3 after a good one", frame(kText, hello) + frame('\xb1', hello) + still,
            {text(kAnswer), "close:1002"}, true);
        row("3.4 RSV1", frame('\xc1', hello) + still, {"close:1002"}, true);
        row("3.5 RSV1 and RSV3, binary", frame('\xd2', "\xff") + still, {"close:1002"}, true);
        row("3.6 RSV1 and RSV2, ping", frame('\xe9', "x") + still, {"close:1002"}, true);
        row("3.7 all, close", frame('\xf8') + still, {"close:1002"}, true);

        // 4 Reserved opcodes.
        for (const int opcode : {0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf}) {
            const auto first = static_cast<char>(0x80 | opcode);
            QTest::addRow("4.x opcode %x, empty", opcode) << Row{frame(first) + still, {"close:1002"}, true};
            QTest::addRow("4.x opcode %x after a good one", opcode)
                << Row{frame(kText, hello) + frame(first, "x") + still, {text(kAnswer), "close:1002"}, true};
        }

        // 5 Fragmentation.
        const QByteArray one = hello.first(10);
        const QByteArray two = hello.sliced(10);
        row("5.1 ping in two", frame('\x09', "frag") + frame(kEnd, "ment"), {"close:1002"}, true);
        row("5.2 pong in two", frame('\x0a', "frag") + frame(kEnd, "ment"), {"close:1002"}, true);
        row("5.3, 5.4, 5.5 text in two", frame(kTextBegin, one) + frame(kEnd, two), {text(kAnswer)});
        row("5.6, 5.7, 5.8 ping in the middle", frame(kTextBegin, one) + frame(kPing, "p") + frame(kEnd, two),
            {"pong:p", text(kAnswer)});
        row("5.9, 5.10, 5.11 nothing to continue, final", frame(kEnd, "x") + frame(kText, hello), {"close:1002"}, true);
        row("5.12, 5.13, 5.14 nothing to continue", frame(kMiddle, "x") + frame(kText, hello), {"close:1002"}, true);
        row("5.15 text in two, then a continuation",
            frame(kTextBegin, one) + frame(kEnd, two) + frame(kMiddle, "x") + frame(kText, hello),
            {text(kAnswer), "close:1002"}, true);
        const QByteArray stray = frame(kMiddle, "x") + frame(kTextBegin, one) + frame(kEnd, two);
        row("5.16 a continuation before each", stray.repeated(2), {"close:1002"}, true);
        const QByteArray finalStray = frame(kEnd, "x") + frame(kTextBegin, one) + frame(kEnd, two);
        row("5.17 a final one before each", finalStray.repeated(2), {"close:1002"}, true);
        row("5.18 two texts", frame(kTextBegin, one) + frame(kText, two), {"close:1002"}, true);
        const QByteArray five = frame(kTextBegin, hello.first(5)) + frame(kMiddle, hello.sliced(5, 5)) +
                                frame(kPing, "first") + frame(kMiddle, hello.sliced(10, 5)) + frame(kMiddle) +
                                frame(kPing, "second") + frame(kEnd, hello.sliced(15));
        row("5.19, 5.20 five parts and two pings", five, {"pong:first", "pong:second", text(kAnswer)});

        // 6 UTF-8.
        row("6.1.1 empty", frame(kText), {unknown});
        row("6.1.2 three empty parts", frame(kTextBegin) + frame(kMiddle) + frame(kEnd), {unknown});
        row("6.1.3 only the middle", frame(kTextBegin) + frame(kMiddle, hello) + frame(kEnd), {text(kAnswer)});
        const QByteArray greek = "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5";
        const QByteArray greeting = "Hello-\xc2\xb5@\xc3\x9f\xc3\xb6\xc3\xa4\xc3\xbc\xc3\xa0\xc3\xa1-UTF-8!!";
        row("6.2.1 in one", frame(kText, greeting), {unknown});
        row("6.2.2 in two, between characters",
            frame(kTextBegin, greeting.first(15)) + frame(kEnd, greeting.sliced(15)), {unknown});
        row("6.2.3 a byte a fragment", bytewise(greeting), {unknown});
        row("6.2.4 a byte a fragment", bytewise(greek), {unknown});
        const QByteArray bad = greek + "\xed\xa0\x80";
        row("6.3.1 a surrogate", frame(kText, bad + "edited"), {"close:1007"}, true);
        row("6.3.2 a byte a fragment", bytewise(bad + "edited"), {"close:1007"}, true);
        const QByteArray above = "\xf4\x90\x80\x80"; // above the last character, as the second byte shows
        row("6.4.1 between parts", frame(kTextBegin, greek) + frame(kMiddle, above) + frame(kEnd, "edited"),
            {"close:1007"}, true);
        row("6.4.2 told as soon as it shows", frame(kTextBegin, greek) + frame(kMiddle, above.first(2)), {"close:1007"},
            true);
        row("6.4.3 within an unfinished frame", frame(kText, greek + above + "edited").chopped(6), {"close:1007"},
            true);
        row("6.4.4 as soon as it shows there", frame(kText, greek + above + "edited").chopped(8), {"close:1007"}, true);
        std::vector<std::pair<QByteArray, QByteArray>> good{
            {"6.5.1", QByteArray("hello\0world", 11)},
            {"6.5.2", "hello$world"},
            {"6.5.3", "hello\xc2\xa2world"},
            {"6.5.4", "hello\xe2\x82\xacworld"},
            {"6.5.5", "hello\xf0\xa4\xad\xa2world"},
            {"6.7.1 first of one", QByteArray(1, '\0')},
            {"6.7.2 first of two", "\xc2\x80"},
            {"6.7.3 first of three", "\xe0\xa0\x80"},
            {"6.7.4 first of four", "\xf0\x90\x80\x80"},
            {"6.9.1 last of one", "\x7f"},
            {"6.9.2 last of two", "\xdf\xbf"},
            {"6.9.3 last of three", "\xef\xbf\xbf"},
            {"6.9.4 last of all", "\xf4\x8f\xbf\xbf"},
            {"6.11.1 before the surrogates", "\xed\x9f\xbf"},
            {"6.11.2 after them", "\xee\x80\x80"},
            {"6.11.3", "\xef\xbf\xbd"},
            {"6.11.4 last of all", "\xf4\x8f\xbf\xbf"},
        };
        std::vector<std::pair<QByteArray, QByteArray>> broken{
            {"6.8.1 five bytes", "\xf8\x88\x80\x80\x80"},
            {"6.8.2 six bytes", "\xfc\x84\x80\x80\x80\x80"},
            {"6.10.1 above all", "\xf7\xbf\xbf\xbf"},
            {"6.10.2", "\xfb\xbf\xbf\xbf\xbf"},
            {"6.10.3", "\xfd\xbf\xbf\xbf\xbf\xbf"},
            {"6.11.5 above all by one", "\xf4\x90\x80\x80"},
            {"6.12.1 only a continuation", "\x80"},
            {"6.12.2", "\xbf"},
            {"6.13.1 starts alone", lonely(0xc0, 0xdf)},
            {"6.13.2", lonely(0xe0, 0xef)},
            {"6.13.3", lonely(0xf0, 0xf7)},
            {"6.13.4", lonely(0xf8, 0xfb)},
            {"6.13.5", lonely(0xfc, 0xfd)},
            {"6.16.1 impossible", "\xfe"},
            {"6.16.2", "\xff"},
            {"6.16.3", "\xfe\xfe\xff\xff"},
            {"6.17.1 overlong slash", "\xc0\xaf"},
            {"6.17.2", "\xe0\x80\xaf"},
            {"6.17.3", "\xf0\x80\x80\xaf"},
            {"6.17.4", "\xf8\x80\x80\x80\xaf"},
            {"6.17.5", "\xfc\x80\x80\x80\x80\xaf"},
            {"6.18.1 overlong", "\xc1\xbf"},
            {"6.18.2", "\xe0\x9f\xbf"},
            {"6.18.3", "\xf0\x8f\xbf\xbf"},
            {"6.18.4", "\xf8\x87\xbf\xbf\xbf"},
            {"6.18.5", "\xfc\x83\xbf\xbf\xbf\xbf"},
            {"6.19.1 overlong zero", "\xc0\x80"},
            {"6.19.2", "\xe0\x80\x80"},
            {"6.19.3", "\xf0\x80\x80\x80"},
            {"6.19.4", "\xf8\x80\x80\x80\x80"},
            {"6.19.5", "\xfc\x80\x80\x80\x80\x80"},
        };
        // All beginnings of a text: those that end between characters are texts too.
        const QList<qsizetype> betweenCharacters{2, 5, 7, 9, 11};
        for (qsizetype size = 1; size <= greek.size(); ++size) {
            auto &list = betweenCharacters.contains(size) ? good : broken;
            list.emplace_back("6.6." + QByteArray::number(size), greek.first(size));
        }
        for (int count = 2; count <= 6; ++count)
            broken.emplace_back("6.12." + QByteArray::number(count + 1) + " continuations",
                                QByteArray("\x80\xbf").repeated(3).first(count));
        QByteArray continuations;
        for (int byte = 0x80; byte <= 0xbf; ++byte)
            continuations += static_cast<char>(byte);
        broken.emplace_back("6.12.8 all of them", continuations);
        const QByteArrayList lastMissing{
            "\xc0", "\xe0\x80", "\xf0\x80\x80", "\xf8\x80\x80\x80", "\xfc\x80\x80\x80\x80",
            "\xdf", "\xef\xbf", "\xf7\xbf\xbf", "\xfb\xbf\xbf\xbf", "\xfd\xbf\xbf\xbf\xbf"};
        for (qsizetype i = 0; i < lastMissing.size(); ++i)
            broken.emplace_back("6.14." + QByteArray::number(i + 1) + " the last is missing", lastMissing[i]);
        broken.emplace_back("6.15.1 of all", lastMissing.join());
        const QByteArrayList single{"\xed\xa0\x80", "\xed\xad\xbf", "\xed\xae\x80", "\xed\xaf\xbf",
                                    "\xed\xb0\x80", "\xed\xbe\x80", "\xed\xbf\xbf"};
        for (qsizetype i = 0; i < single.size(); ++i)
            broken.emplace_back("6.20." + QByteArray::number(i + 1) + " surrogate", single[i]);
        int pair = 0;
        for (const QByteArray &high : single.first(4)) {
            for (const QByteArray &low : {single[4], single[6]})
                broken.emplace_back("6.21." + QByteArray::number(++pair) + " pair of surrogates", high + low);
        }
        int nonCharacter = 0;
        for (char32_t plane = 0; plane <= 16; ++plane) {
            for (const char32_t last : {0xfffe, 0xffff})
                good.emplace_back("6.22." + QByteArray::number(++nonCharacter) + " no character",
                                  utf8((plane << 16) + last));
        }
        for (char32_t special = 0xfff9; special <= 0xffff; ++special)
            good.emplace_back("6.23." + QByteArray::number(special - 0xfff8) + " special", utf8(special));
        for (const auto &[name, bytes] : good)
            row(name.constData(), frame(kText, bytes) + still, {unknown, alive});
        for (const auto &[name, bytes] : broken)
            row(name.constData(), frame(kText, bytes) + still, {"close:1007"}, true);

        // 7 Closing.
        row("7.1.1 a message, then close", frame(kText, hello) + frame(kClose, status(1000)),
            {text(kAnswer), "close:1000"}, true);
        row("7.1.2 two closes", frame(kClose, status(1000)).repeated(2), {"close:1000"}, true);
        row("7.1.3 close, then ping", frame(kClose, status(1000)) + frame(kPing), {"close:1000"}, true);
        row("7.1.4 close, then text", frame(kClose, status(1000)) + frame(kText, hello), {"close:1000"}, true);
        row("7.1.5 close within a text", frame(kTextBegin, one) + frame(kClose, status(1000)) + frame(kEnd, two),
            {"close:1000"}, true);
        row("7.1.6 the largest message, close and ping",
            frame(kText, command(limits::kMessageBytes)) + frame(kClose, status(1000)) + frame(kPing),
            {text(kAnswer), "close:1000"}, true);
        // Autobahn's is of 256 KiB. That is more than we take, which its head tells.
        row("7.1.6 256 KiB", frame(kText, command(256 * 1024)).first(1024), {"close:1009"}, true);
        row("7.3.1 empty close", frame(kClose), {"close:"}, true);
        row("7.3.2 half a code", frame(kClose, "\x03"), {"close:1002"}, true);
        row("7.3.3 a code", frame(kClose, status(1000)), {"close:1000"}, true);
        row("7.3.4 a code and a reason", frame(kClose, status(1000) + "Hello World!"), {"close:1000"}, true);
        row("7.3.5 the longest reason", frame(kClose, status(1000) + QByteArray(123, '*')), {"close:1000"}, true);
        row("7.3.6 a longer one", frame(kClose, status(1000) + QByteArray(124, '*')), {"close:1002"}, true);
        row("7.5.1 a reason that is not UTF-8", frame(kClose, status(1000) + bad), {"close:1007"}, true);
        for (const int code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
            QTest::addRow("7.7.x code %d", code)
                << Row{frame(kClose, status(code)), {"close:" + QByteArray::number(code)}, true};
        for (const int code : {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535})
            QTest::addRow("7.9.x, 7.13.x code %d", code) << Row{frame(kClose, status(code)), {"close:1002"}, true};

        // Not Autobahn's, but the RFC's.
        row("5.1 of the RFC: no mask", QByteArray::fromHex("810470696e67") + still, {"close:1002"}, true);
        row("5.2 of the RFC: a length too long written", QByteArray::fromHex("81fe000400000000") + "ping",
            {"close:1002"}, true);
    }
    void conforms()
    {
        QFETCH(Row, row);
        talk(row, {row.sent});
        if (const QByteArrayList frames = inFrames(row.sent); frames.size() > 1)
            talk(row, frames);
        talk(row, inBytes(row.sent));
    }

private:
    /// Sends a row in portions, each a packet of its own, and looks at what comes back.
    void talk(const Row &row, const QByteArrayList &portions)
    {
        RawClient client(m_fixture->port);
        client.socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        client.send(RawClient::handshake(m_fixture->port));
        QTRY_VERIFY(client.received.contains("full_state"));
        for (const QByteArray &portion : portions) {
            if (client.isClosed())
                break; // it has seen enough
            client.send(portion);
            QCoreApplication::processEvents(); // the server reads this portion by itself
        }
        QTRY_VERIFY2(isAsExpected(framesOf(client.received), row.expected),
                     framesOf(client.received).join('\n').left(300).constData());
        if (row.closes) {
            QTRY_VERIFY(client.isClosed());
            QVERIFY(isAsExpected(framesOf(client.received), row.expected)); // nothing followed
        } else {
            QVERIFY(!client.isClosed());
            client.send(frame(kClose, status(1000)));
            QTRY_VERIFY(client.isClosed());
            QCOMPARE(framesOf(client.received).last(), "close:1000");
        }
    }

    std::unique_ptr<ServerFixture> m_fixture;
};

int main(int argc, char **argv)
{
    return runOnServerLoop<TestAutobahn>(argc, argv);
}

#include "tst_autobahn.moc"
