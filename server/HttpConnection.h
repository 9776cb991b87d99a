#pragma once

#include "server/HttpRequest.h"
#include "server/HttpResponse.h"
#include "server/Limits.h"
#include "server/Site.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace conway {

/// Speaks HTTP/1.x on one accepted socket until it is answered and closed, or upgraded.
///
/// Requests are peeked at, and read only when they are answered: an upgrade request must still be in the socket when
/// QWebSocketServer gets it. Deletes itself when done.
class HttpConnection : public QObject
{
    Q_OBJECT

public:
    /// Takes ownership of `socket`. `site` and `counters` outlive the connection.
    HttpConnection(QTcpSocket *socket, const Site &site, const Patience &patience, ServerCounters &counters,
                   QObject *parent);
    ~HttpConnection() override;

    /// Answers without looking at the request, and closes: for who comes when all places are taken.
    void refuse(const HttpResponse &response);

Q_SIGNALS:
    /// The socket has a peer, holds canonicalHandshake() unread, and belongs to whoever takes it now. This object is
    /// done with it.
    void upgraded(QTcpSocket *socket);

private:
    void onReadyRead();
    void onDeadline();
    bool serveNext();
    bool isWorthParsing(const QByteArray &data);
    void respond(const HttpResponse &response, bool headOnly, bool keepsConnection);
    void fail(const HttpResponse &response);
    void handOver(const QByteArray &handshake);

    QTcpSocket *m_socket;
    const Site &m_site;
    const Patience m_patience;
    ServerCounters &m_counters;
    QTimer m_deadline;
    qsizetype m_parsedBytes = 0; ///< of the incomplete head, when it was last looked at
    enum class Phase {
        Reading,  ///< waiting for a request
        Draining, ///< the last answer is written; input is thrown away until the peer leaves or time is up
        HandedOver
    };
    Phase m_phase = Phase::Reading;
};

} // namespace conway
