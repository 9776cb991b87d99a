#include "server/DirectSend.h"
#include "tests/server/SocketPair.h"

#include <QList>

#include <memory>

using namespace conway;

/// Sending past QTcpSocket, on a real connection.
class TestDirectSend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_pair = std::make_unique<SocketPair>();
        QVERIFY(m_pair->writer);
    }

    void piecesArriveInOrder_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("none") << 0;
        QTest::newRow("one") << 1;
        QTest::newRow("a call's worth") << 64;
        QTest::newRow("one more") << 65;
        QTest::newRow("many") << 1'000;
    }
    void piecesArriveInOrder()
    {
        QFETCH(int, count);
        QList<QByteArray> pieces;
        for (int i = 0; i < count; ++i)
            pieces.append(i % 7 == 3 ? QByteArray() : QByteArray::number(i) + ' ');
        const QByteArray all = pieces.join();
        QCOMPARE(sendDirectly(m_pair->writer->socketDescriptor(), pieces), all.size());
        QByteArray received;
        QTRY_COMPARE((received += m_pair->reader.readAll()).size(), all.size());
        QCOMPARE(received, all);
    }

    void whatTheKernelHasNoRoomForIsLeft()
    {
        m_pair->reader.setReadBufferSize(1);
        const QList<QByteArray> pieces(100, QByteArray(1'000'000, 'x'));
        qsizetype sent = sendDirectly(m_pair->writer->socketDescriptor(), pieces);
        QVERIFY(sent > 0);
        QVERIFY(sent < 100'000'000);
        // While the kernel moves bytes from one end to the other it may take a few more.
        while (const qsizetype more = sendDirectly(m_pair->writer->socketDescriptor(), {&pieces.first(), 1}))
            sent += more;
        // Nothing was taken that is not told of.
        m_pair->reader.setReadBufferSize(0);
        qsizetype received = 0;
        QTRY_COMPARE(received += m_pair->reader.readAll().size(), sent);
    }

    void aPeerThatIsGoneIsNoSignal()
    {
        m_pair->reader.abort();
        const QByteArray piece("x");
        QTRY_COMPARE(sendDirectly(m_pair->writer->socketDescriptor(), {&piece, 1}), 0);
        // And QTcpSocket learns of it all the same.
        QTRY_COMPARE(m_pair->writer->state(), QAbstractSocket::UnconnectedState);
    }

private:
    std::unique_ptr<SocketPair> m_pair;
};

QTEST_GUILESS_MAIN(TestDirectSend)
#include "tst_directsend.moc"
