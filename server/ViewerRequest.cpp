#include "server/ViewerRequest.h"

#include "core/ConwayEngine.h"
#include "core/Orientation.h"
#include "core/PatternFile.h"
#include "core/UniverseSize.h"
#include "server/LanAccess.h"
#include "server/Limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace conway {

/// Reading them gives either what the command asks for, or the code and the message of why not.
struct CommandFields {
    const QJsonObject &object;
    const EngineState &universe;

    [[nodiscard]] QJsonValue operator[](QLatin1StringView name) const { return object[name]; }
    [[nodiscard]] bool has(QLatin1StringView name) const { return object.contains(name); }
};

namespace {

using Fields = CommandFields;

using Read = std::variant<ViewerRequest, RefusedRequest>;

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

/// The beginning of a stranger's text, never half a character of it.
QString shortened(QStringView text)
{
    QStringView beginning = text.left(40);
    if (!beginning.isEmpty() && beginning.back().isHighSurrogate())
        beginning.chop(1);
    return beginning.toString();
}

RefusedRequest badField(const QString &message, std::optional<Limit> limit = {})
{
    return {u"bad_field", message, {}, limit};
}

/// Which limit it is if a universe or a pattern is too large (limits::kViewerUniverseCells).
std::optional<Limit> sizeLimit(const Error &error)
{
    return error.isLimit ? std::optional(Limit::UniverseCells) : std::nullopt;
}

template <class Plain>
Read plain(const Fields &)
{
    return ViewerRequest(Plain());
}

template <class PlainCommand>
Read command(const Fields &)
{
    return ViewerRequest(Command::Action(PlainCommand()));
}

Read readSpeed(const Fields &fields)
{
    const auto interval = wholeNumber(fields["intervalMs"_L1]);
    if (interval != ConwayEngine::kTurbo && !liesIn(interval, ConwayEngine::kMinInterval, ConwayEngine::kMaxInterval)) {
        return badField(
            u"intervalMs must be a whole number from %1 to %2, or 0 for turbo."_s.arg(ConwayEngine::kMinInterval)
                .arg(ConwayEngine::kMaxInterval));
    }
    return ViewerRequest(SpeedCommand{static_cast<int>(*interval)});
}

Read readEdit(const Fields &fields)
{
    const int width = fields.universe.width;
    const int height = fields.universe.height;
    const QJsonArray list = fields["cells"_L1].toArray();
    if (list.isEmpty() || list.size() > limits::kEditCells) {
        return badField(u"cells must be a list of 1 to %1 entries [x, y, 0 or 1]."_s.arg(limits::kEditCells),
                        list.isEmpty() ? std::nullopt : std::optional(Limit::EditCells));
    }
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
                    .arg(height));
        }
        edit.cells.append({static_cast<int>(*x), static_cast<int>(*y), *alive == 1});
    }
    return ViewerRequest(edit);
}

/// The pattern in the field `rle`, which may be of any format. Nothing where there is no text.
std::optional<Result<Pattern>> readPatternOf(const Fields &fields, qint64 mostCells)
{
    const QJsonValue text = fields["rle"_L1];
    if (!text.isString())
        return {};
    return readPattern(text.toString().toUtf8(), {.maxCells = mostCells});
}

RefusedRequest badPattern(const Error &error)
{
    return {u"bad_pattern", error.message, {}, sizeLimit(error)};
}

RefusedRequest noPattern()
{
    return badField(u"rle must be a string: the text of a pattern file."_s);
}

std::optional<StampMode> stampMode(const QJsonValue &value)
{
    if (value.isUndefined() || value == u"or"_s)
        return StampMode::Or;
    if (value == u"xor"_s)
        return StampMode::Xor;
    if (value == u"copy"_s)
        return StampMode::Copy;
    return {};
}

Read readStamp(const Fields &fields)
{
    constexpr Orientation kTurns[] = {Orientation::AsItIs, Orientation::Turned90, Orientation::Turned180,
                                      Orientation::Turned270};
    const auto x = wholeNumber(fields["x"_L1]);
    const auto y = wholeNumber(fields["y"_L1]);
    // A pattern may begin outside: on a torus it comes back in, on a plane it is cut off.
    if (!liesIn(x, -CellGrid::kMaxSide, CellGrid::kMaxSide) || !liesIn(y, -CellGrid::kMaxSide, CellGrid::kMaxSide))
        return badField(u"x and y must be whole numbers from -%1 to %1."_s.arg(CellGrid::kMaxSide));
    const auto mode = stampMode(fields["mode"_L1]);
    if (!mode)
        return badField(u"mode must be \"or\", \"xor\" or \"copy\"."_s);
    const auto turn = fields.has("turn"_L1) ? wholeNumber(fields["turn"_L1]) : 0;
    if (!liesIn(turn, 0, 3))
        return badField(u"turn must be a whole number from 0 to 3: quarters, clockwise."_s);
    const QJsonValue flip = fields["flip"_L1];
    if (!flip.isUndefined() && !flip.isBool())
        return badField(u"flip must be true or false."_s);
    // A few bytes can describe a pattern of millions of cells: none is drawn, or turned, that has no room.
    const QSize universe(fields.universe.width, fields.universe.height);
    const auto pattern =
        readPatternOf(fields, std::min(limits::kViewerUniverseCells, qint64{universe.width()} * universe.height()));
    if (!pattern)
        return noPattern();
    if (!*pattern)
        return badPattern(pattern->error());
    const CellGrid &cells = (*pattern)->cells;
    const bool exchangesSides = *turn % 2 != 0;
    if ((exchangesSides ? cells.height() : cells.width()) > universe.width() ||
        (exchangesSides ? cells.width() : cells.height()) > universe.height()) {
        return badPattern({u"The pattern of %1×%2%3 does not fit into the universe of %4×%5."_s.arg(cells.width())
                               .arg(cells.height())
                               .arg(exchangesSides ? u", turned,"_s : QString())
                               .arg(universe.width())
                               .arg(universe.height())});
    }
    const Orientation orientation =
        composed(flip.toBool() ? Orientation::FlippedAcross : Orientation::AsItIs, kTurns[*turn]);
    return ViewerRequest(StampCommand{std::make_shared<const CellGrid>(oriented(cells, orientation)),
                                      static_cast<int>(*x), static_cast<int>(*y), *mode});
}

Read readLoad(const Fields &fields)
{
    auto pattern = readPatternOf(fields, limits::kViewerUniverseCells);
    if (!pattern)
        return noPattern();
    if (!*pattern)
        return badPattern(pattern->error());
    const EngineState &now = fields.universe;
    // What there is may be larger than a viewer could make it: then it stays so.
    const qint64 most =
        (*pattern)->bounds ? limits::kViewerUniverseCells : qint64{CellGrid::kMaxSide} * CellGrid::kMaxSide;
    auto plan = planOf(**std::move(pattern), now.width, now.height, now.topology, most);
    if (!plan)
        return badPattern(plan.error());
    return ViewerRequest(LoadCommand{std::move(*plan)});
}

Read readRandom(const Fields &fields)
{
    const double density = fields["density"_L1].toDouble(-1);
    if (!(density >= 0 && density <= 1))
        return badField(u"density must be a number from 0 to 1."_s);
    quint64 seed = QRandomGenerator::global()->generate();
    if (fields.has("seed"_L1)) {
        const auto given = wholeNumber(fields["seed"_L1]);
        if (!liesIn(given, 0, kMaxWhole))
            return badField(u"seed must be a whole number from 0 to 2^53."_s);
        seed = static_cast<quint64>(*given);
    }
    return ViewerRequest(
        FillCommand{{static_cast<quint64>(std::llround(density * static_cast<double>(Soup::kFull))), seed}});
}

Read readRule(const Fields &fields)
{
    const QJsonValue text = fields["rule"_L1];
    const auto rule = Rule::parse(text.toString());
    if (!text.isString() || !rule)
        return badField(text.isString() ? rule.error().message : u"rule must be a string, such as \"B3/S23\"."_s);
    if (rule->births(0) && fields.universe.topology == Topology::Plane)
        return badField(u"A rule with B0 needs a torus: beyond the edges of a plane cells would be born."_s);
    return ViewerRequest(RuleCommand{*rule});
}

Read readResize(const Fields &fields)
{
    const auto width = wholeNumber(fields["width"_L1]);
    const auto height = wholeNumber(fields["height"_L1]);
    if (!width || !height)
        return badField(u"width and height must be whole numbers."_s);
    if (const auto error = checkUniverseSize(*width, *height, limits::kViewerUniverseCells))
        return badField(error->message, sizeLimit(*error));
    return ViewerRequest(ResizeCommand{static_cast<int>(*width), static_cast<int>(*height)});
}

Read readGoTo(const Fields &fields)
{
    const auto generation = wholeNumber(fields["generation"_L1]);
    if (!liesIn(generation, 0, kMaxWhole))
        return badField(u"generation must be a whole number from 0 to 2^53."_s);
    return ViewerRequest(GoToCommand{static_cast<quint64>(*generation)});
}

Read readPin(const Fields &fields)
{
    const QString pin = fields["pin"_L1].toString();
    if (!isPin(pin)) {
        return badField(
            u"pin must be a string of %1 to %2 digits."_s.arg(limits::kPinDigitsMin).arg(limits::kPinDigitsMax));
    }
    return ViewerRequest(PinRequest{pin});
}

Read readView(const Fields &fields)
{
    ViewRequest view;
    if (fields.has("level"_L1)) {
        const auto level = wholeNumber(fields["level"_L1]);
        if (!liesIn(level, 0, limits::kMaxLevel))
            return badField(u"level must be a whole number from 0 to %1."_s.arg(limits::kMaxLevel));
        view.level = static_cast<int>(*level);
    }
    if (fields.has("x"_L1) || fields.has("y"_L1) || fields.has("w"_L1) || fields.has("h"_L1)) {
        const auto x = wholeNumber(fields["x"_L1]);
        const auto y = wholeNumber(fields["y"_L1]);
        const auto width = wholeNumber(fields["w"_L1]);
        const auto height = wholeNumber(fields["h"_L1]);
        if (!liesIn(x, 0, CellGrid::kMaxSide - 1) || !liesIn(y, 0, CellGrid::kMaxSide - 1) ||
            !liesIn(width, 1, CellGrid::kMaxSide) || !liesIn(height, 1, CellGrid::kMaxSide)) {
            return badField(
                u"x, y, w and h must be whole numbers up to %1, and w and h at least 1; or all left out."_s.arg(
                    CellGrid::kMaxSide));
        }
        view.area =
            QRect(static_cast<int>(*x), static_cast<int>(*y), static_cast<int>(*width), static_cast<int>(*height));
    }
    if (fields.has("maxFps"_L1)) {
        const auto maxFps = wholeNumber(fields["maxFps"_L1]);
        if (!liesIn(maxFps, 0, limits::kMaxFps))
            return badField(u"maxFps must be a whole number from 0 to %1."_s.arg(limits::kMaxFps));
        view.maxFps = static_cast<int>(*maxFps);
    }
    const QJsonValue paused = fields["paused"_L1];
    if (!paused.isUndefined() && !paused.isBool())
        return badField(u"paused must be true or false."_s);
    view.paused = paused.toBool();
    return ViewerRequest(view);
}

constexpr int kLight = 1;
/// What costs the server, or every other viewer, much more than its few bytes.
constexpr int kHeavy = limits::kHeavyMessage;
// Who may say it.
constexpr bool kEverybody = false;
constexpr bool kOperators = true;

constexpr ViewerWord kWords[] = {
    {"start"_L1, kLight, kOperators, command<StartCommand>},
    {"stop"_L1, kLight, kOperators, command<StopCommand>},
    {"step"_L1, kHeavy, kOperators, command<StepCommand>},
    {"reset"_L1, kHeavy, kOperators, command<ResetCommand>},
    {"speed"_L1, kLight, kOperators, readSpeed},
    {"edit"_L1, kLight, kOperators, readEdit},
    {"stamp"_L1, kHeavy, kOperators, readStamp},
    {"load"_L1, kHeavy, kOperators, readLoad},
    {"random"_L1, kHeavy, kOperators, readRandom},
    {"clear"_L1, kHeavy, kOperators, command<ClearCommand>},
    {"rule"_L1, kHeavy, kOperators, readRule},
    {"resize"_L1, kHeavy, kOperators, readResize},
    {"undo"_L1, kHeavy, kOperators, command<UndoCommand>},
    {"redo"_L1, kHeavy, kOperators, command<RedoCommand>},
    {"back"_L1, kHeavy, kOperators, command<BackCommand>},
    {"goto"_L1, kHeavy, kOperators, readGoTo},
    {"ping"_L1, kLight, kEverybody, plain<PingRequest>},
    {"hello"_L1, kLight, kEverybody, plain<HelloRequest>},
    {"pin"_L1, kLight, kEverybody, readPin},
    {"view"_L1, kHeavy, kEverybody, readView},
    {"resync"_L1, kHeavy, kEverybody, plain<ResyncRequest>},
};

} // namespace

std::span<const ViewerWord> viewerWords()
{
    return kWords;
}

std::variant<ViewerMessage, RefusedRequest> ViewerMessage::parse(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(u'{') && !trimmed.startsWith(u'['))
        return named(trimmed, {}, {});

    QJsonParseError failure;
    const QJsonDocument document = QJsonDocument::fromJson(trimmed.toUtf8(), &failure);
    if (failure.error != QJsonParseError::NoError)
        return RefusedRequest{
            u"bad_json", u"Not JSON, at byte %1: %2."_s.arg(failure.offset).arg(failure.errorString()), {}};
    if (!document.isObject())
        return RefusedRequest{u"bad_json", u"A command is a JSON object, such as {\"cmd\":\"start\"}."_s, {}};

    const QJsonObject object = document.object();
    json::Echo echo;
    const auto refused = [&echo](const QString &message) { return RefusedRequest{u"bad_field", message, echo}; };
    if (const QJsonValue id = object["id"_L1]; !id.isUndefined()) {
        echo.id = wholeNumber(id);
        if (!echo.id)
            return refused(u"id must be a whole number up to 2^53."_s);
    }
    if (const QJsonValue t = object["t"_L1]; !t.isUndefined()) {
        if (!t.isDouble())
            return refused(u"t must be a number."_s);
        echo.t = t;
    }
    const QJsonValue name = object["cmd"_L1];
    if (!name.isString())
        return refused(u"cmd must be a string: the command's name."_s);
    return named(name.toString(), object, echo);
}

std::variant<ViewerMessage, RefusedRequest> ViewerMessage::named(const QString &name, const QJsonObject &object,
                                                                 const json::Echo &echo)
{
    for (const ViewerWord &word : kWords) {
        if (name == word.name)
            return ViewerMessage(word, object, echo);
    }
    return RefusedRequest{
        u"unknown_command",
        u"\"%1\" is not a command: start, stop, step, reset, speed, edit, ping, hello and others are."_s.arg(
            shortened(name)),
        echo};
}

std::variant<ViewerRequest, RefusedRequest> ViewerMessage::read(const EngineState &universe) const
{
    auto read = m_word->read({m_object, universe});
    if (auto *refused = std::get_if<RefusedRequest>(&read))
        refused->echo = m_echo;
    return read;
}

} // namespace conway
