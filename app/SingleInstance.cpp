#include "app/SingleInstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conway {

namespace {

/// Longer than a busy machine takes to answer, shorter than a person waits before the third try.
constexpr std::chrono::milliseconds kAnswerTime = 3s;

/// Local socket names are short and shared by all users of a machine; the folder is neither.
QString socketNameFor(const QString &folder)
{
    const QByteArray hash = QCryptographicHash::hash(QDir(folder).absolutePath().toUtf8(), QCryptographicHash::Sha256);
    return u"cybermesh-conway-"_s + QString::fromLatin1(hash.toHex().first(16));
}

} // namespace

SingleInstance::SingleInstance(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_socketName(socketNameFor(folder))
    , m_lock(folder + u"/window.lock"_s)
    , m_server(this)
{
    QDir().mkpath(folder);
    m_lock.setStaleLockTime(0); // held as long as the process lives, however long that is
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            // The connection is the whole message, and its end the answer.
            socket->disconnectFromServer();
            Q_EMIT raiseRequested();
        }
    });
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::claim(std::chrono::milliseconds patience)
{
    if (!m_lock.tryLock(patience) && m_lock.error() == QLockFile::LockFailedError)
        return false;
    // What a crash left behind; the lock says that nobody listens there.
    QLocalServer::removeServer(m_socketName);
    m_server.listen(m_socketName);
    return true;
}

void SingleInstance::retire()
{
    m_server.close();
}

bool SingleInstance::raiseOther() const
{
    QLocalSocket socket;
    socket.connectToServer(m_socketName);
    const int patience = static_cast<int>(kAnswerTime.count());
    if (!socket.waitForConnected(patience))
        return false;
    return socket.state() == QLocalSocket::UnconnectedState || socket.waitForDisconnected(patience);
}

} // namespace conway

#include "moc_SingleInstance.cpp"
