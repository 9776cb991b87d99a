#include "server/AddressWatch.h"

#include <QSignalSpy>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestAddressWatch : public QObject
{
    Q_OBJECT

    const QStringList m_home{u"http://192.168.1.5:8000/"_s};
    const QStringList m_school{u"http://10.1.2.3:8000/"_s};

private Q_SLOTS:
    void tellsAChangeOnce()
    {
        AddressWatch watch(1ms);
        const QSignalSpy changed(&watch, &AddressWatch::changed);
        QStringList addresses = m_home;
        int asked = 0;
        const QStringList first = watch.watch([&] {
            ++asked;
            return addresses;
        });
        QCOMPARE(first, m_home);
        QTRY_VERIFY(asked >= 5);
        QCOMPARE(changed.count(), 0);

        addresses = m_school;
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().toStringList(), m_school);
        const int before = asked;
        QTRY_VERIFY(asked >= before + 5);
        QCOMPARE(changed.count(), 1);

        addresses = m_home;
        QTRY_COMPARE(changed.count(), 2);
        QCOMPARE(changed.last().first().toStringList(), m_home);
    }

    void isSilentOnceStopped()
    {
        AddressWatch watch(1ms);
        int asked = 0;
        watch.watch([&] {
            ++asked;
            return m_home;
        });
        watch.stop();
        AddressWatch other(1ms);
        int askedOther = 0;
        other.watch([&] {
            ++askedOther;
            return m_home;
        });
        QTRY_VERIFY(askedOther >= 10);
        QCOMPARE(asked, 1);
    }
};

QTEST_GUILESS_MAIN(TestAddressWatch)
#include "tst_addresswatch.moc"
