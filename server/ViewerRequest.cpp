#include "server/ViewerRequest.h"

#include "core/ConwayEngine.h"
#include "server/Limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

using Parsed = std::variant<ViewerRequest, RefusedRequest>;

/// Above this, 2^53, the numbers of JavaScript no longer hold every whole one.
constexpr qint64 kMaxWhole = qint64{1} << 53U;

std::optional<qint64> wholeNumber(const QJsonValue &value)
{
    // Not by way of a double, which would round before we could see it. What is no whole number becomes the default.
    const qint64 number = value.toInteger(kMaxWhole + 1);
    if (number > kMaxWhole || number < -kMaxWhole)
        return {};
    return number;
}

bool liesIn(const std::optional<qint64> &value, qint64 low, qint64 high)
{
    return value && *value >= low && *value <= high;
}

Parsed badField(const QString &message, const json::Echo &echo = {})
{
    return RefusedRequest{u"bad_field", message, echo};
}

/// The beginning of a stranger's text, never half a character of it.
QString shortened(QStringView text)
{
    QStringView beginning = text.left(40);
    if (!beginning.isEmpty() && beginning.back().isHighSurrogate())
        beginning.chop(1);
    return beginning.toString();
}

Parsed unknownCommand(QStringView word, const json::Echo &echo)
{
    return RefusedRequest{
        u"unknown_command",
        u"\"%1\" is not a command: start, stop, step, reset, speed, edit, ping and hello are."_s.arg(shortened(word)),
        echo};
}

Parsed parseSpeed(const QJsonObject &object, const json::Echo &echo)
{
    const auto interval = wholeNumber(object["intervalMs"_L1]);
    if (interval != ConwayEngine::kTurbo && !liesIn(interval, ConwayEngine::kMinInterval, ConwayEngine::kMaxInterval)) {
        return badField(
            u"intervalMs must be a whole number from %1 to %2, or 0 for turbo."_s.arg(ConwayEngine::kMinInterval)
                .arg(ConwayEngine::kMaxInterval),
            echo);
    }
    return ViewerRequest{SpeedCommand{static_cast<int>(*interval)}, echo};
}

Parsed parseEdit(const QJsonObject &object, const json::Echo &echo, int width, int height)
{
    const QJsonArray list = object["cells"_L1].toArray();
    if (list.isEmpty() || list.size() > limits::kEditCells)
        return badField(u"cells must be a list of 1 to %1 entries [x, y, 0 or 1]."_s.arg(limits::kEditCells), echo);
    EditCommand edit;
    edit.cells.reserve(list.size());
    for (const auto &entry : list) {
        const QJsonArray cell = entry.toArray();
        const auto x = wholeNumber(cell.at(0));
        const auto y = wholeNumber(cell.at(1));
        const auto alive = wholeNumber(cell.at(2));
        if (cell.size() != 3 || !liesIn(x, 0, width - 1) || !liesIn(y, 0, height - 1) || !liesIn(alive, 0, 1)) {
            return badField(
                u"entry %1 of cells is not [x, y, 0 or 1] inside the universe of %2×%3."_s.arg(edit.cells.size())
                    .arg(width)
                    .arg(height),
                echo);
        }
        edit.cells.append({static_cast<int>(*x), static_cast<int>(*y), *alive == 1});
    }
    return ViewerRequest{edit, echo};
}

Parsed parseNamed(const QString &name, const QJsonObject &object, const json::Echo &echo, int width, int height)
{
    if (name == u"start")
        return ViewerRequest{StartCommand{}, echo};
    if (name == u"stop")
        return ViewerRequest{StopCommand{}, echo};
    if (name == u"step")
        return ViewerRequest{StepCommand{}, echo};
    if (name == u"reset")
        return ViewerRequest{ResetCommand{}, echo};
    if (name == u"speed")
        return parseSpeed(object, echo);
    if (name == u"edit")
        return parseEdit(object, echo, width, height);
    if (name == u"ping")
        return ViewerRequest{PingRequest{}, echo};
    if (name == u"hello")
        return ViewerRequest{HelloRequest{}, echo};
    return unknownCommand(name, echo);
}

} // namespace

Parsed parseViewerRequest(const QString &text, int width, int height)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(u'{') && !trimmed.startsWith(u'['))
        return parseNamed(trimmed, {}, {}, width, height);

    QJsonParseError failure;
    const QJsonDocument document = QJsonDocument::fromJson(trimmed.toUtf8(), &failure);
    if (failure.error != QJsonParseError::NoError)
        return RefusedRequest{
            u"bad_json", u"Not JSON, at byte %1: %2."_s.arg(failure.offset).arg(failure.errorString()), {}};
    if (!document.isObject())
        return RefusedRequest{u"bad_json", u"A command is a JSON object, such as {\"cmd\":\"start\"}."_s, {}};

    const QJsonObject object = document.object();
    json::Echo echo;
    if (const QJsonValue id = object["id"_L1]; !id.isUndefined()) {
        echo.id = wholeNumber(id);
        if (!echo.id)
            return badField(u"id must be a whole number up to 2^53."_s);
    }
    if (const QJsonValue t = object["t"_L1]; !t.isUndefined()) {
        if (!t.isDouble())
            return badField(u"t must be a number."_s, echo);
        echo.t = t;
    }
    const QJsonValue name = object["cmd"_L1];
    if (!name.isString())
        return badField(u"cmd must be a string: the command's name."_s, echo);
    return parseNamed(name.toString(), object, echo, width, height);
}

} // namespace conway
