#include "server/JsonMessages.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace conway::json {

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// Figures for people: a decimal is enough, and keeps the message short.
double rounded(double value)
{
    return std::round(value * 10) / 10;
}

void addEcho(QJsonObject &object, const Echo &echo)
{
    if (echo.id)
        object["id"_L1] = *echo.id;
    if (echo.t)
        object["t"_L1] = *echo.t;
}

QJsonObject describe(const EngineState &state)
{
    return {{u"running"_s, state.running}, {u"intervalMs"_s, state.intervalMs}, {u"rule"_s, state.rule.toString()}};
}

} // namespace

QByteArray ack(const Echo &echo)
{
    QJsonObject object{{u"type"_s, u"ack"_s}};
    addEcho(object, echo);
    return compact(object);
}

QByteArray pong(quint64 tick, const Echo &echo)
{
    QJsonObject object{{u"type"_s, u"pong"_s}, {u"tick"_s, static_cast<qint64>(tick)}};
    addEcho(object, echo);
    return compact(object);
}

QByteArray error(QStringView code, const QString &message, const Echo &echo,
                 std::optional<std::chrono::seconds> retryAfter)
{
    QJsonObject object{{u"type"_s, u"error"_s}, {u"code"_s, code.toString()}, {u"message"_s, message}};
    if (retryAfter)
        object["retryAfterSeconds"_L1] = static_cast<qint64>(retryAfter->count());
    addEcho(object, echo);
    return compact(object);
}

QByteArray wrongPin(const PinGuard::Wrong &wrong, const Echo &echo)
{
    constexpr QStringView code = u"wrong_pin";
    if (wrong.triesLeft == 0)
        return error(code, u"This is not the PIN. The next try is in %1 seconds."_s.arg(wrong.retryAfter.count()), echo,
                     wrong.retryAfter);
    return error(code,
                 wrong.triesLeft == 1 ? u"This is not the PIN; 1 try left."_s
                                      : u"This is not the PIN; %1 tries left."_s.arg(wrong.triesLeft),
                 echo);
}

QByteArray pinPaused(const PinGuard::Paused &paused, const Echo &echo)
{
    return error(
        u"pin_paused",
        u"Too many wrong PINs from this address. The next try is in %1 seconds."_s.arg(paused.retryAfter.count()), echo,
        paused.retryAfter);
}

QString nameOf(Topology topology)
{
    return topology == Topology::Torus ? u"torus"_s : u"plane"_s;
}

QByteArray hello(const Introduction &introduction, const EngineState &state, const Standing &standing, const Echo &echo)
{
    QJsonObject object = describe(state);
    object["type"_L1] = u"hello"_s;
    object["protocol"_L1] = introduction.protocol;
    object["width"_L1] = introduction.width;
    object["height"_L1] = introduction.height;
    object["topology"_L1] = nameOf(state.topology);
    object["role"_L1] = QString(toString(standing.role));
    object["lan"_L1] = QString(toString(standing.lan));
    object["version"_L1] = introduction.version;
    addEcho(object, echo);
    return compact(object);
}

QByteArray stateEvent(const EngineState &state)
{
    QJsonObject object = describe(state);
    object["type"_L1] = u"state"_s;
    object["cause"_L1] = state.cause;
    object["by"_L1] = state.by;
    return compact(object);
}

QByteArray roleEvent(const Standing &standing)
{
    return compact({{u"type"_s, u"role"_s},
                    {u"role"_s, QString(toString(standing.role))},
                    {u"lan"_s, QString(toString(standing.lan))}});
}

QByteArray viewEvent(const View &view, const Echo &echo)
{
    QJsonObject object{{u"type"_s, u"view"_s},     {u"level"_s, view.level},  {u"x"_s, view.area.x},
                       {u"y"_s, view.area.y},      {u"w"_s, view.area.width}, {u"h"_s, view.area.height},
                       {u"maxFps"_s, view.maxFps}, {u"paused"_s, view.paused}};
    addEcho(object, echo);
    return compact(object);
}

QByteArray stats(const Frame &frame, const Stats &stats)
{
    return compact({{u"type"_s, u"stats"_s},
                    {u"generation"_s, static_cast<qint64>(frame.generation)},
                    {u"population"_s, frame.population},
                    {u"births"_s, frame.births},
                    {u"deaths"_s, frame.deaths},
                    {u"viewers"_s, static_cast<qint64>(stats.viewers)},
                    {u"attainedPerSecond"_s, rounded(stats.attainedPerSecond)},
                    {u"bytesPerSecond"_s, std::round(stats.bytesPerSecond)}});
}

} // namespace conway::json
