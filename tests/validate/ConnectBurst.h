#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTcpSocket>

#include <chrono>
#include <memory>
#include <vector>

namespace conway::validate {

/// Many viewers that come at the same moment, as after a restart of the server: how long until the last of them sees
/// the universe.
///
/// Each is a bare TCP socket with a handshake of its own: a QWebSocket a viewer would measure mostly itself.
class ConnectBurst : public QObject
{
    Q_OBJECT

public:
    struct Outcome {
        int connected = 0;   ///< whose handshake was accepted
        int served = 0;      ///< who got a full_state, the whole of it
        double lastMs = 0;   ///< from the first connect to the last full_state
        double medianMs = 0; ///< from the first connect to the full_state of the one in the middle
        QString firstError;  ///< what went wrong with the first of those that were not served
    };

    ConnectBurst(const QString &host, quint16 port, int count, QObject *parent = nullptr);
    ~ConnectBurst() override;

    /// Connects them all and waits, handling events; gives up after `atMost`. They stay until this object goes.
    [[nodiscard]] Outcome run(std::chrono::milliseconds atMost);

private:
    enum class Stage { Connecting, Handshake, FirstMessage, Served, Failed };

    struct Guest {
        std::unique_ptr<QTcpSocket> socket;
        Stage stage = Stage::Connecting;
        QByteArray received;
        double servedMs = 0;
    };

    void onBytes(Guest &guest);
    void readHandshake(Guest &guest);
    void readFirstMessage(Guest &guest);
    void fail(Guest &guest, const QString &why);

    const QString m_host;
    const quint16 m_port;
    const QByteArray m_request;
    std::vector<Guest> m_guests;
    QElapsedTimer m_timer;
    int m_unsettled = 0;
    QString m_firstError;
};

} // namespace conway::validate
