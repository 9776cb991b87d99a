// Proves that ThreadSanitizer, with all that tests/sanitizers tells it about Qt, still sees what is wrong and only
// that.
//
//   sanitizer-canary race     reads an engine from a thread it does not live on: must be reported
//   sanitizer-canary order    hands values from thread to thread by queued signals and calls: must not be
//   sanitizer-canary end      ends two threads whose objects are connected at one time: must not be

#include "core/ConwayEngine.h"

#include <QCoreApplication>
#include <QThread>

#include <cstdio>
#include <cstring>
#include <memory>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRounds = 200;

/// An engine on a thread of its own, as in the application.
class EngineOnThread
{
public:
    EngineOnThread()
        : m_engine(new ConwayEngine({gliderUniverse(8, 8), Rule{}}, ConwayEngine::kMinInterval))
    {
        m_engine->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_engine, &QObject::deleteLater);
        m_thread.start();
    }

    ~EngineOnThread()
    {
        quit();
        m_thread.wait();
    }

    void quit() { m_thread.quit(); }

    Q_DISABLE_COPY_MOVE(EngineOnThread)

    [[nodiscard]] ConwayEngine *engine() const { return m_engine; }

private:
    QThread m_thread;
    ConwayEngine *m_engine;
};

void race()
{
    const EngineOnThread thread;
    ConwayEngine *const engine = thread.engine();
    QMetaObject::invokeMethod(
        engine, [engine] { engine->start(u"canary"_s); }, Qt::QueuedConnection);
    quint64 seen = 0;
    while (seen < 5)
        seen = engine->frame()->tick; // while the engine replaces that very pointer
}

void order()
{
    int frames = 0;
    int states = 0;
    qint64 population = 0;
    const QObject here;
    const EngineOnThread thread; // ends first
    ConwayEngine *const engine = thread.engine();
    QObject::connect(engine, &ConwayEngine::published, &here, [&](const FramePtr &frame) {
        ++frames;
        population += frame->population;
    });
    QObject::connect(engine, &ConwayEngine::stateChanged, &here,
                     [&](const EngineState &state) { states += state.by.isEmpty() ? 0 : 1; });
    for (int i = 0; i < kRounds; ++i) {
        auto cells = std::make_unique<QList<CellEdit>>();
        cells->append({i % 8, i / 8 % 8, true});
        QMetaObject::invokeMethod(
            engine,
            [engine, given = std::shared_ptr(std::move(cells))] {
                engine->edit(*given, u"canary"_s);
                engine->step(u"canary"_s);
            },
            Qt::QueuedConnection);
    }
    while (frames < kRounds || states == 0)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    std::printf("%d frames, %d states, %lld cells\n", frames, states, static_cast<long long>(population));
}

void end()
{
    for (int i = 0; i < kRounds; ++i) {
        EngineOnThread one;
        EngineOnThread other;
        for (int connections = 0; connections < kRounds; ++connections) {
            QObject::connect(one.engine(), &ConwayEngine::stateChanged, other.engine(), [] {});
            QObject::connect(other.engine(), &ConwayEngine::stateChanged, one.engine(), [] {});
        }
        one.quit();
        other.quit();
    }
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    qRegisterMetaType<FramePtr>();
    qRegisterMetaType<EngineState>();
    if (argc == 2 && std::strcmp(argv[1], "race") == 0)
        race();
    else if (argc == 2 && std::strcmp(argv[1], "order") == 0)
        order();
    else if (argc == 2 && std::strcmp(argv[1], "end") == 0)
        end();
    else
        return 2;
    return 0;
}
