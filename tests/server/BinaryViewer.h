#pragma once

#include "core/CellGrid.h"
#include "tests/wire/V2Decoder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <algorithm>

namespace conway {

/// A viewer of conway.v2 as somebody else would write it: keeps every text message and what became of every frame, and
/// holds what the frames lead to.
class BinaryViewer
{
public:
    explicit BinaryViewer(const QUrl &url)
    {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [this](const QString &text) { takeText(text); });
        QObject::connect(&socket, &QWebSocket::binaryMessageReceived, &socket,
                         [this](const QByteArray &bytes) { takeFrame(bytes); });
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({QStringLiteral("conway.v2")});
        socket.open(url, options);
    }

    void send(const QString &text) { socket.sendTextMessage(text); }

    /// The newest message of that type, empty when there is none.
    [[nodiscard]] QJsonObject last(QStringView type) const
    {
        for (auto message = messages.crbegin(); message != messages.crend(); ++message) {
            if ((*message)[u"type"].toString() == type)
                return *message;
        }
        return {};
    }
    /// 1 snapshot, 2 delta, 3 tiles.
    [[nodiscard]] qsizetype count(int type) const
    {
        return std::count_if(frames.begin(), frames.end(),
                             [type](const wire::V2Head &head) { return head.type == type; });
    }
    [[nodiscard]] quint32 sequence() const { return decoder.head().sequence; }

    /// Whether what it holds of a level-0 view are these cells.
    [[nodiscard]] bool holds(const CellGrid &cells) const
    {
        if (decoder.awaitsSnapshot() || decoder.head().width != cells.width() ||
            decoder.head().height != cells.height() || decoder.head().level != 0)
            return false;
        for (int y = 0; y < cells.height(); ++y) {
            for (int x = 0; x < cells.width(); ++x) {
                if (isInView(x, y) && decoder.value(x, y) != int{cells.alive(x, y)})
                    return false;
            }
        }
        return true;
    }
    [[nodiscard]] bool isInView(int x, int y) const
    {
        return x >= view[u"x"].toInt() && x < view[u"x"].toInt() + view[u"w"].toInt() && y >= view[u"y"].toInt() &&
               y < view[u"y"].toInt() + view[u"h"].toInt();
    }

    QWebSocket socket;
    QList<QJsonObject> messages;
    QJsonObject view;           ///< the newest view event
    QList<wire::V2Head> frames; ///< those applied
    QByteArrayList faults;      ///< of those that were not
    QStringList order;          ///< what came, one behind the other: types of messages, and "1", "2", "3" for frames
    qsizetype largestDelta = 0; ///< bytes
    wire::V2Decoder decoder;

private:
    void takeText(const QString &text)
    {
        const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
        messages.append(message);
        order.append(message[u"type"].toString());
        if (message[u"type"].toString() != u"view")
            return;
        view = message;
        const int side = 128 << view[u"level"].toInt();
        const auto tiles = [&](QStringView begin, QStringView length) {
            return (view[begin].toInt() + view[length].toInt() + side - 1) / side;
        };
        decoder.setView(view[u"x"].toInt() / side, view[u"y"].toInt() / side, tiles(u"x", u"w"), tiles(u"y", u"h"));
    }

    void takeFrame(const QByteArray &bytes)
    {
        const wire::V2Outcome outcome = decoder.take(bytes);
        if (outcome == wire::V2Outcome::Applied) {
            frames.append(decoder.head());
            order.append(QString::number(decoder.head().type));
            if (decoder.head().type == 2)
                largestDelta = std::max(largestDelta, bytes.size());
        } else {
            faults.append(outcome == wire::V2Outcome::Ignored ? QByteArray("ignored") : decoder.reason());
        }
    }
};

} // namespace conway
