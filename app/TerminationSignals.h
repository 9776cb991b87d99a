#pragma once

#include <QObject>

namespace conway {

/// The system's wish that this process ends: SIGINT, SIGTERM and SIGHUP (the terminal is gone), or on Windows Ctrl+C,
/// Ctrl+Break, a closed console, log-off, shutdown, and taskkill without /F. It may come more than once. One object in
/// a process, on the main thread.
class TerminationSignals : public QObject
{
    Q_OBJECT

public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

Q_SIGNALS:
    void received();
};

} // namespace conway
