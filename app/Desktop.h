#pragma once

#include "app/Application.h"
#include "app/Settings.h"
#include "core/FrameMailbox.h"
#include "ui/MainWindow.h"

#include <QObject>

namespace conway {

/// The window's connection to the application: brings frames, states and figures to it in the window's own words, and
/// carries the user's wishes back. Main thread.
class Desktop : public QObject
{
    Q_OBJECT

public:
    /// Both outlive this.
    Desktop(Application &application, Settings &settings, QObject *parent = nullptr);
    ~Desktop() override;

    void show(bool minimized);

    [[nodiscard]] MainWindow &window() { return m_window; }

private:
    void onListening(const ListenAddress &address);
    void onListenFailed(const ListenFailure &failure);
    void onShadowed(quint16 port);
    void onListenRequested(quint16 port);

    Application &m_application;
    Settings &m_settings;
    MainWindow m_window;
    FrameMailbox m_mailbox; ///< from the engine to the window
    NetworkStatus m_network;
    quint16 m_requestedPort = 0; ///< the port the user chose, until it is known to work
};

} // namespace conway
