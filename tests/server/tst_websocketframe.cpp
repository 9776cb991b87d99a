#include "server/WebSocketFrame.h"

#include <QTest>

using namespace conway;

class TestWebSocketFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesCarryTheirLength_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("0") << 0 << QByteArray::fromHex("8100");
        QTest::newRow("125") << 125 << QByteArray::fromHex("817d");
        QTest::newRow("126") << 126 << QByteArray::fromHex("817e007e");
        QTest::newRow("65535") << 65'535 << QByteArray::fromHex("817effff");
        QTest::newRow("65536") << 65'536 << QByteArray::fromHex("817f0000000000010000");
    }
    void framesCarryTheirLength()
    {
        QFETCH(int, length);
        QFETCH(QByteArray, head);
        const QByteArray payload(length, 'x');
        QCOMPARE(textFrame(payload), head + payload);
    }

    void headsTellTheLength_data()
    {
        QTest::addColumn<qsizetype>("payload");
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("0") << qsizetype{0} << QByteArray::fromHex("8200");
        QTest::newRow("125") << qsizetype{125} << QByteArray::fromHex("827d");
        QTest::newRow("126") << qsizetype{126} << QByteArray::fromHex("827e007e");
        QTest::newRow("65535") << qsizetype{0xffff} << QByteArray::fromHex("827effff");
        QTest::newRow("65536") << qsizetype{0x10000} << QByteArray::fromHex("827f0000000000010000");
    }
    void headsTellTheLength()
    {
        QFETCH(qsizetype, payload);
        QFETCH(QByteArray, head);
        QCOMPARE(binaryFrameHead(payload), head);
    }
};

QTEST_APPLESS_MAIN(TestWebSocketFrame)
#include "tst_websocketframe.moc"
