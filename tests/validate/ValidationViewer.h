#pragma once

#include "tests/validate/Faults.h"
#include "tests/validate/Samples.h"
#include "tests/validate/TickTiming.h"
#include "tests/validate/UniverseCopy.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QUrl>
#include <QWebSocket>

#include <chrono>

namespace conway::validate {

/// One viewer as a person's browser would be one: keeps its copy of the universe, checks every message, and notes when
/// and how large it came.
class ValidationViewer : public QObject
{
    Q_OBJECT

public:
    /// What a viewer measured until now.
    struct Figures {
        qint64 messages = 0;
        qint64 bytes = 0; ///< payload, without frame headers
        Samples deltaBytes;
        Samples roundTripMs;
        qint64 pingsSent = 0;
        qint64 barePongs = 0;
    };

    /// `name` as it appears in faults, which are added to `faults`; that must outlive the viewer.
    ValidationViewer(QString name, Faults &faults, QObject *parent = nullptr);
    ~ValidationViewer() override;

    void open(const QUrl &url);
    void sayHello();
    /// Asks for a pong that is told apart by its number, and timed.
    void ping();
    /// The brief's bare word.
    void pingBare();
    /// From now on the end of the connection is no fault.
    void expectEnd() { m_endExpected = true; }

    [[nodiscard]] bool hasFullState() const { return !m_copy.isEmpty(); }
    [[nodiscard]] bool isLost() const { return m_isLost; }
    [[nodiscard]] const QString &lossReason() const { return m_lossReason; }
    [[nodiscard]] int closeCode() const { return m_socket.closeCode(); }
    [[nodiscard]] qint64 unansweredPings() const { return m_pending.size(); }

    [[nodiscard]] UniverseCopy &copy() { return m_copy; }
    [[nodiscard]] const UniverseCopy &copy() const { return m_copy; }
    [[nodiscard]] TickTiming &timing() { return m_timing; }
    [[nodiscard]] const TickTiming &timing() const { return m_timing; }
    [[nodiscard]] const Figures &figures() const { return m_figures; }

Q_SIGNALS:
    /// The answer to sayHello().
    void greeted(const QJsonObject &hello);
    /// An event `state`, which only who said hello gets.
    void stateChanged(const QJsonObject &state);

private:
    using Time = std::chrono::steady_clock::time_point;

    void onText(const QString &text);
    void onUniverse(const QJsonObject &message, Time arrival);
    void onPong(const QJsonObject &message, Time arrival);
    void fault(const QString &what);

    const QString m_name;
    Faults &m_faults;
    QWebSocket m_socket;
    UniverseCopy m_copy;
    TickTiming m_timing;
    Figures m_figures;
    QHash<qint64, Time> m_pending; ///< pings without a pong, by number
    qint64 m_lastPing = 0;
    bool m_endExpected = false;
    bool m_isLost = false;
    QString m_lossReason;
};

} // namespace conway::validate
