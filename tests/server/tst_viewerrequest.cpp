#include "core/ConwayEngine.h"
#include "server/Limits.h"
#include "server/ViewerRequest.h"
#include "tests/core/Picture.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

struct Understood {
    ViewerRequest action;
    json::Echo echo;
};

std::variant<Understood, RefusedRequest> parse(const QString &text, int width = 8, int height = 4)
{
    EngineState universe;
    universe.width = width;
    universe.height = height;
    const auto message = ViewerMessage::parse(text);
    if (const auto *refused = std::get_if<RefusedRequest>(&message))
        return *refused;
    const auto read = std::get<ViewerMessage>(message).read(universe);
    if (const auto *refused = std::get_if<RefusedRequest>(&read))
        return *refused;
    return Understood{std::get<ViewerRequest>(read), std::get<ViewerMessage>(message).echo()};
}

/// The command that an object asks for.
template <class Action>
Action commandOf(const QString &text)
{
    const auto request = std::get<Understood>(parse(text));
    return std::get<Action>(std::get<Command::Action>(request.action));
}

ViewRequest viewOf(const QString &text)
{
    return std::get<ViewRequest>(std::get<Understood>(parse(text)).action);
}

template <class Action>
bool isCommand(const QString &text)
{
    const auto parsed = parse(text);
    const auto *request = std::get_if<Understood>(&parsed);
    const auto *action = request ? std::get_if<Command::Action>(&request->action) : nullptr;
    return action && std::holds_alternative<Action>(*action);
}

template <class Request>
bool isRequest(const QString &text)
{
    const auto parsed = parse(text);
    const auto *request = std::get_if<Understood>(&parsed);
    return request && std::holds_alternative<Request>(request->action);
}

QString editOf(int cells)
{
    return u"{\"cmd\":\"edit\",\"cells\":["_s + QStringList(cells, u"[0,0,1]"_s).join(u',') + u"]}"_s;
}

} // namespace

class TestViewerRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understandsTheBriefsWords()
    {
        QVERIFY(isCommand<StartCommand>(u"start"_s));
        QVERIFY(isCommand<StopCommand>(u"stop"_s));
        QVERIFY(isCommand<ResetCommand>(u"reset"_s));
        QVERIFY(isRequest<PingRequest>(u"ping"_s));
        QVERIFY(isCommand<StartCommand>(u" start\n"_s));
    }

    void understandsObjects()
    {
        QVERIFY(isCommand<StartCommand>(uR"({"cmd":"start"})"_s));
        QVERIFY(isCommand<StopCommand>(uR"({"cmd":"stop"})"_s));
        QVERIFY(isCommand<StepCommand>(uR"({"cmd":"step","unknown":[1]})"_s));
        QVERIFY(isCommand<ResetCommand>(uR"(  {"cmd":"reset"})"_s));
        QVERIFY(isRequest<PingRequest>(uR"({"cmd":"ping","t":1})"_s));
        QVERIFY(isRequest<HelloRequest>(uR"({"cmd":"hello"})"_s));
    }

    void readsTheFieldsOfACommand()
    {
        const auto speed = std::get<Understood>(parse(uR"({"cmd":"speed","intervalMs":10,"id":7})"_s));
        QCOMPARE(std::get<SpeedCommand>(std::get<Command::Action>(speed.action)).intervalMs, 10);
        QCOMPARE(*speed.echo.id, 7);
        const auto turbo = std::get<Understood>(parse(uR"({"cmd":"speed","intervalMs":0})"_s));
        QCOMPARE(std::get<SpeedCommand>(std::get<Command::Action>(turbo.action)).intervalMs, ConwayEngine::kTurbo);

        const auto edit = std::get<Understood>(parse(uR"({"cmd":"edit","cells":[[0,0,1],[7,3,0]]})"_s));
        QCOMPARE(std::get<EditCommand>(std::get<Command::Action>(edit.action)).cells,
                 (QList<CellEdit>{{0, 0, true}, {7, 3, false}}));
        QVERIFY(isCommand<EditCommand>(editOf(limits::kEditCells)));

        const auto ping = std::get<Understood>(parse(uR"({"cmd":"ping","t":-1.5})"_s));
        QCOMPARE(ping.echo.t->toDouble(), -1.5);
        // Nanoseconds since 1970 are more than a double holds.
        const auto exact = std::get<Understood>(parse(uR"({"cmd":"ping","t":1764000000000000001})"_s));
        QVERIFY(json::pong(0, exact.echo).contains("\"t\":1764000000000000001"));
        const auto largest = std::get<Understood>(parse(uR"({"cmd":"ping","id":9007199254740992})"_s));
        QCOMPARE(*largest.echo.id, qint64{1} << 53U);
    }

    void readsPatterns()
    {
        const auto glider =
            commandOf<StampCommand>(uR"({"cmd":"stamp","rle":"bob$2bo$3o!","x":-1,"y":5,"mode":"xor"})"_s);
        QCOMPARE(pictureOf(*glider.pattern), (QStringList{u".O."_s, u"..O"_s, u"OOO"_s}));
        QCOMPARE(glider.x, -1);
        QCOMPARE(glider.y, 5);
        QVERIFY(glider.mode == StampMode::Xor);
        QVERIFY(commandOf<StampCommand>(uR"({"cmd":"stamp","rle":"o!","x":0,"y":0})"_s).mode == StampMode::Or);
        // Flipped first, then turned.
        const auto turned =
            commandOf<StampCommand>(uR"({"cmd":"stamp","rle":"3o$o!","x":0,"y":0,"turn":1,"flip":true})"_s);
        QCOMPARE(pictureOf(*turned.pattern), (QStringList{u".O"_s, u".O"_s, u"OO"_s}));

        const auto loaded =
            commandOf<LoadCommand>(uR"({"cmd":"load","rle":"x = 2, y = 2, rule = B36/S23\n2o$2o!"})"_s).plan;
        QCOMPARE(pictureOf(built(loaded).cells),
                 (QStringList{u"........"_s, u"...OO..."_s, u"...OO..."_s, u"........"_s}));
        QCOMPARE(loaded.rule.toString(), u"B36/S23"_s);
        const auto plane =
            commandOf<LoadCommand>(uR"({"cmd":"load","rle":"x = 1, y = 1, rule = B3/S23:P20,10\no!"})"_s).plan;
        QCOMPARE(plane.width, 20);
        QVERIFY(plane.topology == Topology::Plane);
    }

    void whatIsLargeIsLeftToTheEngine()
    {
        // A message of 28 bytes loads into the largest universe there is: 512 MiB of cells, which nobody makes here.
        const auto parsed = parse(uR"({"cmd":"load","rle":"o!"})"_s, CellGrid::kMaxSide, CellGrid::kMaxSide);
        const Command command{std::get<Command::Action>(std::get<Understood>(parsed).action), u"10.0.0.7"_s};
        const Command copy = command; // NOLINT(performance-unnecessary-copy-initialization): as a queued signal does
        const UniversePlan &plan = std::get<LoadCommand>(copy.action).plan;
        QCOMPARE(plan.width, CellGrid::kMaxSide);
        QCOMPARE(plan.height, CellGrid::kMaxSide);
        QCOMPARE(plan.pattern->cells.width(), 1);
        QVERIFY(plan.pattern == std::get<LoadCommand>(command.action).plan.pattern);

        const auto stamp = commandOf<StampCommand>(uR"({"cmd":"stamp","rle":"o!","x":0,"y":0})"_s);
        const Command::Action stamped = stamp;
        QVERIFY(std::get<StampCommand>(stamped).pattern == stamp.pattern);
    }

    void readsWhatChangesTheUniverseWhole()
    {
        const auto soup = commandOf<FillCommand>(uR"({"cmd":"random","density":0.25,"seed":7})"_s).soup;
        QCOMPARE(soup, (Soup{Soup::kFull / 4, 7}));
        QCOMPARE(commandOf<FillCommand>(uR"({"cmd":"random","density":1})"_s).soup.density, Soup::kFull);
        QCOMPARE(commandOf<RuleCommand>(uR"({"cmd":"rule","rule":"b36s23"})"_s).rule.toString(), u"B36/S23"_s);
        const auto size = commandOf<ResizeCommand>(uR"({"cmd":"resize","width":4096,"height":4096})"_s);
        QCOMPARE(size.width, 4096);
        QCOMPARE(size.height, 4096);
        QVERIFY(isCommand<ClearCommand>(uR"({"cmd":"clear"})"_s));
        QVERIFY(isCommand<UndoCommand>(u"undo"_s));
        QVERIFY(isCommand<RedoCommand>(u"redo"_s));
        QVERIFY(isCommand<BackCommand>(u"back"_s));
        QCOMPARE(commandOf<GoToCommand>(uR"({"cmd":"goto","generation":9007199254740992})"_s).generation,
                 quint64{1} << 53U);
    }

    void readsViews()
    {
        QVERIFY(!viewOf(u"view"_s).level);
        QVERIFY(!viewOf(u"view"_s).area);
        const ViewRequest view =
            viewOf(uR"({"cmd":"view","level":9,"x":5,"y":6,"w":65536,"h":1,"maxFps":30,"paused":true})"_s);
        QCOMPARE(*view.level, 9);
        QCOMPARE(*view.area, QRect(5, 6, 65536, 1));
        QCOMPARE(view.maxFps, 30);
        QVERIFY(view.paused);
        QVERIFY(isRequest<ResyncRequest>(uR"({"cmd":"resync"})"_s));
    }

    void readsPins()
    {
        const auto pin = std::get<Understood>(parse(uR"({"cmd":"pin","pin":"012345","id":3})"_s));
        QCOMPARE(std::get<PinRequest>(pin.action).pin, u"012345"_s);
        QCOMPARE(*pin.echo.id, 3);
    }

    void refusesEverythingElse_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        const auto row = [](const QString &text, const char *code) {
            QTest::newRow(qPrintable(text.isEmpty() ? u"empty"_s : text.left(60))) << text << QString::fromLatin1(code);
        };
        row(u""_s, "unknown_command");
        row(u"START"_s, "unknown_command");
        row(u"explode"_s, "unknown_command");
        row(u"\"start\""_s, "unknown_command");
        row(u"5"_s, "unknown_command");
        row(uR"({"cmd":"explode"})"_s, "unknown_command");
        row(uR"({"cmd":""})"_s, "unknown_command");
        row(u"{"_s, "bad_json");
        row(uR"({"cmd":"start")"_s, "bad_json");
        row(uR"({"cmd":"start"}x)"_s, "bad_json");
        row(u"[]"_s, "bad_json");
        row(uR"(["start"])"_s, "bad_json");
        row(u"{cmd:start}"_s, "bad_json");
        row(QString(60'000, u'['), "bad_json");
        row(u"{}"_s, "bad_field");
        row(uR"({"cmd":5})"_s, "bad_field");
        row(uR"({"cmd":null})"_s, "bad_field");
        row(uR"({"cmd":["start"]})"_s, "bad_field");
        row(uR"({"cmd":"start","id":"7"})"_s, "bad_field");
        row(uR"({"cmd":"start","id":1.5})"_s, "bad_field");
        row(uR"({"cmd":"start","id":1e300})"_s, "bad_field");
        row(uR"({"cmd":"start","id":9007199254740993})"_s, "bad_field");
        row(uR"({"cmd":"start","id":-9007199254740993})"_s, "bad_field");
        row(uR"({"cmd":"start","id":99999999999999999999})"_s, "bad_field");
        row(uR"({"cmd":"start","id":null})"_s, "bad_field");
        row(uR"({"cmd":"ping","t":"now"})"_s, "bad_field");
        row(u"speed"_s, "bad_field");
        row(uR"({"cmd":"speed"})"_s, "bad_field");
        row(uR"({"cmd":"speed","intervalMs":9})"_s, "bad_field");
        row(uR"({"cmd":"speed","intervalMs":60001})"_s, "bad_field");
        row(uR"({"cmd":"speed","intervalMs":100.5})"_s, "bad_field");
        row(uR"({"cmd":"speed","intervalMs":"100"})"_s, "bad_field");
        row(uR"({"cmd":"speed","intervalMs":-1e308})"_s, "bad_field");
        row(u"edit"_s, "bad_field");
        row(uR"({"cmd":"edit","cells":[]})"_s, "bad_field");
        row(uR"({"cmd":"edit","cells":{"x":1}})"_s, "bad_field");
        row(uR"({"cmd":"edit","cells":[[0,0]]})"_s, "bad_field");
        row(uR"({"cmd":"edit","cells":[[0,0,1,1]]})"_s, "bad_field");
        row(uR"({"cmd":"edit","cells":[[8,0,1]]})"_s, "bad_field");
        row(uR"({"cmd":"edit","cells":[[0,4,1]]})"_s, "bad_field");
        row(uR"({"cmd":"edit","cells":[[-1,0,1]]})"_s, "bad_field");
        row(uR"({"cmd":"edit","cells":[[0,0,2]]})"_s, "bad_field");
        row(uR"({"cmd":"edit","cells":[[0,0,true]]})"_s, "bad_field");
        row(uR"({"cmd":"edit","cells":[[1e99,0,1]]})"_s, "bad_field");
        row(editOf(limits::kEditCells + 1), "bad_field");
        row(u"stamp"_s, "bad_field");
        row(uR"({"cmd":"stamp","x":0,"y":0})"_s, "bad_field");
        row(uR"({"cmd":"stamp","x":0,"y":0,"rle":5})"_s, "bad_field");
        row(uR"({"cmd":"stamp","x":0,"y":0,"rle":"o?!"})"_s, "bad_pattern");
        row(uR"({"cmd":"stamp","x":0,"y":0,"rle":"999999999999o!"})"_s, "bad_pattern");
        row(uR"({"cmd":"stamp","x":0,"y":0,"rle":"5000o5000$o!"})"_s, "bad_pattern");
        row(uR"({"cmd":"stamp","x":0,"y":0,"rle":"9o!"})"_s, "bad_pattern"); // the universe has 8×4
        row(uR"({"cmd":"stamp","x":0,"y":0,"rle":"5o!","turn":1})"_s, "bad_pattern");
        row(uR"({"cmd":"stamp","x":0.5,"y":0,"rle":"o!"})"_s, "bad_field");
        row(uR"({"cmd":"stamp","x":0,"y":65537,"rle":"o!"})"_s, "bad_field");
        row(uR"({"cmd":"stamp","x":0,"y":0,"mode":"and","rle":"o!"})"_s, "bad_field");
        row(uR"({"cmd":"stamp","x":0,"y":0,"turn":4,"rle":"o!"})"_s, "bad_field");
        row(uR"({"cmd":"stamp","x":0,"y":0,"flip":1,"rle":"o!"})"_s, "bad_field");
        row(u"load"_s, "bad_field");
        row(uR"({"cmd":"load","rle":"9o!"})"_s, "bad_pattern");
        row(uR"({"cmd":"load","rle":"x = 1, y = 1, rule = B3/S23:T4097,4096\no!"})"_s, "bad_pattern");
        row(uR"({"cmd":"load","rle":"x = 1, y = 1, rule = B0/S23:P8,8\no!"})"_s, "bad_pattern");
        row(uR"({"cmd":"load","rle":"x = 1, y = 1, rule = nonsense\no!"})"_s, "bad_pattern");
        row(u"random"_s, "bad_field");
        row(uR"({"cmd":"random","density":1.01})"_s, "bad_field");
        row(uR"({"cmd":"random","density":-0.01})"_s, "bad_field");
        row(uR"({"cmd":"random","density":"0.5"})"_s, "bad_field");
        row(uR"({"cmd":"random","density":0.5,"seed":-1})"_s, "bad_field");
        row(uR"({"cmd":"random","density":0.5,"seed":0.5})"_s, "bad_field");
        row(u"goto"_s, "bad_field");
        row(uR"({"cmd":"goto","generation":-1})"_s, "bad_field");
        row(uR"({"cmd":"goto","generation":1.5})"_s, "bad_field");
        row(uR"({"cmd":"goto","generation":"7"})"_s, "bad_field");
        row(u"rule"_s, "bad_field");
        row(uR"({"cmd":"rule","rule":23})"_s, "bad_field");
        row(uR"({"cmd":"rule","rule":"B9/S23"})"_s, "bad_field");
        row(u"resize"_s, "bad_field");
        row(uR"({"cmd":"resize","width":0,"height":5})"_s, "bad_field");
        row(uR"({"cmd":"resize","width":4097,"height":4096})"_s, "bad_field");
        row(uR"({"cmd":"resize","width":65537,"height":1})"_s, "bad_field");
        row(u"pin"_s, "bad_field");
        row(uR"({"cmd":"pin","pin":123456})"_s, "bad_field");
        row(uR"({"cmd":"pin","pin":""})"_s, "bad_field");
        row(uR"({"cmd":"pin","pin":"123"})"_s, "bad_field");
        row(uR"({"cmd":"pin","pin":"1234567890123"})"_s, "bad_field");
        row(uR"({"cmd":"pin","pin":"12345x"})"_s, "bad_field");
        row(uR"({"cmd":"pin","pin":["1234"]})"_s, "bad_field");
        row(uR"({"cmd":"view","level":10})"_s, "bad_field");
        row(uR"({"cmd":"view","level":-1})"_s, "bad_field");
        row(uR"({"cmd":"view","x":0,"y":0,"w":5})"_s, "bad_field");
        row(uR"({"cmd":"view","x":0,"y":0,"w":5,"h":0})"_s, "bad_field");
        row(uR"({"cmd":"view","x":-1,"y":0,"w":5,"h":5})"_s, "bad_field");
        row(uR"({"cmd":"view","x":1e300,"y":0,"w":5,"h":5})"_s, "bad_field");
        row(uR"({"cmd":"view","maxFps":61})"_s, "bad_field");
        row(uR"({"cmd":"view","maxFps":0.5})"_s, "bad_field");
        row(uR"({"cmd":"view","paused":1})"_s, "bad_field");
    }
    void refusesEverythingElse()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        const auto parsed = parse(text);
        const auto *refused = std::get_if<RefusedRequest>(&parsed);
        QVERIFY(refused);
        QCOMPARE(refused->code.toString(), code);
        QVERIFY(!refused->message.isEmpty());
        QVERIFY(refused->message.size() < 200); // never the stranger's own text at length
    }

    void theWordTellsWhatAMessageCosts()
    {
        const auto word = [](const QString &text) {
            return std::get<ViewerMessage>(ViewerMessage::parse(text)).word();
        };
        // Before anybody looks at the fields, which are wrong here.
        QCOMPARE(word(u"start"_s).weight, 1);
        QCOMPARE(word(uR"({"cmd":"edit","cells":5})"_s).weight, 1);
        QCOMPARE(word(uR"({"cmd":"load","rle":5})"_s).weight, limits::kHeavyMessage);
        QCOMPARE(word(uR"({"cmd":"view","level":99})"_s).weight, limits::kHeavyMessage);
        QVERIFY(word(uR"({"cmd":"stamp"})"_s).needsOperator);
        QVERIFY(!word(uR"({"cmd":"view","level":99})"_s).needsOperator);
        // A command is what the engine is asked for, and nothing else is.
        for (const ViewerWord &each : viewerWords()) {
            const auto parsed = parse(each.name);
            if (const auto *understood = std::get_if<Understood>(&parsed))
                QCOMPARE(each.needsOperator, std::holds_alternative<Command::Action>(understood->action));
        }
    }

    void refusalsCarryTheId()
    {
        QCOMPARE(*std::get<RefusedRequest>(parse(uR"({"cmd":"explode","id":9})"_s)).echo.id, 9);
        QCOMPARE(*std::get<RefusedRequest>(parse(uR"({"cmd":"speed","id":9})"_s)).echo.id, 9);
        QCOMPARE(*std::get<RefusedRequest>(parse(uR"({"id":9})"_s)).echo.id, 9);
    }
};

QTEST_APPLESS_MAIN(TestViewerRequest)
#include "tst_viewerrequest.moc"
