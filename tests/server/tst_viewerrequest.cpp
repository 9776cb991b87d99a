#include "core/ConwayEngine.h"
#include "server/Limits.h"
#include "server/ViewerRequest.h"

#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

std::variant<ViewerRequest, RefusedRequest> parse(const QString &text)
{
    return parseViewerRequest(text, 8, 4);
}

template <class Action>
bool isCommand(const QString &text)
{
    const auto parsed = parse(text);
    const auto *request = std::get_if<ViewerRequest>(&parsed);
    const auto *action = request ? std::get_if<Command::Action>(&request->action) : nullptr;
    return action && std::holds_alternative<Action>(*action);
}

template <class Request>
bool isRequest(const QString &text)
{
    const auto parsed = parse(text);
    const auto *request = std::get_if<ViewerRequest>(&parsed);
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
        const auto speed = std::get<ViewerRequest>(parse(uR"({"cmd":"speed","intervalMs":10,"id":7})"_s));
        QCOMPARE(std::get<SpeedCommand>(std::get<Command::Action>(speed.action)).intervalMs, 10);
        QCOMPARE(*speed.echo.id, 7);
        const auto turbo = std::get<ViewerRequest>(parse(uR"({"cmd":"speed","intervalMs":0})"_s));
        QCOMPARE(std::get<SpeedCommand>(std::get<Command::Action>(turbo.action)).intervalMs, ConwayEngine::kTurbo);

        const auto edit = std::get<ViewerRequest>(parse(uR"({"cmd":"edit","cells":[[0,0,1],[7,3,0]]})"_s));
        QCOMPARE(std::get<EditCommand>(std::get<Command::Action>(edit.action)).cells,
                 (QList<CellEdit>{{0, 0, true}, {7, 3, false}}));
        QVERIFY(isCommand<EditCommand>(editOf(limits::kEditCells)));

        const auto ping = std::get<ViewerRequest>(parse(uR"({"cmd":"ping","t":-1.5})"_s));
        QCOMPARE(ping.echo.t->toDouble(), -1.5);
        // Nanoseconds since 1970 are more than a double holds.
        const auto exact = std::get<ViewerRequest>(parse(uR"({"cmd":"ping","t":1764000000000000001})"_s));
        QVERIFY(json::pong(0, exact.echo).contains("\"t\":1764000000000000001"));
        const auto largest = std::get<ViewerRequest>(parse(uR"({"cmd":"ping","id":9007199254740992})"_s));
        QCOMPARE(*largest.echo.id, qint64{1} << 53U);
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

    void refusalsCarryTheId()
    {
        QCOMPARE(*std::get<RefusedRequest>(parse(uR"({"cmd":"explode","id":9})"_s)).echo.id, 9);
        QCOMPARE(*std::get<RefusedRequest>(parse(uR"({"cmd":"speed","id":9})"_s)).echo.id, 9);
        QCOMPARE(*std::get<RefusedRequest>(parse(uR"({"id":9})"_s)).echo.id, 9);
    }
};

QTEST_APPLESS_MAIN(TestViewerRequest)
#include "tst_viewerrequest.moc"
