#include "tests/validate/MessageShape.h"

#include <QStringView>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <span>

namespace conway::validate {

namespace {

enum class Kind { Whole, Number, Text, Boolean, List };

struct Field {
    QStringView name;
    Kind kind = Kind::Whole;
    bool required = true;
};

constexpr bool kOptional = false;

constexpr Field kFullState[] = {
    {u"tick", Kind::Whole}, {u"generation", Kind::Whole, kOptional}, {u"grid", Kind::List},
    {u"size", Kind::Whole}, {u"width", Kind::Whole, kOptional},      {u"height", Kind::Whole, kOptional},
};
constexpr Field kDelta[] = {{u"tick", Kind::Whole}, {u"generation", Kind::Whole, kOptional}, {u"deltas", Kind::List}};
constexpr Field kPong[] = {{u"tick", Kind::Whole}, {u"t", Kind::Number, kOptional}};
constexpr Field kError[] = {
    {u"code", Kind::Text}, {u"message", Kind::Text}, {u"retryAfterSeconds", Kind::Whole, kOptional}};
constexpr Field kAck[] = {{u"id", Kind::Whole}};
constexpr Field kHello[] = {
    {u"protocol", Kind::Whole}, {u"width", Kind::Whole},      {u"height", Kind::Whole},    {u"rule", Kind::Text},
    {u"topology", Kind::Text},  {u"intervalMs", Kind::Whole}, {u"running", Kind::Boolean}, {u"role", Kind::Text},
    {u"lan", Kind::Text},       {u"version", Kind::Text},
};
constexpr Field kRole[] = {{u"role", Kind::Text}, {u"lan", Kind::Text}};
constexpr Field kState[] = {
    {u"running", Kind::Boolean}, {u"intervalMs", Kind::Whole}, {u"rule", Kind::Text},
    {u"cause", Kind::Text},      {u"by", Kind::Text},
};
constexpr Field kStats[] = {
    {u"generation", Kind::Whole},      {u"population", Kind::Whole}, {u"births", Kind::Whole},
    {u"deaths", Kind::Whole},          {u"viewers", Kind::Whole},    {u"attainedPerSecond", Kind::Number},
    {u"bytesPerSecond", Kind::Number},
};

struct Shape {
    QStringView type;
    std::span<const Field> fields;
    bool closed = false; ///< no field beyond these
};

constexpr Shape kShapes[] = {
    {u"full_state", kFullState, true},
    {u"delta", kDelta, true},
    {u"pong", kPong},
    {u"error", kError},
    {u"ack", kAck},
    {u"hello", kHello},
    {u"role", kRole},
    {u"state", kState},
    {u"stats", kStats},
};

bool isOfKind(const QJsonValue &value, Kind kind)
{
    switch (kind) {
    case Kind::Whole:
        return wholeNumber(value).has_value();
    case Kind::Number:
        return value.isDouble();
    case Kind::Text:
        return value.isString();
    case Kind::Boolean:
        return value.isBool();
    case Kind::List:
        return value.isArray();
    }
    Q_UNREACHABLE();
}

QString wrongFields(const QJsonObject &message, const Shape &shape)
{
    qsizetype known = 1; // "type"
    for (const Field &field : shape.fields) {
        const auto found = message.constFind(field.name);
        if (found == message.constEnd()) {
            if (field.required)
                return shape.type + u" without \"" + field.name + u'"';
            continue;
        }
        ++known;
        if (!isOfKind(*found, field.kind))
            return shape.type + u": \"" + field.name + u"\" is of the wrong kind";
    }
    if (shape.closed && message.size() != known)
        return shape.type + u" has fields the brief does not know: " + message.keys().join(u", ");
    return {};
}

} // namespace

QString wrongShape(const QJsonObject &message)
{
    const QString type = message.value(u"type").toString();
    const auto *shape = std::find_if(std::begin(kShapes), std::end(kShapes),
                                     [&type](const Shape &candidate) { return candidate.type == type; });
    if (shape == std::end(kShapes))
        return u"a message of no known type: \"" + type + u'"';
    return wrongFields(message, *shape);
}

std::optional<qint64> wholeNumber(const QJsonValue &value)
{
    constexpr double kLargest = 9007199254740992.0; // 2⁵³, beyond which JSON numbers skip whole ones
    const double number = value.toDouble(-1.0);
    if (!(number >= 0.0 && number <= kLargest) || std::trunc(number) != number)
        return std::nullopt;
    return static_cast<qint64>(number);
}

} // namespace conway::validate
