#include "server/HttpConnection.h"

#include "server/WebSocketHandshake.h"

#include <algorithm>
#include <utility>

namespace conway {

HttpConnection::HttpConnection(QTcpSocket *socket, const Site &site, const Patience &patience, ServerCounters &counters,
                               QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_site(site)
    , m_patience(patience)
    , m_counters(counters)
    , m_deadline(this)
{
    ++m_counters.httpConnections;
    m_socket->setParent(this);
    // Room for the longest header and a little more, so that one too long can be told.
    m_socket->setReadBufferSize(limits::kHttpReadBuffer);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &HttpConnection::onDeadline);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    m_deadline.start(m_patience.http);
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
    while (m_phase == Phase::Reading && m_socket->bytesToWrite() < limits::kHttpUnsentBytes && serveNext()) {
    }
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
        respond(HttpResponse::error(error->status, error->reason), data.startsWith("HEAD "), false);
        return false;
    }

    const auto &[request, headBytes] = std::get<HttpParsed>(parsed);
    const SiteAnswer answer = m_site.answer(request);
    if (std::holds_alternative<WebSocketUpgrade>(answer)) {
        // RFC 6455 §4.1: the client waits for the answer before it sends anything. What came early would be lost in
        // QWebSocketServer, and the viewer would wait for an answer forever.
        if (data.size() > headBytes)
            fail(HttpResponse::error(400, "Data came before the handshake was answered."));
        else if (m_socket->peerPort() != 0)
            handOver(canonicalHandshake(request));
        else // a peer that has reset the connection already: no address is left to tell its sockets apart by
            m_socket->abort();
        return false;
    }

    m_socket->skip(headBytes);
    m_parsedBytes = 0;
    const auto &response = std::get<HttpResponse>(answer);
    const bool isError = response.status >= 400 && response.status != 404;
    const bool keepsConnection = request.keepsConnection() && !isError;
    respond(response, request.method == "HEAD", keepsConnection);
    return keepsConnection;
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
    ++m_counters.httpResponses[response.status];
    m_socket->write(response.serialised(headOnly, keepsConnection));
    if (keepsConnection) {
        m_deadline.start(m_patience.http);
        return;
    }
    m_phase = Phase::Draining;
    if (m_socket->bytesAvailable() == 0 && response.status < 400) {
        // Closes when all is written; a peer that does not take it is cut off by the deadline.
        m_socket->disconnectFromHost();
        m_deadline.start(m_patience.http);
    } else {
        m_socket->readAll();
        m_deadline.start(m_patience.linger);
    }
}

void HttpConnection::fail(const HttpResponse &response)
{
    respond(response, false, false);
}

void HttpConnection::onDeadline()
{
    if (m_phase == Phase::Reading && m_socket->bytesAvailable() > 0 && m_socket->bytesToWrite() == 0) {
        fail(HttpResponse::error(408, "The request was not complete in time."));
    } else if (m_phase == Phase::Draining && m_socket->state() == QAbstractSocket::ConnectedState) {
        // The linger is over. Again with a deadline, for a peer that does not take the answer.
        m_socket->disconnectFromHost();
        m_deadline.start(m_patience.http);
    } else {
        m_socket->abort();
        deleteLater();
    }
}

void HttpConnection::handOver(const QByteArray &handshake)
{
    // QWebSocketServer reads what was checked, and nothing else.
    m_socket->readAll();
    std::for_each(handshake.rbegin(), handshake.rend(), [this](char byte) { m_socket->ungetChar(byte); });
    m_phase = Phase::HandedOver;
    m_deadline.stop();
    m_socket->disconnect(this);
    ++m_counters.httpResponses[101];
    Q_EMIT upgraded(std::exchange(m_socket, nullptr));
    deleteLater();
}

} // namespace conway
