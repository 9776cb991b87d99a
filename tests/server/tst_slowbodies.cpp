#include "server/Limits.h"
#include "server/SlowBodies.h"

#include <QSemaphore>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

/// The other thread waits at a semaphore wherever a test needs something to be unfinished.
class TestSlowBodies : public QObject
{
    Q_OBJECT

    ServerCounters m_counters;

private Q_SLOTS:
    void init()
    {
        m_counters = {};
        QTest::failOnWarning(QRegularExpression(u"."_s));
    }

    void aBodyIsMadeElsewhere()
    {
        SlowBodies slow(m_counters);
        QThread *maker = nullptr;
        const SlowBodyPtr body = slow.ask("a", [&maker] {
            maker = QThread::currentThread();
            return QByteArray("made");
        });
        QVERIFY(!body->isMade());
        QTRY_VERIFY(body->isMade());
        QCOMPARE(body->bytes(), QByteArray("made"));
        QVERIFY(maker && maker != QThread::currentThread());
    }

    void whatIsAskedForTwiceIsMadeOnce()
    {
        SlowBodies slow(m_counters);
        int made = 0;
        const auto make = [&made] { return QByteArray::number(++made); };
        const SlowBodyPtr first = slow.ask("a", make);
        QCOMPARE(slow.ask("a", make), first); // while it is being made
        QTRY_VERIFY(first->isMade());
        QCOMPARE(slow.ask("a", make), first); // and afterwards
        const SlowBodyPtr other = slow.ask("b", make);
        QTRY_VERIFY(other->isMade());
        QCOMPARE(made, 2);
    }

    void aNewFrameForgetsWhatNobodyHolds()
    {
        SlowBodies slow(m_counters);
        std::weak_ptr<SlowBody> known;
        {
            const SlowBodyPtr body = slow.ask("a", [] { return QByteArray("made"); });
            known = body;
            QTRY_VERIFY(body->isMade());
            slow.forget();
            QVERIFY(!known.expired());
            QCOMPARE(slow.ask("a", [] { return QByteArray(); }), body); // still to be had for nothing
        }
        QVERIFY(!known.expired());
        slow.forget();
        QVERIFY(known.expired());
    }

    void onlySoManyAreUnderWay()
    {
        QSemaphore gate;
        SlowBodies slow(m_counters);
        const auto make = [&gate] {
            gate.acquire();
            return QByteArray("made");
        };
        QList<SlowBodyPtr> bodies;
        for (int i = 0; i < limits::kSlowBodies; ++i)
            bodies.append(slow.ask(QByteArray::number(i), make));
        QVERIFY(!bodies.contains(nullptr));
        QTest::ignoreMessage(QtWarningMsg, "limit reached: slow_bodies, one more is asked for");
        QVERIFY(!slow.ask("one more", make));
        QCOMPARE(m_counters.limits.count(Limit::SlowBodies), 1U);
        QCOMPARE(slow.ask("0", make), bodies[0]); // no more work
        gate.release(limits::kSlowBodies + 1);
        QTRY_VERIFY(std::all_of(bodies.begin(), bodies.end(), [](const SlowBodyPtr &body) { return body->isMade(); }));
        QVERIFY(slow.ask("one more", make));
    }

    void onlySoMuchIsHeldForSlowReaders()
    {
        SlowBodies slow(m_counters);
        // One array, counted for each of its bodies.
        const QByteArray half(limits::kSlowBodyBytes / 2 + 1, 'x');
        const auto make = [half] { return half; };
        SlowBodyPtr first = slow.ask("a", make);
        SlowBodyPtr second = slow.ask("b", make);
        QTRY_VERIFY(first->isMade() && second->isMade());
        QTest::ignoreMessage(
            QtWarningMsg, qPrintable(u"limit reached: slow_body_bytes, %1 are not taken yet"_s.arg(2 * half.size())));
        QVERIFY(!slow.ask("c", make));
        QCOMPARE(m_counters.limits.count(Limit::SlowBodyBytes), 1U);
        first.reset(); // its last byte is gone
        QVERIFY(slow.ask("c", make));
    }

    void onlySoManyAreKept()
    {
        SlowBodies slow(m_counters);
        QList<std::weak_ptr<SlowBody>> bodies;
        for (int i = 0; i < limits::kSlowBodiesKept + 2; ++i) {
            const SlowBodyPtr body = slow.ask(QByteArray::number(i), [] { return QByteArray("made"); });
            bodies.append(body);
            QTRY_VERIFY(body->isMade());
        }
        QVERIFY(bodies[0].expired());
        QVERIFY(!bodies[1].expired() && !bodies.constLast().expired());
    }

    void itsEndWaitsForWhatIsUnderWay()
    {
        QSemaphore begun;
        bool ended = false;
        SlowBodyPtr unfinished;
        SlowBodyPtr unbegun;
        {
            SlowBodies slow(m_counters);
            unfinished = slow.ask("a", [&] {
                begun.release();
                QThread::yieldCurrentThread();
                ended = true;
                return QByteArray();
            });
            unbegun = slow.ask("b", [] { return QByteArray("made"); });
            begun.acquire();
        }
        QVERIFY(ended);
        QVERIFY(!unfinished->isMade() && !unbegun->isMade());
    }
};

QTEST_GUILESS_MAIN(TestSlowBodies)
#include "tst_slowbodies.moc"
