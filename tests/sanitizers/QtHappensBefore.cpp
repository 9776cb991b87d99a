// Tells ThreadSanitizer what Qt's event queue orders.
//
// Distributions build Qt without ThreadSanitizer, and its queue is guarded by mutexes that are inlined atomics: the
// sanitizer sees memory written on one thread and read on another with nothing in between, and reports every queued
// signal as a race. This library is preloaded into instrumented programs (see README.md). It stands before the
// functions through which our code and Qt's other libraries post events and end threads, and is told of each delivery:
// so what happened before an event was posted is known to have happened before it was delivered.
//
// All posts and deliveries share one point of order. A race therefore goes unseen in a run where an unrelated event
// passes between the two threads just then; it does not in the next.

#include <QCoreApplication>
#include <QEvent>
#include <QObject>
#include <QThread>
#include <QThreadStorage>

#include <dlfcn.h>
#include <sched.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>

// Only there in an instrumented program: whatever starts one, ctest say, gets this library, too.
extern "C" {
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));
}

namespace {

char order; // its address is the point of order

void acquire()
{
    if (__tsan_acquire)
        __tsan_acquire(&order);
}

void release()
{
    if (__tsan_release)
        __tsan_release(&order);
}

/// The next definition of a function after ours: Qt's.
template <class Function>
Function next(const char *mangledName)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, mangledName));
}

/// A thread's last word. Qt destroys it when the thread is over and all objects that lived there are gone.
struct Farewell {
    ~Farewell() { release(); }
};

/// Makes sure that the calling thread will say farewell.
void awaitFarewell()
{
    static QThreadStorage<Farewell> farewells;
    farewells.localData();
}

/// Whether a thread is posting. Threads beyond the number of places go unwatched.
struct Place {
    std::atomic<bool> isTaken = false;
    std::atomic<quint64> serial = 0;  ///< odd while its thread posts
    std::atomic<quint64> givenUp = 0; ///< a serial that nobody waits for any more
};

std::array<Place, 256> places;
std::atomic<std::size_t> placesUsed = 0; ///< all that were ever taken lie before this one

class OwnPlace
{
public:
    OwnPlace()
    {
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (places[i].isTaken.exchange(true))
                continue;
            m_place = &places[i];
            std::size_t used = placesUsed;
            while (used <= i && !placesUsed.compare_exchange_weak(used, i + 1)) {
            }
            return;
        }
    }

    ~OwnPlace()
    {
        if (m_place)
            m_place->isTaken = false;
    }

    OwnPlace(const OwnPlace &) = delete;
    OwnPlace &operator=(const OwnPlace &) = delete;

    [[nodiscard]] const Place *place() const { return m_place; }

    void enter()
    {
        if (m_depth++ == 0 && m_place)
            ++m_place->serial;
    }

    void leave()
    {
        if (--m_depth == 0 && m_place)
            ++m_place->serial;
    }

private:
    Place *m_place = nullptr;
    int m_depth = 0;
};

thread_local OwnPlace own;

/// Around a call that may post events. A signal's arguments are copied within that call, hence the second release.
class Posting
{
public:
    Posting()
    {
        release();
        own.enter();
    }

    ~Posting()
    {
        release();
        own.leave();
    }

    Posting(const Posting &) = delete;
    Posting &operator=(const Posting &) = delete;
};

/// An event can be delivered before its poster has come to its second release: wait for that. But only once, and not
/// for ever, for a poster that is busy with slots it calls directly.
void waitForPosters()
{
    using namespace std::chrono_literals;
    const auto deadline = std::chrono::steady_clock::now() + 2s;
    for (std::size_t i = 0; i < placesUsed; ++i) {
        Place &place = places[i];
        const quint64 serial = place.serial;
        if (serial % 2 == 0 || &place == own.place())
            continue;
        while (place.serial == serial && place.givenUp != serial) {
            sched_yield();
            if (std::chrono::steady_clock::now() > deadline)
                place.givenUp = serial;
        }
    }
}

/// One thread at a time, which may come again while it is there. Nobody waits for ever: who destroys an object may wait
/// for a thread that wants to destroy one, too.
class Turn
{
public:
    Turn()
    {
        using namespace std::chrono_literals;
        const auto deadline = std::chrono::steady_clock::now() + 2s;
        const OwnPlace *nobody = nullptr;
        while (holder != &own && !holder.compare_exchange_weak(nobody, &own)) {
            if (std::chrono::steady_clock::now() > deadline)
                return;
            nobody = nullptr;
            sched_yield();
        }
        m_isHeld = true;
        ++depth;
    }

    ~Turn()
    {
        if (m_isHeld && --depth == 0)
            holder = nullptr;
    }

    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;

private:
    static inline std::atomic<const OwnPlace *> holder = nullptr; ///< a thread, by what every thread has one of
    static inline int depth = 0;                                  ///< of the holder alone

    bool m_isHeld = false;
};

bool onDelivery(void **data)
{
    awaitFarewell();
    const auto *event = static_cast<const QEvent *>(data[1]);
    if (event->type() == QEvent::MetaCall || event->type() == QEvent::DeferredDelete) {
        waitForPosters();
        acquire();
    }
    return false; // not handled: Qt goes on with it
}

[[gnu::constructor]] void registerForDelivery()
{
    QInternal::registerCallback(QInternal::EventNotifyCallback, onDelivery);
}

} // namespace

void QMetaObject::activate(QObject *sender, const QMetaObject *object, int signal, void **arguments)
{
    static const auto real =
        next<void (*)(QObject *, const QMetaObject *, int, void **)>("_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");
    const Posting posting;
    real(sender, object, signal, arguments);
}

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type,
                                   void *result)
{
    static const auto real = next<bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *)>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    if (type == Qt::BlockingQueuedConnection) { // the receiver must not wait for who waits for it
        release();
        const bool isDone = real(object, slot, type, result);
        acquire();
        return isDone;
    }
    const Posting posting;
    return real(object, slot, type, result);
}

void QCoreApplication::postEvent(QObject *receiver, QEvent *event, int priority)
{
    static const auto real =
        next<void (*)(QObject *, QEvent *, int)>("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    const Posting posting;
    real(receiver, event, priority);
}

void QObject::deleteLater()
{
    static const auto real = next<void (*)(QObject *)>("_ZN7QObject11deleteLaterEv");
    const Posting posting;
    real(this);
}

void QThread::quit()
{
    static const auto real = next<void (*)(QThread *)>("_ZN7QThread4quitEv");
    const Posting posting;
    real(this);
}

void QThread::exit(int code)
{
    static const auto real = next<void (*)(QThread *, int)>("_ZN7QThread4exitEi");
    const Posting posting;
    real(this, code);
}

// QObject's destructor, as a base and on its own: it throws away the events that were posted to the object and not
// delivered, with their arguments; and what connected it with other objects, whose destructors may do the same just
// then.
extern "C" void destroyBaseQObject(QObject *object) asm("_ZN7QObjectD2Ev");
extern "C" void destroyWholeQObject(QObject *object) asm("_ZN7QObjectD1Ev");

void destroyBaseQObject(QObject *object)
{
    static const auto real = next<void (*)(QObject *)>("_ZN7QObjectD2Ev");
    awaitFarewell();
    const Turn turn;
    waitForPosters();
    acquire();
    real(object);
    release();
}

void destroyWholeQObject(QObject *object)
{
    destroyBaseQObject(object); // they differ only for classes with virtual bases
}

bool QThread::wait(QDeadlineTimer deadline)
{
    static const auto real = next<bool (*)(QThread *, QDeadlineTimer)>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool isOver = real(this, deadline);
    if (isOver)
        acquire(); // the Farewell
    return isOver;
}

bool QThread::isFinished() const
{
    static const auto real = next<bool (*)(const QThread *)>("_ZNK7QThread10isFinishedEv");
    const bool isOver = real(this);
    if (isOver)
        acquire(); // the Farewell
    return isOver;
}
