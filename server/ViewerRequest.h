#pragma once

#include "core/Command.h"
#include "core/EngineState.h"
#include "server/JsonMessages.h"
#include "server/Limit.h"

#include <QJsonObject>
#include <QLatin1StringView>
#include <QRect>
#include <QString>

#include <optional>
#include <span>
#include <utility>
#include <variant>

namespace conway {

struct PingRequest {
};
struct HelloRequest {
};
/// Asks for the role of an operator.
struct PinRequest {
    QString pin; ///< isPin()
};
/// What a viewer of conway.v2 wants to see.
struct ViewRequest {
    std::optional<int> level;  ///< 0..limits::kMaxLevel; the finest that fits if not said
    std::optional<QRect> area; ///< in cells, not empty; the whole universe if not said
    int maxFps = 0;            ///< 1..limits::kMaxFps; 0: every published frame
    bool paused = false;
};
/// What it holds is wrong: it wants a snapshot.
struct ResyncRequest {
};

/// A message of a viewer that was understood.
using ViewerRequest = std::variant<PingRequest, HelloRequest, PinRequest, ViewRequest, ResyncRequest, Command::Action>;

/// One that was not, or may not be, as the `error` it is answered with.
struct RefusedRequest {
    QStringView code; ///< a literal: see the table in docs/protocol.md
    QString message;
    json::Echo echo;
    std::optional<Limit> limit{}; ///< that was reached, if it was one
};

/// Of a command, and what they are read against.
struct CommandFields;

/// What a viewer can say, and what is known of it before its fields are read.
struct ViewerWord {
    QLatin1StringView name;
    int weight = 1;             ///< messages that it counts for: 1, or limits::kHeavyMessage
    bool needsOperator = false; ///< it commands the universe
    std::variant<ViewerRequest, RefusedRequest> (*read)(const CommandFields &) = nullptr;
};
/// All there are.
[[nodiscard]] std::span<const ViewerWord> viewerWords();

/// A text message of either stream, read as far as its word: who may say that, and how often, is decided before a
/// pattern is drawn for it.
class ViewerMessage
{
public:
    /// A bare word of the brief, or an object with a `cmd`. Takes anything; the length was limited before.
    [[nodiscard]] static std::variant<ViewerMessage, RefusedRequest> parse(const QString &text);

    [[nodiscard]] const ViewerWord &word() const { return *m_word; }
    [[nodiscard]] const json::Echo &echo() const { return m_echo; }

    /// Reads the rest. `universe` bounds the coordinates of an edit, and is what a pattern is loaded into.
    [[nodiscard]] std::variant<ViewerRequest, RefusedRequest> read(const EngineState &universe) const;

private:
    ViewerMessage(const ViewerWord &word, QJsonObject object, json::Echo echo)
        : m_word(&word)
        , m_object(std::move(object))
        , m_echo(std::move(echo))
    {
    }
    [[nodiscard]] static std::variant<ViewerMessage, RefusedRequest>
    named(const QString &name, const QJsonObject &object, const json::Echo &echo);

    const ViewerWord *m_word; ///< one of viewerWords()
    QJsonObject m_object;
    json::Echo m_echo;
};

} // namespace conway
