#pragma once

#include "core/CellGrid.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QWebSocket>

namespace conway {

/// A viewer as somebody else would write it, on QWebSocket: keeps every message, and the cells they lead to.
class TestViewer
{
public:
    explicit TestViewer(const QUrl &url)
    {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [this](const QString &text) { take(text); });
        socket.open(url);
    }

    void send(const QString &text) { socket.sendTextMessage(text); }

    [[nodiscard]] QString typeAt(qsizetype index) const { return messages.value(index)[u"type"].toString(); }

    /// The newest message of that type, empty when there is none.
    [[nodiscard]] QJsonObject last(QStringView type) const
    {
        for (auto message = messages.crbegin(); message != messages.crend(); ++message) {
            if ((*message)[u"type"].toString() == type)
                return *message;
        }
        return {};
    }

    [[nodiscard]] qsizetype count(QStringView type) const
    {
        return std::count_if(messages.begin(), messages.end(),
                             [&](const QJsonObject &message) { return message[u"type"].toString() == type; });
    }

    QWebSocket socket;
    QList<QJsonObject> messages;
    CellGrid cells;
    qint64 tick = -1;

private:
    void take(const QString &text)
    {
        const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
        const QString type = message[u"type"].toString();
        if (type == u"full_state") {
            const QJsonArray rows = message[u"grid"].toArray();
            cells = CellGrid(static_cast<int>(rows[0].toArray().size()), static_cast<int>(rows.size()));
            for (int y = 0; y < cells.height(); ++y) {
                for (int x = 0; x < cells.width(); ++x)
                    cells.set(x, y, rows[y].toArray()[x].toInt() == 1);
            }
            tick = message[u"tick"].toInteger();
        } else if (type == u"delta") {
            const QJsonArray deltas = message[u"deltas"].toArray();
            for (const QJsonValue &cell : deltas)
                cells.set(cell[u"x"].toInt(), cell[u"y"].toInt(), cell[u"alive"].toBool());
            tick = message[u"tick"].toInteger();
        }
        messages.append(message);
    }
};

} // namespace conway
