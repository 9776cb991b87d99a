#include "server/Outlet.h"
#include "tests/server/SocketPair.h"

#include <memory>
#include <optional>

using namespace conway;

/// The way out of a socket, on a real connection.
class TestOutlet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_pair.reset(); // it tells the outlet of its end
        m_outlet.reset();
        m_pair = std::make_unique<SocketPair>();
        QVERIFY(m_pair->writer);
        m_unsentInAll = 0;
        m_outlet.emplace(*m_pair->writer, m_unsentInAll);
        connect(m_pair->writer, &QTcpSocket::stateChanged, m_pair->writer, [this] { m_outlet->refresh(); });
        connect(m_pair->writer, &QTcpSocket::bytesWritten, m_pair->writer, [this] { m_outlet->refresh(); });
    }
    void cleanupTestCase()
    {
        m_pair.reset();
        m_outlet.reset();
    }

    void nothingWaitsWhereTheKernelHasRoom()
    {
        const QList<QByteArray> pieces{"one ", "", "two ", "three"};
        QCOMPARE(m_outlet->send(pieces), 13);
        QCOMPARE(m_outlet->unsent(), 0);
        QCOMPARE(m_pair->writer->bytesToWrite(), 0);
        QByteArray received;
        QTRY_COMPARE((received += m_pair->reader.readAll()), "one two three");
    }

    void whatTheKernelDoesNotTakeWaitsAndKeepsItsPlace()
    {
        m_pair->reader.setReadBufferSize(1);
        QByteArray all;
        qsizetype sent = 0;
        for (int i = 0; m_outlet->unsent() < 2'000'000; ++i) {
            QVERIFY(i < 1'000);
            // Small ones and such as QTcpSocket shares, each unlike its neighbours.
            const QList<QByteArray> pieces{QByteArray::number(i), QByteArray(100'000, static_cast<char>('a' + i % 26)),
                                           "|"};
            sent += m_outlet->send(pieces);
            all += pieces.join();
        }
        QCOMPARE(sent, all.size());
        QCOMPARE(m_outlet->unsent(), m_pair->writer->bytesToWrite());
        QCOMPARE(m_unsentInAll, m_outlet->unsent());

        m_pair->reader.setReadBufferSize(0);
        QByteArray received;
        QTRY_COMPARE((received += m_pair->reader.readAll()).size(), all.size());
        QVERIFY(received == all);
        QCOMPARE(m_outlet->unsent(), 0);
        QCOMPARE(m_unsentInAll, 0);
        const QByteArray last("and directly again");
        QCOMPARE(m_outlet->send({&last, 1}), last.size());
        QCOMPARE(m_pair->writer->bytesToWrite(), 0);
        received.clear();
        QTRY_COMPARE(received += m_pair->reader.readAll(), last);
    }

    void whatWaitsInAllIsCountedOnce()
    {
        m_pair->reader.setReadBufferSize(1);
        const QByteArray much(10'000'000, 'x');
        m_outlet->send({&much, 1});
        QVERIFY(m_unsentInAll > 0);
        m_unsentInAll += 5; // another's
        m_pair->writer->abort();
        QCOMPARE(m_unsentInAll, 5);
        m_outlet.reset();
        QCOMPARE(m_unsentInAll, 5);
    }

    void whoGoesTakesItsCountAlong()
    {
        m_pair->reader.setReadBufferSize(1);
        const QByteArray much(10'000'000, 'x');
        m_outlet->send({&much, 1});
        m_unsentInAll += 5;
        m_pair->writer->disconnect();
        m_outlet.reset();
        QCOMPARE(m_unsentInAll, 5);
    }

    void whatIsOverTakesNothing()
    {
        m_pair->writer->abort();
        const QByteArray piece("x");
        QCOMPARE(m_outlet->send({&piece, 1}), 0);
        QCOMPARE(m_outlet->unsent(), 0);
    }

    void sendingFindsOutThatThePeerIsGone()
    {
        m_pair->reader.abort();
        const QByteArray piece("x");
        QTRY_COMPARE(m_outlet->send({&piece, 1}), 0);
        QCOMPARE(m_pair->writer->state(), QAbstractSocket::UnconnectedState);
    }

private:
    qint64 m_unsentInAll = 0;
    std::unique_ptr<SocketPair> m_pair;
    std::optional<Outlet> m_outlet;
};

QTEST_GUILESS_MAIN(TestOutlet)
#include "tst_outlet.moc"
