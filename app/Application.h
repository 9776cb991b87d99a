#pragma once

#include "core/ConwayEngine.h"
#include "core/FrameMailbox.h"
#include "server/Server.h"

#include <QObject>
#include <QThread>

namespace conway {

/// The universe and its server, each on a thread of its own, wired to each other. The window, if there is one, is a
/// third party that Desktop connects. Lives on the main thread, which never waits for the other two until the end.
class Application : public QObject
{
    Q_OBJECT

public:
    /// `historyBudget` in bytes: see ConwayEngine.
    Application(const Universe &universe, int intervalMs, const ServerConfig &config,
                qint64 historyBudget = History::kDefaultBudget, QObject *parent = nullptr);
    ~Application() override;

    /// Begins to listen and, unless `stopped`, to run.
    void start(bool stopped);

    /// The universe before the engine's thread began; what follows comes with its signals.
    [[nodiscard]] const FramePtr &firstFrame() const { return m_firstFrame; }
    [[nodiscard]] const EngineState &firstState() const { return m_firstState; }
    /// Who may operate at first, with the PIN if there is one; what follows comes with the server's signals.
    [[nodiscard]] const AccessSetting &firstAccess() const { return m_firstAccess; }

    /// To connect to only: both live on other threads.
    [[nodiscard]] ConwayEngine *engine() const { return m_engine; }
    [[nodiscard]] Server *server() const { return m_server; }

    /// Ends both threads and waits for them, without a word to the viewers. Afterwards nothing is emitted any more.
    void join();

public Q_SLOTS:
    void listen(quint16 port);
    void execute(const conway::Command &command);
    void setAccess(const conway::AccessSetting &access);

    /// Closes the server, then stops both threads; ended() follows when every viewer had its Close frame, or its time.
    void end();

Q_SIGNALS:
    void ended();

private:
    QThread m_engineThread;
    QThread m_serverThread;
    FrameMailbox m_mailbox; ///< from the engine to the server
    ConwayEngine *m_engine; ///< these two are deleted by the end of their threads
    Server *m_server;
    FramePtr m_firstFrame;
    EngineState m_firstState;
    AccessSetting m_firstAccess;
    bool m_ending = false;
};

} // namespace conway
