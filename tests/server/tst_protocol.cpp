#include "core/ConwayEngine.h"
#include "core/Universe.h"
#include "server/Cadence.h"
#include "server/JsonCells.h"
#include "server/JsonMessages.h"
#include "server/Limits.h"
#include "server/Site.h"
#include "server/ViewerRequest.h"
#include "server/WebSocketFrame.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace conway;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// docs/protocol.md against the code. What it shows of the binary stream is in tst_v2codec.

namespace {

QString textOf(const QString &path)
{
    QFile file(QStringLiteral(CONWAY_SOURCES "/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Everything that a pattern with one group finds there.
QStringList found(const QString &text, const QString &pattern)
{
    QStringList all;
    for (const auto &match : QRegularExpression(pattern).globalMatch(text))
        all += match.captured(1);
    return all;
}

/// Such as 5,000, 2²⁴, 256×256, 64 KiB, 256 KiB/s, 10 s, 1 minute: a number, bytes or seconds. Nothing if it is none.
std::optional<double> numberIn(QString text)
{
    static const QHash<QString, double> kUnits{
        {u""_s, 1},        {u" KiB"_s, 1024},  {u" KiB/s"_s, 1024}, {u" MiB"_s, 1024 * 1024}, {u" s"_s, 1},
        {u" ms"_s, 0.001}, {u" minute"_s, 60}, {u" minutes"_s, 60}, {u" hour"_s, 3600},       {u" hours"_s, 3600},
    };
    static const QRegularExpression kForm(u"^([0-9]+)(?:×([0-9]+)|([⁰¹²³⁴⁵⁶⁷⁸⁹]+))?( .*)?$"_s);
    const auto match = kForm.match(text.remove(u','));
    if (!match.hasMatch() || !kUnits.contains(match.captured(4)))
        return {};
    double number = match.captured(1).toDouble();
    if (match.hasCaptured(2) && !match.captured(2).isEmpty())
        number *= match.captured(2).toDouble();
    if (QString exponent = match.captured(3); !exponent.isEmpty()) {
        for (QChar &digit : exponent)
            digit = QChar(u'0' + static_cast<char16_t>(u"⁰¹²³⁴⁵⁶⁷⁸⁹"_s.indexOf(digit)));
        number = std::pow(number, exponent.toInt());
    }
    return number * kUnits[match.captured(4)];
}

double seconds(std::chrono::duration<double> time)
{
    return time.count();
}

/// Where the document tells of limits: words with an @ for each number in bold, as a regular expression, and the code's
/// numbers.
struct Told {
    QString words;
    QList<double> numbers;
};

QList<Told> limitsTold()
{
    const Patience patience;
    constexpr double kView = double{limits::kDefaultViewSide} * limits::kDefaultViewSide;
    return {
        {u"There are @ for viewers"_s, {limits::kViewers}},
        {u"@ more for HTTP"_s, {limits::kHttpConnections}},
        {u"@ of them all for one address"_s, {limits::kConnectionsPerAddress}},
        {u"no complete request within @;"_s, {seconds(patience.http)}},
        {u"a request line over @; a header over @, @ lines or @ in one line"_s,
         {limits::kRequestLineBytes, limits::kHeaderBytes, limits::kHeaderLines, limits::kHeaderLineBytes}},
        {u"open files, less @;"_s, {limits::kReservedFiles}},
        {u"With @ more than that, accepting pauses"_s, {limits::kRefusals}},
        {u"An address has @ a second \\(bursts of @:"_s, {limits::kRequestsPerSecond, limits::kRequestBurst}},
        {u"a second for every @;"_s, {limits::kHttpLeastSpeed}},
        {u"At most @ living cells"_s, {limits::kRleLivingCells}},
        {u"in universes of up to @ cells"_s, {limits::kHashedCells}},
        {u"N is a whole number up to @\\."_s, {limits::kPictureSide}},
        {u"A picture has at most @ pixels and @ on a side"_s, {limits::kPicturePixels, limits::kPictureSide}},
        {u"the largest that fits @ pixels"_s, {limits::kUnscaledPicturePixels}},
        {u"@ at most are being made"_s, {limits::kSlowBodies}},
        {u"@ of them may wait to be taken"_s, {limits::kSlowBodyBytes}},
        {u"A PIN is a string of @ to @ ASCII digits; a random one has @\\."_s,
         {limits::kPinDigitsMin, limits::kPinDigitsMax, limits::kPinDigitsRandom}},
        {u"An address has @ tries"_s, {limits::kPinTries}},
        {u"a pause of @ begins"_s, {seconds(limits::kPinPause)}},
        {u"five more, a pause of @,"_s, {seconds(2 * limits::kPinPause)}},
        {u"and so on to @\\."_s, {seconds(limits::kPinPauseMax)}},
        {u"@ after an address's last wrong PIN"_s, {seconds(limits::kPinForget)}},
        {u"@ addresses are counted singly"_s, {limits::kPinAddresses}},
        {u"A universe of more cells than @ is too large for JSON"_s, {limits::kJsonCells}},
        {u"`intervalMs`, @ to @, or @ \\|"_s,
         {ConwayEngine::kMinInterval, ConwayEngine::kMaxInterval, ConwayEngine::kTurbo}},
        {u"at most @ frames a second are published"_s, {ConwayEngine::kTurboFramesPerSecond}},
        {u"`cells`: up to @ of"_s, {limits::kEditCells}},
        {u"`pin`: a string of @ to @ digits"_s, {limits::kPinDigitsMin, limits::kPinDigitsMax}},
        {u"The past has @ \\("_s, {History::kDefaultBudget}},
        {u"make universes of at most @ cells"_s, {limits::kViewerUniverseCells}},
        {u"more than @ frames a second \\(bursts of @;"_s, {limits::kMessagesPerSecond, limits::kMessageBurst}},
        {u"The past has @ "_s, {History::kDefaultBudget}},
        {u"comes to at most @, where what is heavy \\(below\\) counts as @ and"_s,
         {limits::kCommandsWaiting, limits::kHeavyMessage}},
        {u"each other within @ only the first"_s, {seconds(limits::kStateGrain)}},
        {u"throws it away for @,"_s, {seconds(patience.linger)}},
        {u"counts as @: all but [^;]*; or @ \\(bursts of @\\)"_s,
         {limits::kHeavyMessage, limits::kBytesPerSecond, limits::kByteBurst}},
        {u"a message or a fragment over @;"_s, {limits::kMessageBytes}},
        {u"waits up to @ for the viewer's"_s, {seconds(patience.close)}},
        {u"While more than @ "_s, {limits::kBehindBytes}},
        {u"If that takes more than @"_s, {seconds(patience.behind)}},
        {u"more than @ (?:pile up|less)"_s, {limits::kUnsentBytes}},
        {u"more than @ wait for all viewers together"_s, {limits::kUnsentBytesInAll}},
        {u"Every @ the server sends a WebSocket ping"_s, {seconds(patience.ping)}},
        {u"one value for each 2\\^k×2\\^k cells; at most @ \\|"_s, {limits::kMaxLevel}},
        {u"at the finest level that fits @ values"_s, {kView}},
        {u"`level` \\| 0 to @;"_s, {limits::kMaxLevel}},
        {u"[Aa]t most @ \\([^)]*\\) values at that level"_s, {limits::kViewValues}},
    };
}

/// What a JSON value is made of: the types of what it holds, and the names of its fields. Of an array what its first
/// entry is made of; an empty one is made of nothing, and like any other.
QJsonValue shape(const QJsonValue &value)
{
    if (value.isObject()) {
        QJsonObject shapes;
        const QJsonObject object = value.toObject();
        for (auto field = object.begin(); field != object.end(); ++field)
            shapes[field.key()] = shape(field.value());
        return shapes;
    }
    if (value.isArray())
        return QJsonArray{shape(value.toArray().first())};
    return static_cast<int>(value.type());
}

} // namespace

class TestProtocol : public QObject
{
    Q_OBJECT

    QString m_document;           ///< docs/protocol.md
    QString m_flat;               ///< without line breaks
    QList<QByteArray> m_examples; ///< the JSON objects that it shows, in blocks and in sentences
    EngineState m_state;
    ServerCounters m_counters;
    SlowBodies m_slow{m_counters};

    [[nodiscard]] static QByteArray kindOf(const QJsonObject &example)
    {
        return example.contains(u"cmd") ? "viewer" : example.contains(u"type") ? "stream" : "http";
    }

    /// The rows of the table whose head begins so: their first cells, without the accents.
    [[nodiscard]] QStringList firstCells(const QString &head) const
    {
        QStringList names;
        const QString table = m_document.mid(m_document.indexOf(head)).section(u"\n\n"_s, 0, 0);
        for (const QString &cell : found(table, u"\\n\\| ([^|]+) \\|"_s))
            names += cell.split(u", "_s);
        return names.replaceInStrings(u"`"_s, QString());
    }

    void examples(const QByteArray &kind)
    {
        QTest::addColumn<QJsonObject>("example");
        for (const QByteArray &text : std::as_const(m_examples)) {
            const QJsonObject example = QJsonDocument::fromJson(text).object();
            if (kindOf(example) == kind)
                QTest::addRow("%s", text.left(80).constData()) << example;
        }
    }

    /// What the code makes of the same occasion; empty if it knows none.
    [[nodiscard]] QByteArray streamed(const QJsonObject &example) const
    {
        const QString type = example[u"type"].toString();
        json::Echo echo;
        if (example.contains(u"id"))
            echo.id = 1;
        if (example.contains(u"t"))
            echo.t = 1;
        auto *before = new Frame;
        const FramePtr from(before);
        before->cells = example.contains(u"width") ? gliderUniverse(8, 4) : gliderUniverse(8, 8);
        auto *after = new Frame;
        const FramePtr to(after);
        after->cells = example[u"deltas"].toArray().isEmpty() ? before->cells : CellGrid(8, 8);
        before->generation = after->generation = example.contains(u"generation") ? 5 : 0;
        if (type == u"full_state")
            return json::fullState(*from);
        if (type == u"delta")
            return json::delta(*from, *to);
        if (type == u"ack")
            return json::ack(echo);
        if (type == u"pong")
            return json::pong(1, echo);
        if (type == u"error")
            return json::error(u"a_code", u"a sentence"_s, echo);
        if (type == u"hello")
            return json::hello({example[u"protocol"].toInt(), 8, 8, u"1"_s}, m_state, {}, echo);
        if (type == u"state")
            return json::stateEvent(m_state);
        if (type == u"role")
            return json::roleEvent({});
        if (type == u"stats")
            return json::stats(*from, {});
        if (type == u"view")
            return json::viewEvent({}, echo);
        return {};
    }

    /// The answer to a request of that path.
    [[nodiscard]] QByteArray answered(const QByteArray &path)
    {
        auto *frame = new Frame;
        frame->cells = gliderUniverse(8, 8);
        const FramePtr held(frame);
        Site site(
            [&] {
                return ServerReport{u"1"_s, u"abcd"_s, 1500ms, held, m_state, m_counters, 3, 4, 2.5, 812, {1024, 0.5}};
            },
            m_slow, m_counters);
        site.setAccess(AccessPolicy(8000, {}, {}, {}));
        HttpRequest request;
        request.method = "GET";
        request.path = path;
        request.host = "localhost:8000";
        return std::get<HttpResponse>(site.answer(request)).body;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_state.width = m_state.height = CellGrid::kMaxSide;
        m_document = textOf(u"docs/protocol.md"_s);
        QVERIFY(!m_document.isEmpty());
        m_flat = m_document.simplified();
        const QStringList shown = found(m_document, u"(?m)^(\\{.*\\})$"_s) + found(m_document, u"`(\\{[^`]*\\})`"_s);
        for (const QString &text : shown)
            m_examples += text.toUtf8();
    }

    void examplesAreJson()
    {
        QSet<QByteArray> kinds;
        for (const QByteArray &text : std::as_const(m_examples)) {
            QVERIFY2(QJsonDocument::fromJson(text).isObject(), text.constData());
            kinds += kindOf(QJsonDocument::fromJson(text).object());
        }
        QCOMPARE(kinds, (QSet<QByteArray>{"viewer", "stream", "http"}));
    }

    void theServerTakesWhatViewersSay_data() { examples("viewer"); }
    void theServerTakesWhatViewersSay()
    {
        QFETCH(QJsonObject, example);
        const QString text = QString::fromUtf8(QJsonDocument(example).toJson());
        const auto parsed = ViewerMessage::parse(text);
        QVERIFY(std::holds_alternative<ViewerMessage>(parsed));
        const auto read = std::get<ViewerMessage>(parsed).read(m_state);
        const auto *refused = std::get_if<RefusedRequest>(&read);
        QVERIFY2(!refused, refused ? qPrintable(refused->message) : "");
    }

    void theServerSaysIt_data() { examples("stream"); }
    void theServerSaysIt()
    {
        QFETCH(QJsonObject, example);
        const QByteArray said = streamed(example);
        QVERIFY2(!said.isEmpty(), "No such message.");
        QCOMPARE(shape(QJsonDocument::fromJson(said).object()), shape(example));
    }

    void theServerAnswersIt_data() { examples("http"); }
    void theServerAnswersIt()
    {
        QFETCH(QJsonObject, example);
        const QByteArray path = example.contains(u"error")    ? "/api/nothing"
                                : example.contains(u"status") ? "/healthz"
                                                              : "/api/stats";
        QCOMPARE(shape(QJsonDocument::fromJson(answered(path)).object()), shape(example));
    }

    void commands()
    {
        QStringList told = firstCells(u"| `cmd` |"_s);
        QStringList known;
        for (const ViewerWord &word : viewerWords())
            known += word.name;
        told.sort();
        known.sort();
        QCOMPARE(told, known);
    }

    void whoMaySayWhatAndWhatItCosts()
    {
        // Lists of words in accents, the last two joined by "and".
        const auto wordsAfter = [this](const QString &beginning) {
            const qsizetype begin = m_flat.indexOf(beginning) + beginning.size();
            static const QRegularExpression kList(u"(?:(?:, | and |, and )?`\\w+`)+"_s);
            const QStringList words = found(kList.match(m_flat, begin).captured(), u"`(\\w+)`"_s);
            return QSet<QString>(words.begin(), words.end());
        };
        QSet<QString> everybodys;
        QSet<QString> light;
        for (const ViewerWord &word : viewerWords()) {
            if (!word.needsOperator)
                everybodys += word.name;
            if (word.weight == 1)
                light += word.name;
            else
                QCOMPARE(word.weight, limits::kHeavyMessage);
        }
        QCOMPARE(wordsAfter(u"a watcher may say"_s), everybodys);
        QCOMPARE(wordsAfter(u"a command of a watcher; "_s), everybodys);
        QCOMPARE(wordsAfter(u"counts as **4**: all but"_s), light);
    }

    void errorCodes()
    {
        // In the server's sources a code is a view of a literal where an error begins, and nothing else is.
        QSet<QString> known;
        const QStringList sources = QDir(QStringLiteral(CONWAY_SOURCES "/server")).entryList({u"*.cpp"_s});
        for (const QString &name : sources) {
            for (const QString &code : found(textOf(u"server/"_s + name),
                                             u"(?:\\{|\\b(?:error|turnAway)\\(|\\bcode = )\\s*u\"([a-z_]+)\"(?!_s)"_s))
                known += code;
        }
        const QStringList told = firstCells(u"| `code` |"_s);
        QCOMPARE(QSet<QString>(told.begin(), told.end()), known);
        QCOMPARE(told.size(), known.size()); // none twice
    }

    void statuses()
    {
        QSet<QString> known;
        for (const QString &status : found(textOf(u"server/HttpResponse.cpp"_s), u"\\{(\\d{3}), \""_s))
            known += status;
        QVERIFY(known.remove(u"200"_s));
        const QStringList told = firstCells(u"| status |"_s);
        QCOMPARE(QSet<QString>(told.begin(), told.end()), known);
    }

    void reasonsOfBeingDropped()
    {
        QSet<QString> known;
        for (const QString &name : {u"Viewer.cpp"_s, u"ViewerHub.cpp"_s, u"Broadcast.cpp"_s}) {
            for (const QString &reason :
                 found(textOf(u"server/"_s + name), u"(?:viewersCut\\[|\\bcut\\(|turnAway\\()u?\"(\\w+)\""_s))
                known += reason;
        }
        const QStringList told = firstCells(u"| `reason` |"_s);
        QCOMPARE(QSet<QString>(told.begin(), told.end()), known);
    }

    void causesOfChange()
    {
        QSet<QString> known;
        for (const QString &cause : found(textOf(u"core/ConwayEngine.cpp"_s), u"(?:announce|change)\\(u\"(\\w+)\""_s))
            known += cause;
        const QStringList told =
            found(m_flat.section(u"`cause` is "_s, 1).section(u"; `by` is"_s, 0, 0), u"`(\\w+)`"_s);
        QCOMPARE(QSet<QString>(told.begin(), told.end()), known);
    }

    void closeCodes()
    {
        const QString declared =
            textOf(u"server/WebSocketFrame.h"_s).section(u"enum class CloseCode"_s, 1).section(u"};"_s, 0, 0);
        const QStringList known = found(declared, u"= (\\d{4}),"_s);
        QVERIFY(known.contains(QString::number(static_cast<int>(CloseCode::TryAgainLater))));
        QCOMPARE(firstCells(u"| close code |"_s), known);
    }

    void limitsAreTheCodes()
    {
        QSet<qsizetype> explained; // where in m_flat
        for (const Told &told : limitsTold()) {
            const QString pattern = QString(told.words).replace(u'@', u"\\*\\*([^*]+)\\*\\*"_s);
            auto matches = QRegularExpression(pattern).globalMatch(m_flat);
            QVERIFY2(matches.hasNext(), qPrintable(told.words));
            const auto match = matches.next();
            QVERIFY2(!matches.hasNext(), qPrintable(told.words));
            QCOMPARE(match.lastCapturedIndex(), told.numbers.size());
            for (int i = 0; i < told.numbers.size(); ++i) {
                const auto number = numberIn(match.captured(i + 1));
                QVERIFY2(
                    number && *number == told.numbers[i],
                    qPrintable(
                        u"%1: %2, not %3"_s.arg(told.words, match.captured(i + 1)).arg(told.numbers[i], 0, 'f', 0)));
                explained += match.capturedStart(i + 1);
            }
        }
        QStringList rates;
        for (const int rate : Cadence::kRates) {
            if (rate != 0)
                rates += QString::number(rate);
        }
        const QString allRates = u"**%1**"_s.arg(rates.join(u", "_s));
        QVERIFY(m_flat.contains(u"maxFps` | at most so many frames a second, 1 to %1, rounded"_s.arg(limits::kMaxFps)));
        QVERIFY(m_flat.contains(allRates));
        explained += m_flat.indexOf(allRates) + 2;

        // A quantity that is not in bold says again what one in bold says.
        static const QRegularExpression kQuantity(
            u"(?:\\*\\*)?\\b([0-9][0-9,]* (?:m?s|[KM]iB(?:/s)?|minutes?|hours?))\\b"_s);
        QSet<QString> inBold;
        QSet<QString> plain;
        for (const auto &quantity : kQuantity.globalMatch(m_flat))
            (quantity.captured().startsWith(u'*') ? inBold : plain) += quantity.captured(1);
        QVERIFY(plain.contains(u"10 s"_s));
        QVERIFY2(inBold.contains(plain), qPrintable((plain - inBold).values().join(u", "_s)));

        // And nothing else in bold is a number.
        static const QRegularExpression kDigit(u"\\d"_s);
        for (const auto &bold : QRegularExpression(u"\\*\\*([^*]+)\\*\\*"_s).globalMatch(m_flat)) {
            QVERIFY2(!bold.captured(1).contains(kDigit) || explained.contains(bold.capturedStart(1)),
                     qPrintable(m_flat.mid(bold.capturedStart() - 60, 100)));
        }
    }
};

QTEST_APPLESS_MAIN(TestProtocol)
#include "tst_protocol.moc"
