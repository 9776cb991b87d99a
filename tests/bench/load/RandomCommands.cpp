#include "tests/bench/load/RandomCommands.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

QByteArray text(const QJsonObject &command)
{
    return QJsonDocument(command).toJson(QJsonDocument::Compact);
}

const QString kGlider = u"bo$2bo$3o!"_s;

} // namespace

RandomCommands::RandomCommands(quint32 seed, int mostSide)
    : m_random(seed)
    , m_mostSide(mostSide)
{
}

QByteArray RandomCommands::command()
{
    // How often each comes, out of 100: a universe that stands still or is empty for long would test little.
    constexpr int kAll = 100;
    int dice = m_random.bounded(kAll);
    const auto falls = [&dice](int share) {
        dice -= share;
        return dice < 0;
    };
    if (falls(14))
        return "start";
    if (falls(5))
        return "stop";
    if (falls(5))
        return R"({"cmd":"step"})";
    if (falls(6))
        return "reset";
    if (falls(6))
        return speed();
    if (falls(22))
        return edit();
    if (falls(12))
        return stamp();
    if (falls(5))
        return load();
    if (falls(8))
        return random();
    if (falls(2))
        return R"({"cmd":"clear"})";
    if (falls(3))
        return rule();
    if (falls(4))
        return resize();
    if (falls(4))
        return R"({"cmd":"undo"})";
    if (falls(2))
        return R"({"cmd":"redo"})";
    if (oneIn(2))
        return R"({"cmd":"back"})";
    return QJsonDocument(QJsonObject{{u"cmd"_s, u"goto"_s}, {u"generation"_s, upTo(200)}})
        .toJson(QJsonDocument::Compact);
}

QByteArray RandomCommands::view()
{
    QJsonObject view{{u"cmd"_s, u"view"_s}};
    constexpr int kFastest = 60;
    if (!oneIn(3)) {
        view.insert(u"x"_s, upTo(kLeastSide - 1));
        view.insert(u"y"_s, upTo(kLeastSide - 1));
        view.insert(u"w"_s, 1 + upTo(m_mostSide - 1));
        view.insert(u"h"_s, 1 + upTo(m_mostSide - 1));
        if (oneIn(2))
            view.insert(u"level"_s, upTo(4));
    }
    if (oneIn(4))
        view.insert(u"maxFps"_s, 1 + upTo(kFastest - 1));
    if (oneIn(10))
        view.insert(u"paused"_s, true);
    return text(view);
}

QByteArray RandomCommands::speed()
{
    constexpr std::array kSpeeds{0, 10, 20, 50, 100, 500};
    return text({{u"cmd"_s, u"speed"_s}, {u"intervalMs"_s, oneOf(kSpeeds)}});
}

QByteArray RandomCommands::edit()
{
    constexpr int kMost = 64;
    QJsonArray cells;
    for (int left = 1 + upTo(kMost - 1); left > 0; --left)
        cells.append(QJsonArray{upTo(kLeastSide - 1), upTo(kLeastSide - 1), upTo(1)});
    return text({{u"cmd"_s, u"edit"_s}, {u"cells"_s, cells}});
}

QByteArray RandomCommands::stamp()
{
    const std::array modes{u"or"_s, u"xor"_s, u"copy"_s};
    return text({{u"cmd"_s, u"stamp"_s},
                 {u"rle"_s, kGlider},
                 {u"x"_s, upTo(m_mostSide)},
                 {u"y"_s, upTo(m_mostSide)},
                 {u"mode"_s, oneOf(modes)},
                 {u"turn"_s, upTo(3)},
                 {u"flip"_s, oneIn(2)}});
}

QByteArray RandomCommands::load()
{
    const QString head = oneIn(2) ? u"x = 3, y = 3, rule = B3/S23:T%1,%2\n"_s.arg(side()).arg(side()) : QString();
    return text({{u"cmd"_s, u"load"_s}, {u"rle"_s, QString(head + kGlider)}});
}

QByteArray RandomCommands::random()
{
    return text({{u"cmd"_s, u"random"_s}, {u"density"_s, upTo(5) / 10.0}, {u"seed"_s, upTo(1000)}});
}

QByteArray RandomCommands::rule()
{
    const std::array rules{u"B3/S23"_s, u"B3/S23"_s, u"B36/S23"_s, u"B2/S"_s};
    return text({{u"cmd"_s, u"rule"_s}, {u"rule"_s, oneOf(rules)}});
}

QByteArray RandomCommands::resize()
{
    return text({{u"cmd"_s, u"resize"_s}, {u"width"_s, side()}, {u"height"_s, side()}});
}

} // namespace conway::load
