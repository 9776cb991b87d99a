#pragma once

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace conway {

/// Asks http://127.0.0.1:PORT/healthz who is there. Windows lets another program listen on 127.0.0.1 with a port that
/// we hold on all addresses, and then answers for us on this machine: nobody notices until the page looks wrong.
///
/// One check; deletes itself after it.
class SelfCheck : public QObject
{
    Q_OBJECT

public:
    enum class Outcome {
        Ourselves,
        Another,
        NoAnswer, ///< a firewall or a busy machine; says nothing about others
    };
    Q_ENUM(Outcome)

    /// `instance` is what our own /healthz reports.
    SelfCheck(quint16 port, const QString &instance, QObject *parent);
    ~SelfCheck() override;

Q_SIGNALS:
    void finished(conway::SelfCheck::Outcome outcome);

private:
    void onEnd();

    const QByteArray m_instance;
    QTcpSocket m_socket;
    QTimer m_timeout;
};

} // namespace conway
