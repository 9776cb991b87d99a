#include "tests/validate/ValidationViewer.h"

#include "tests/validate/MessageShape.h"

#include <QJsonDocument>
#include <QNetworkProxy>

#include <utility>

namespace conway::validate {

using namespace Qt::StringLiterals;

ValidationViewer::ValidationViewer(QString name, Faults &faults, QObject *parent)
    : QObject(parent)
    , m_name(std::move(name))
    , m_faults(faults)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &ValidationViewer::onText);
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this,
            [this] { fault(u"a binary message on the JSON stream"_s); });
    connect(&m_socket, &QWebSocket::disconnected, this, [this] {
        m_isLost = true;
        const bool isClosedBySaying = m_socket.closeCode() != QWebSocketProtocol::CloseCodeNormal;
        m_lossReason = isClosedBySaying ? u"closed with %1 %2"_s.arg(m_socket.closeCode()).arg(m_socket.closeReason())
                                        : m_socket.errorString();
        if (!m_endExpected)
            fault(u"the connection ended: "_s + m_lossReason);
    });
}

ValidationViewer::~ValidationViewer()
{
    // The socket ends with this object and would report to it what nobody waits for any more.
    m_socket.disconnect(this);
}

void ValidationViewer::open(const QUrl &url)
{
    m_socket.open(url);
}

void ValidationViewer::sayHello()
{
    m_socket.sendTextMessage(uR"({"cmd":"hello"})"_s);
}

void ValidationViewer::ping()
{
    ++m_lastPing;
    ++m_figures.pingsSent;
    m_pending.insert(m_lastPing, std::chrono::steady_clock::now());
    m_socket.sendTextMessage(uR"({"cmd":"ping","t":%1})"_s.arg(m_lastPing));
    m_socket.flush(); // now, not after whatever else this turn of the event loop brings
}

void ValidationViewer::pingBare()
{
    m_socket.sendTextMessage(u"ping"_s);
}

void ValidationViewer::onText(const QString &text)
{
    const Time arrival = std::chrono::steady_clock::now();
    const QByteArray bytes = text.toUtf8();
    ++m_figures.messages;
    m_figures.bytes += bytes.size();

    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (!document.isObject()) {
        fault(u"a message that is not a JSON object: "_s + error.errorString());
        return;
    }
    const QJsonObject message = document.object();
    if (const QString wrong = wrongShape(message); !wrong.isEmpty()) {
        fault(wrong);
        return;
    }
    const QString type = message.value(u"type").toString();
    if (!hasFullState() && type != u"full_state") {
        fault(u"the first message is %1 instead of full_state"_s.arg(type));
        return;
    }
    if (type == u"delta")
        m_figures.deltaBytes.add(static_cast<double>(bytes.size()));
    if (type == u"delta" || type == u"full_state")
        onUniverse(message, arrival);
    else if (type == u"pong")
        onPong(message, arrival);
    else if (type == u"hello")
        Q_EMIT greeted(message);
    else if (type == u"state")
        Q_EMIT stateChanged(message);
    else if (type == u"error")
        fault(u"an error that nothing asked for: "_s + message.value(u"message").toString());
}

void ValidationViewer::onUniverse(const QJsonObject &message, Time arrival)
{
    const auto change = m_copy.take(message);
    if (!change)
        fault(change.error().message);
    else if (*change == UniverseCopy::Change::Tick)
        m_timing.arrived(m_copy.tick(), arrival);
}

void ValidationViewer::onPong(const QJsonObject &message, Time arrival)
{
    if (!message.contains(u"t")) {
        ++m_figures.barePongs;
        return;
    }
    const auto number = wholeNumber(message.value(u"t"));
    const auto sent = number ? m_pending.constFind(*number) : m_pending.constEnd();
    if (sent == m_pending.constEnd()) {
        fault(u"a pong for a ping that was not sent, or for the second time"_s);
        return;
    }
    m_figures.roundTripMs.add(std::chrono::duration<double, std::milli>(arrival - *sent).count());
    m_pending.erase(sent);
}

void ValidationViewer::fault(const QString &what)
{
    m_faults.add(m_name + u": " + what);
}

} // namespace conway::validate

#include "moc_ValidationViewer.cpp"
