#pragma once

#include "server/HttpRequest.h"
#include "server/HttpResponse.h"
#include "server/Limits.h"
#include "server/Site.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <functional>

namespace conway {

/// What all connections have in common; outlives them.
struct HttpSurroundings {
    const Site &site;
    Patience patience;
    ServerCounters &counters;
    std::function<bool()> hasRoomForViewer;
    std::function<bool(const QHostAddress &)> mayAsk; ///< counts a request of that address
};

/// Speaks HTTP/1.x on one accepted socket until it is answered and closed, or upgraded.
///
/// Requests are peeked at, and read only when they are answered. Deletes itself when done.
class HttpConnection : public QObject
{
    Q_OBJECT

public:
    /// Takes ownership of `socket`.
    HttpConnection(QTcpSocket *socket, const HttpSurroundings &surroundings, QObject *parent);
    ~HttpConnection() override;

    /// Answers without looking at the request, and closes: for who comes when all places are taken.
    void refuse(const HttpResponse &response);

Q_SIGNALS:
    /// The socket speaks WebSocket from here on, holds nothing unread, and belongs to whoever takes it now. This object
    /// is done with it.
    void upgraded(QTcpSocket *socket, bool isBinary);

private:
    void onReadyRead();
    void takeTurn();
    void onDeadline();
    bool serveNext();
    bool isWorthParsing(const QByteArray &data);
    void respond(const HttpResponse &response, bool headOnly, bool keepsConnection);
    void respondLater(const DeferredResponse &deferred, bool headOnly, bool keepsConnection);
    void fail(const HttpResponse &response);
    void upgrade(const HttpRequest &request, qsizetype headBytes, bool hasMore);
    void handOver(const HttpRequest &request, qsizetype headBytes);
    void noteLimit(Limit limit, const QByteArray &what);

    QTcpSocket *m_socket;
    const HttpSurroundings &m_around;
    QTimer m_deadline;
    bool m_hasTurn = false;                    ///< to look at the next request, in the next turn of the event loop
    qsizetype m_parsedBytes = 0;               ///< of the incomplete head, when it was last looked at
    std::chrono::milliseconds m_takingTime{0}; ///< for the newest answer; 0 before the first
    bool m_isBeingTaken = false;               ///< it has not gone out whole, and the connection is kept
    SlowBodyPtr m_slowBody;                    ///< waited for, or not yet sent whole
    enum class Phase {
        Reading,  ///< waiting for a request
        Waiting,  ///< for m_slowBody; what the peer sends meanwhile is looked at afterwards
        Draining, ///< the last answer is written; input is thrown away until the peer leaves or time is up
        HandedOver
    };
    Phase m_phase = Phase::Reading;
};

} // namespace conway
