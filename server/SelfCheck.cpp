#include "server/SelfCheck.h"

#include "server/Limits.h"

#include <QHostAddress>
#include <QNetworkProxy>

namespace conway {

SelfCheck::SelfCheck(quint16 port, const QString &instance, QObject *parent)
    : QObject(parent)
    , m_instance(instance.toLatin1())
    , m_socket(this)
    , m_timeout(this)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_socket.setReadBufferSize(limits::kHttpReadBuffer);
    m_timeout.setSingleShot(true);
    connect(&m_socket, &QTcpSocket::connected, this, [this, port] {
        m_socket.write("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) +
                       "\r\nConnection: close\r\n\r\n");
    });
    connect(&m_socket, &QTcpSocket::disconnected, this, &SelfCheck::onEnd);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &SelfCheck::onEnd);
    connect(&m_timeout, &QTimer::timeout, this, &SelfCheck::onEnd);
    m_socket.connectToHost(QHostAddress::LocalHost, port);
    m_timeout.start(Patience().http);
}

SelfCheck::~SelfCheck()
{
    m_socket.disconnect(this); // it says that it disconnects while it is destroyed, and we are half gone by then
}

void SelfCheck::onEnd()
{
    m_socket.disconnect(this);
    m_timeout.stop();
    const QByteArray answer = m_socket.readAll();
    const QByteArray ours = '"' + m_instance + '"';
    Q_EMIT finished(answer.isEmpty()        ? Outcome::NoAnswer
                    : answer.contains(ours) ? Outcome::Ourselves
                                            : Outcome::Another);
    deleteLater();
}

} // namespace conway

#include "moc_SelfCheck.cpp"
