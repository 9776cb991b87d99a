#include "core/ConwayEngine.h"
#include "core/FrameMailbox.h"
#include "core/Soup.h"
#include "server/ProcessUsage.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <cstdio>

// conway-memory [SIDE]: what a running universe takes, 16384x16384 and an active soup unless told otherwise. The engine
// races on its own thread for 600 generations; one reader on another holds the newest frame, and while the next one
// comes both, as the server does. The whole process counts, Qt included.

using namespace conway;

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const int side = argc > 1 ? std::clamp(QByteArray(argv[1]).toInt(), 1, CellGrid::kMaxSide) : 16384;
    constexpr quint64 kGenerations = 600;

    auto *engine = new ConwayEngine({Soup{Soup::kFull / 3, 1}.universe(side, side), Rule()}, ConwayEngine::kTurbo);
    QThread thread;
    engine->moveToThread(&thread);
    QObject::connect(&thread, &QThread::finished, engine, &QObject::deleteLater);

    FrameMailbox mailbox;
    FramePtr held = engine->frame();
    qint64 most = 0;
    int frames = 0;
    QObject::connect(engine, &ConwayEngine::published, &mailbox, &FrameMailbox::post, Qt::DirectConnection);
    QObject::connect(
        &mailbox, &FrameMailbox::arrived, &mailbox,
        [&] {
            const FramePtr next = mailbox.take();
            most = std::max(most, processUsage().residentBytes);
            ++frames;
            held = next;
            if (held->generation >= kGenerations)
                QCoreApplication::quit();
        },
        Qt::QueuedConnection);

    QObject::connect(&thread, &QThread::started, engine, [engine] { engine->start(QStringLiteral("bench")); });
    thread.start();
    QCoreApplication::exec();
    thread.quit();
    thread.wait();
    std::printf("%dx%d, %llu generations in %d frames, one reader: at most %.1f MB resident\n", side, side,
                static_cast<unsigned long long>(held->generation), frames, static_cast<double>(most) / 1e6);
    return 0;
}
