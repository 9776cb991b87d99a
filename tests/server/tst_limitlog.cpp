#include "server/LimitLog.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Every line that is not foreseen fails the test (failOnWarning), and so does one that is missing.
class TestLimitLog : public QObject
{
    Q_OBJECT

    const LimitLog::Clock::time_point m_start = LimitLog::Clock::now();

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void theFirstTimeIsToldAtOnce()
    {
        LimitLog log;
        QTest::ignoreMessage(QtWarningMsg, "limit reached: connections, 10.0.0.7 has to wait");
        log.reached(Limit::Connections, u"10.0.0.7 has to wait"_s, m_start);
        QCOMPARE(log.count(Limit::Connections), 1U);
        QCOMPARE(log.count(Limit::Viewers), 0U);
    }

    void aFloodIsALineASecond()
    {
        LimitLog log;
        QTest::ignoreMessage(QtWarningMsg, "limit reached: connections, a");
        for (int i = 0; i < 500; ++i)
            log.reached(Limit::Connections, u"a"_s, m_start + i * 1ms);
        QTest::ignoreMessage(QtWarningMsg, "limit reached: connections, b (500 times since the last such line)");
        log.reached(Limit::Connections, u"b"_s, m_start + 1s);
        QTest::ignoreMessage(QtWarningMsg, "limit reached: connections, c");
        log.reached(Limit::Connections, u"c"_s, m_start + 5s);
        QCOMPARE(log.count(Limit::Connections), 502U);
    }

    void theProtocolNamesAllLimits()
    {
        QFile file(QStringLiteral(CONWAY_PROTOCOL));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString document = QString::fromUtf8(file.readAll());
        const QString table = document.section(u"| `limit` | "_s, 1).section(u"\n\n"_s, 0, 0);
        static const QRegularExpression kFirstCell(u"^\\|[^|]*"_s, QRegularExpression::MultilineOption);
        static const QRegularExpression kName(u"`([a-z_]+)`"_s);
        QStringList told;
        for (const auto &cell : kFirstCell.globalMatch(table)) {
            for (const auto &name : kName.globalMatch(cell.captured()))
                told.append(name.captured(1));
        }
        QStringList all;
        for (const QLatin1StringView name : kLimitNames)
            all.append(name);
        QVERIFY(std::ranges::is_sorted(all)); // like the limits that they name
        QCOMPARE(toString(Limit::JsonCells), "json_cells"_L1);
        told.sort();
        all.sort();
        QCOMPARE(told, all);
    }

    void limitsDoNotSilenceEachOther()
    {
        LimitLog log;
        QTest::ignoreMessage(QtWarningMsg, "limit reached: connections, a");
        QTest::ignoreMessage(QtWarningMsg, "limit reached: message_bytes, b");
        log.reached(Limit::Connections, u"a"_s, m_start);
        log.reached(Limit::MessageBytes, u"b"_s, m_start);
        log.reached(Limit::Connections, u"a"_s, m_start);
        QCOMPARE(log.entries().size(), 2);
    }
};

QTEST_APPLESS_MAIN(TestLimitLog)
#include "tst_limitlog.moc"
