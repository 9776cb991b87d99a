#include "server/HttpConnection.h"

#include "server/Outlet.h"
#include "server/WebSocketHandshake.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

HttpConnection::HttpConnection(QTcpSocket *socket, const HttpSurroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_around(surroundings)
    , m_deadline(this)
{
    ++m_around.counters.httpConnections;
    m_socket->setParent(this);
    // Room for the longest header and a little more, so that one too long can be told.
    m_socket->setReadBufferSize(limits::kHttpReadBuffer);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &HttpConnection::onDeadline);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    m_deadline.start(m_around.patience.http);
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &HttpConnection::onReadyRead, Qt::QueuedConnection);
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        deleteLater();
}

HttpConnection::~HttpConnection() = default;

void HttpConnection::refuse(const HttpResponse &response)
{
    fail(response);
}

void HttpConnection::onReadyRead()
{
    if (m_phase == Phase::Draining) {
        m_socket->readAll();
        return;
    }
    if (m_phase == Phase::Reading && m_socket->bytesToWrite() == 0) {
        m_slowBody.reset();
        if (std::exchange(m_isBeingTaken, false)) // the time for a large answer is not for the next request
            m_deadline.start(m_around.patience.http);
    }
    if (!m_hasTurn)
        takeTurn();
}

/// One request, and the next in the next turn: whoever sends hundreds at once waits in line with everybody else.
void HttpConnection::takeTurn()
{
    if (m_phase != Phase::Reading || m_socket->bytesToWrite() >= limits::kHttpUnsentBytes || !serveNext())
        return;
    m_hasTurn = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_hasTurn = false;
            takeTurn();
        },
        Qt::QueuedConnection);
}

/// Answers the next request if its head is complete; false when there is nothing more to do for now.
bool HttpConnection::serveNext()
{
    const QByteArray data = m_socket->peek(limits::kHttpReadBuffer);
    if (!isWorthParsing(data))
        return false;
    const HttpParseResult parsed = parseHttpRequest(data);
    if (std::holds_alternative<HttpIncomplete>(parsed))
        return false;
    if (const auto *error = std::get_if<HttpError>(&parsed)) {
        if (error->limit)
            noteLimit(*error->limit, error->reason);
        respond(HttpResponse::error(error->status, error->reason, Api::errorForm(pathAsFarAsRead(data))),
                data.startsWith("HEAD "), false);
        return false;
    }

    const auto &[request, headBytes] = std::get<HttpParsed>(parsed);
    if (!m_around.mayAsk(m_socket->peerAddress())) {
        noteLimit(Limit::RequestsPerSecond, "too many requests");
        HttpResponse tooMany = HttpResponse::error(429, "Your address asks too much. Try again in a moment.",
                                                   Api::errorForm(request.path));
        tooMany.add("Retry-After", "1");
        fail(tooMany);
        return false;
    }
    const SiteAnswer answer = m_around.site.answer(request);
    if (std::holds_alternative<WebSocketUpgrade>(answer)) {
        upgrade(request, headBytes, data.size() > headBytes);
        return false;
    }

    m_socket->skip(headBytes);
    m_parsedBytes = 0;
    const bool headOnly = request.method == "HEAD";
    if (const auto *deferred = std::get_if<DeferredResponse>(&answer)) {
        respondLater(*deferred, headOnly, request.keepsConnection());
        return m_phase == Phase::Reading;
    }
    const auto &response = std::get<HttpResponse>(answer);
    const bool isError = response.status >= 400 && response.status != 404;
    const bool keepsConnection = request.keepsConnection() && !isError;
    respond(response, headOnly, keepsConnection);
    return keepsConnection;
}

void HttpConnection::upgrade(const HttpRequest &request, qsizetype headBytes, bool hasMore)
{
    // RFC 6455 §4.1: the client waits for the answer before it sends anything.
    if (hasMore) {
        fail(HttpResponse::error(400, "Data came before the handshake was answered."));
    } else if (!m_around.hasRoomForViewer()) {
        noteLimit(Limit::Viewers, "all places are taken");
        fail(HttpResponse::unavailable("All places for viewers are taken. Try again in a while."));
    } else {
        handOver(request, headBytes);
    }
}

void HttpConnection::noteLimit(Limit limit, const QByteArray &what)
{
    m_around.counters.limits.reached(limit, m_socket->peerAddress().toString() + u": "_s + QString::fromLatin1(what));
}

bool HttpConnection::isWorthParsing(const QByteArray &data)
{
    // Parsing begins at the head's first byte each time: done for every byte of a trickle it would be work for nothing.
    constexpr qsizetype kEnoughNews = 256;
    const QByteArrayView news = QByteArrayView(data).sliced(m_parsedBytes);
    if (news.isEmpty() || (m_parsedBytes > 0 && news.size() < kEnoughNews && !news.contains('\n')))
        return false;
    m_parsedBytes = data.size();
    return true;
}

void HttpConnection::respond(const HttpResponse &response, bool headOnly, bool keepsConnection)
{
    ++m_around.counters.httpResponses[response.status];
    const QByteArray head = response.head(keepsConnection);
    // A large body by itself, as the socket then shares it instead of copying; a small one in the same packet.
    constexpr qsizetype kSharedFrom = 16 * 1024;
    const QByteArray &body = response.body;
    if (headOnly || body.size() >= kSharedFrom) {
        m_socket->write(head);
        if (!headOnly)
            m_socket->write(body);
    } else {
        m_socket->write(head + body);
    }
    m_takingTime = m_around.patience.http + std::chrono::seconds(headOnly ? 0 : body.size() / limits::kHttpLeastSpeed);
    if (keepsConnection) {
        m_isBeingTaken = true;
        m_deadline.start(m_takingTime);
        return;
    }
    m_phase = Phase::Draining;
    if (m_socket->bytesAvailable() == 0 && response.status < 400) {
        // Closes when all is written; a peer that does not take it is cut off by the deadline.
        m_socket->disconnectFromHost();
        m_deadline.start(m_takingTime);
    } else {
        m_socket->readAll();
        m_deadline.start(m_around.patience.linger);
    }
}

void HttpConnection::respondLater(const DeferredResponse &deferred, bool headOnly, bool keepsConnection)
{
    m_slowBody = deferred.body;
    auto send = [this, response = deferred.response, headOnly, keepsConnection]() mutable {
        response.body = m_slowBody->bytes();
        m_phase = Phase::Reading;
        respond(response, headOnly, keepsConnection);
    };
    if (m_slowBody->isMade()) {
        send();
        return;
    }
    m_phase = Phase::Waiting;
    m_deadline.stop();
    connect(
        m_slowBody.get(), &SlowBody::made, this,
        [this, send]() mutable {
            if (m_socket->state() != QAbstractSocket::ConnectedState)
                return; // deleted as soon as the event loop comes round
            send();
            onReadyRead();
        },
        Qt::SingleShotConnection);
}

void HttpConnection::fail(const HttpResponse &response)
{
    respond(response, false, false);
}

void HttpConnection::onDeadline()
{
    if (m_phase == Phase::Reading && m_socket->bytesAvailable() > 0 && m_socket->bytesToWrite() == 0) {
        noteLimit(Limit::RequestTime, "the request was not complete in time");
        fail(HttpResponse::error(408, "The request was not complete in time.",
                                 Api::errorForm(pathAsFarAsRead(m_socket->peek(limits::kHttpReadBuffer)))));
    } else if (m_phase == Phase::Draining && m_socket->state() == QAbstractSocket::ConnectedState) {
        // The linger is over. Again with a deadline, for a peer that does not take the answer.
        m_socket->disconnectFromHost();
        m_deadline.start(m_takingTime);
    } else {
        if (m_socket->bytesToWrite() > 0)
            noteLimit(Limit::AnswerTime, "the answer was not taken in time");
        else if (m_phase == Phase::Reading && m_takingTime.count() == 0)
            noteLimit(Limit::RequestTime, "nothing was asked in time");
        m_socket->abort();
        deleteLater();
    }
}

void HttpConnection::handOver(const HttpRequest &request, qsizetype headBytes)
{
    m_phase = Phase::HandedOver;
    m_deadline.stop();
    // Read in one piece it takes the socket's buffer along: an idle viewer needs none.
    static_cast<void>(m_socket->read(headBytes));
    const QByteArray answer = acceptHandshake(request);
    qint64 unsent = 0; // its viewer counts what this leaves
    Outlet(*m_socket, unsent).send({&answer, 1});
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return; // its end has been seen to
    ++m_around.counters.httpResponses[101];
    m_socket->disconnect(this);
    Q_EMIT upgraded(std::exchange(m_socket, nullptr), asksForBinaryStream(request));
    deleteLater();
}

} // namespace conway

#include "moc_HttpConnection.cpp"
